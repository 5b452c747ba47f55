import Foundation

/// Files that are written beside their places, and only when all of them are on the disk renamed into
/// them: at no moment is a half-written file under its final name.
///
/// An orderly end of the process (``ProcessEnding``) removes what was written aside; after a kill the
/// next start does, by ``partialName(of:)``.
package final class AsideFiles: Sendable {
  private let ending: ProcessEnding.Token
  private let pieces: Guarded<[(aside: String, path: String)]>

  package init() {
    let pieces = Guarded([(aside: String, path: String)]())
    self.pieces = pieces
    ending = ProcessEnding.shared.onEnd {
      for piece in pieces.value { unlink(piece.aside) }
    }
  }

  /// Name of a file while it is written: `.results.csv.partial`.
  package static func partialName(of name: String) -> String { ".\(name).partial" }

  /// Writes a file aside and waits until it is on the disk.
  ///
  /// - Parameters:
  ///   - path: its final path.
  ///   - write: gives the bytes in chunks to its argument.
  /// - Throws: ``FileFault`` `.unwritable`, `.writeFailed`.
  package func write(
    _ path: String,
    _ write: ((UnsafeRawBufferPointer) throws(FileFault) -> Void) throws(FileFault)
      -> Void
  ) throws(FileFault) {
    let url = URL(filePath: path, directoryHint: .notDirectory)
    let aside = url.deletingLastPathComponent()
      .appending(
        path: AsideFiles.partialName(of: url.lastPathComponent), directoryHint: .notDirectory
      ).path(percentEncoded: false)
    let descriptor = try begin(aside, path)
    defer { close(descriptor) }
    try write { (bytes) throws(FileFault) in
      guard Descriptor.write(bytes, to: descriptor) else { throw .writing(path, errno) }
    }
    // Some file systems cannot synchronize; that is no reason to lose the file.
    if fsync(descriptor) != 0 && errno != EINVAL && errno != ENOTSUP {
      throw .writing(path, errno)
    }
  }

  /// Writes bytes aside.
  ///
  /// - Throws: ``FileFault`` `.unwritable`, `.writeFailed`.
  package func write(_ bytes: Data, to path: String) throws(FileFault) {
    try write(path) { (chunk) throws(FileFault) in try AsideFiles.pass(bytes, chunk) }
  }

  /// Gives bytes to a writer whose errors are typed, which `withUnsafeBytes` cannot pass on.
  package static func pass(
    _ data: Data, _ chunk: (UnsafeRawBufferPointer) throws(FileFault) -> Void
  ) throws(FileFault) {
    var fault: FileFault?
    data.withUnsafeBytes { bytes in
      do throws(FileFault) { try chunk(bytes) } catch { fault = error }
    }
    if let fault { throw fault }
  }

  /// Renames all files into their places, in the order of writing; an orderly end of the process
  /// waits until it is done.
  ///
  /// - Parameter prepare: run just before, without an end in between.
  /// - Throws: ``FileFault`` `.unwritable`, `.writeFailed`.
  package func commit(
    after prepare: () throws(FileFault) -> Void = {}
  ) throws(FileFault) {
    try ProcessEnding.shared.hold { () throws(FileFault) in
      try prepare()
      var folders = Set<String>()
      for piece in pieces.value {
        guard rename(piece.aside, piece.path) == 0 else { throw .writing(piece.path, errno) }
        folders.insert(
          URL(filePath: piece.path, directoryHint: .notDirectory).deletingLastPathComponent()
            .path(percentEncoded: false))
      }
      pieces.value = []
      for folder in folders { AsideFiles.synchronize(folder) }
    }
    ending.cancel()
  }

  /// Removes what was written aside and not renamed.
  package func discard() {
    ProcessEnding.shared.hold {
      for piece in pieces.value { unlink(piece.aside) }
      pieces.value = []
    }
    ending.cancel()
  }

  /// Creates the file aside; what a killed process left there is replaced, if it is a file at all.
  private func begin(_ aside: String, _ path: String) throws(FileFault) -> Int32 {
    try ProcessEnding.shared.hold { () throws(FileFault) in
      var facts = stat()
      if lstat(aside, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG { unlink(aside) }
      let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
      let descriptor = open(aside, flags, 0o666)
      guard descriptor >= 0 else { throw .writing(path, errno) }
      pieces.value.append((aside, path))
      return descriptor
    }
  }

  /// Brings the names of a folder to the disk, where the file system can.
  private static func synchronize(_ folder: String) {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }
}
