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
  /// - Parameter force: whether a file that is there may be replaced.
  /// - Throws: ``StudyError`` `.outputOccupied` or `.outputUnwritable`.
  public func check(force: Bool) throws(StudyError) {
    var isFolder = ObjCBool(false)
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) {
      if isFolder.boolValue { throw .unwritable(path, "a folder of that name") }
      guard force else {
        throw StudyError(
          .outputOccupied, "the output file is there already", location: path,
          expected: "a name that is free",
          remedy: "choose another name, or overwrite with --force")
      }
    }
    try OutputFolder(path: url.deletingLastPathComponent().path(percentEncoded: false))
      .check(.force)
  }

  /// Creates the folder that the file is to stand in.
  ///
  /// - Throws: ``StudyError`` `.outputUnwritable`.
  public func prepareFolder() throws(StudyError) {
    do {
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    } catch {
      throw .unwritable(path, error.localizedDescription)
    }
  }

  /// Writes aside and renames.
  ///
  /// - Throws: ``StudyError`` `.outputUnwritable` or `.writeFailed`.
  public func write(_ text: String) throws(StudyError) {
    try prepareFolder()
    do {
      try Data(text.utf8).write(to: url, options: .atomic)
    } catch {
      throw .writeFailed(path, error.localizedDescription)
    }
  }
}
