import Boundary
import Foundation

/// A single file that a verb writes: what may be there already, and how it gets there.
public struct OutputFile: Sendable {
  /// The file's path.
  public let path: String
  private let url: URL

  /// A file, which need not exist yet.
  public init(path: String) {
    self.path = path
    url = URL(filePath: path, directoryHint: .notDirectory)
  }

  /// A file beside it, with another ending: `new.csv` and `drift.json` give `new.drift.json`.
  public func beside(_ ending: String) -> OutputFile {
    OutputFile(
      path: url.deletingPathExtension().appendingPathExtension(ending)
        .path(percentEncoded: false))
  }

  /// Checks that the file may be written, without touching anything.
  ///
  /// - Parameters:
  ///   - force: whether a regular file that is there may be replaced.
  ///   - inputs: paths of all files that the verb reads; none of them is replaced in any case, also
  ///     under another name or through a link.
  /// - Throws: ``StudyError`` `.outputOccupied` or `.outputUnwritable`.
  public func check(force: Bool, inputs: [String] = []) throws(StudyError) {
    switch FileEntry(path: path) {
    case .absent: break
    case .special(let kind):
      let cause = kind == "a folder" ? FileFault.words(EISDIR) : kind
      throw .unwritable(path, "\(cause); only a regular file is ever replaced")
    case .file:
      if let mine = FileIdentity(path: path),
        inputs.contains(where: { FileIdentity(path: $0) == mine })
      {
        throw .isInputFile(path)
      }
      guard force else {
        throw StudyError(
          .outputOccupied, "the output file is there already", location: path,
          expected: "a name that is free",
          remedy: "choose another name, or overwrite with --force")
      }
    }
    try OutputFolder(path: url.deletingLastPathComponent().path(percentEncoded: false))
      .checkFolder()
  }

  /// Takes the place for this process, before anything is written; creates the folder if need be.
  ///
  /// - Throws: ``StudyError`` `.outputLocked` at once if another process holds it,
  ///   `.outputUnwritable`, `.writeFailed`.
  package func lock(verb: String) throws(StudyError) -> OutputLock {
    let name = OutputLock.lockName(of: url.lastPathComponent)
    let place = url.deletingLastPathComponent().appending(path: name, directoryHint: .notDirectory)
    do {
      return try OutputLock.take(at: place.path(percentEncoded: false), verb: verb)
    } catch {
      throw .notLocked(path, error)
    }
  }

  /// Writes aside and renames.
  ///
  /// - Throws: ``StudyError`` `.outputUnwritable` or `.writeFailed`.
  public func write(_ text: String) throws(StudyError) { try write(Data(text.utf8)) }

  /// Writes bytes aside and renames.
  ///
  /// - Throws: ``StudyError`` `.outputUnwritable` or `.writeFailed`.
  public func write(_ bytes: Data) throws(StudyError) {
    do {
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    } catch {
      throw .unwritable(path, error.localizedDescription)
    }
    let aside = AsideFiles()
    do throws(FileFault) {
      try aside.write(bytes, to: path)
      try aside.commit()
    } catch {
      aside.discard()
      throw StudyError(error)
    }
  }
}
