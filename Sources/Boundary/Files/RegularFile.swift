import Foundation

/// Reads regular files, and nothing else: a FIFO could make the program wait for ever, and reading a
/// device or socket may change it.
package enum RegularFile {
  /// All bytes of a file.
  ///
  /// The file is opened without waiting (`O_NONBLOCK`) and its kind is read from the open descriptor,
  /// so that nobody can exchange it between the check and the reading. Links are followed.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - limit: largest size accepted, in bytes.
  /// - Throws: ``FileFault`` `.missing`, `.unreadable`, `.notRegular`, `.tooLarge`.
  package static func bytes(
    at path: String, limit: Int = Int.max
  ) throws(FileFault) -> [UInt8] {
    let descriptor = try open(path)
    defer { close(descriptor) }
    var facts = stat()
    guard fstat(descriptor, &facts) == 0 else { throw .reading(path, errno) }
    let size = max(0, Int(facts.st_size))
    guard size <= limit else {
      throw FileFault(.tooLarge, path, "\(size) bytes, more than \(limit)")
    }
    // One byte more than expected finds the end of the file without another allocation.
    var content = try read(descriptor, upTo: size + 1, path)
    // A file may have grown, and files below /proc say that they are empty.
    while content.count > size, content.count <= limit {
      let more = try read(descriptor, upTo: 1 << 20, path)
      if more.isEmpty { break }
      content += more
    }
    guard content.count <= limit else {
      throw FileFault(.tooLarge, path, "more than \(limit) bytes")
    }
    return content
  }

  /// The first bytes of a file, at most `count`.
  ///
  /// - Throws: as ``bytes(at:limit:)``.
  package static func head(at path: String, count: Int) throws(FileFault) -> [UInt8] {
    let descriptor = try open(path)
    defer { close(descriptor) }
    return try read(descriptor, upTo: count, path)
  }

  /// Opens a regular file for reading; the caller closes it.
  ///
  /// - Throws: ``FileFault`` `.missing`, `.unreadable`, `.notRegular`.
  package static func open(_ path: String) throws(FileFault) -> Int32 {
    let flags = O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY
    let descriptor = Foundation.open(path, flags)
    guard descriptor >= 0 else { throw .reading(path, errno) }
    var facts = stat()
    guard fstat(descriptor, &facts) == 0 else {
      let code = errno
      close(descriptor)
      throw .reading(path, code)
    }
    if let kind = specialKind(facts.st_mode) {
      close(descriptor)
      let isFolder = facts.st_mode & S_IFMT == S_IFDIR
      throw isFolder ? .reading(path, EISDIR) : FileFault(.notRegular, path, kind)
    }
    return descriptor
  }

  /// Name of what is no regular file; nil for a regular file.
  package static func specialKind(_ mode: mode_t) -> String? {
    switch mode & S_IFMT {
    case S_IFREG: nil
    case S_IFDIR: "a folder"
    case S_IFIFO: "a named pipe (FIFO)"
    case S_IFSOCK: "a socket"
    case S_IFCHR, S_IFBLK: "a device"
    case S_IFLNK: "a symbolic link"
    default: "a special file"
    }
  }

  private static func read(
    _ descriptor: Int32, upTo count: Int, _ path: String
  ) throws(FileFault) -> [UInt8] {
    var code: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { target, filled in
      while filled < count {
        let got = Foundation.read(
          descriptor, target.baseAddress?.advanced(by: filled), count - filled)
        if got < 0 && errno == EINTR { continue }
        if got < 0 { code = errno }
        if got <= 0 { return }
        filled += got
      }
    }
    guard code == 0 else { throw .reading(path, code) }
    return bytes
  }
}
