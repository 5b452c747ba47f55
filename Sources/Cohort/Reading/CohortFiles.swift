import Boundary
import Foundation

/// The files of a cohort, on disk or in memory, so that one reader serves both.
protocol CohortFiles: Sendable {
  /// Short name of the cohort.
  var name: String { get }

  /// Names of what lies in it, sorted by UTF-8 bytes.
  ///
  /// - Throws: `missingFolder`, `unreadableFile`.
  func entries() throws(CohortError) -> [CohortFileEntry]

  /// Names of what lies in a subfolder, sorted by UTF-8 bytes.
  ///
  /// - Throws: `missingFolder`, `unreadableFile`.
  func entries(in folder: String) throws(CohortError) -> [CohortFileEntry]

  /// All bytes of one file.
  ///
  /// - Throws: `missingFile`, `unreadableFile`.
  func bytes(of name: String) throws(CohortError) -> [UInt8]

  /// The first bytes of one file, at most `count`.
  ///
  /// - Throws: `missingFile`, `unreadableFile`.
  func head(of name: String, count: Int) throws(CohortError) -> [UInt8]
}

/// One entry of a cohort's folder.
struct CohortFileEntry: Equatable, Sendable {
  let name: String
  let isFolder: Bool
}

extension String {
  /// Order by UTF-8 bytes, the same on every platform and in every locale.
  func precedes(_ other: String) -> Bool { utf8.lexicographicallyPrecedes(other.utf8) }
}

/// Files in memory; those with a `/` in their names lie in subfolders.
struct MemoryFiles: CohortFiles {
  let name: String
  let files: [String: [UInt8]]

  func entries() -> [CohortFileEntry] {
    let folders = Set(
      files.keys.compactMap { name in
        name.firstIndex(of: "/").map { String(name[..<$0]) }
      })
    return (files.keys.filter { !$0.contains("/") } + folders).sorted { $0.precedes($1) }
      .map { CohortFileEntry(name: $0, isFolder: folders.contains($0)) }
  }

  func bytes(of name: String) throws(CohortError) -> [UInt8] {
    guard let bytes = files[name] else { throw CohortError(.missingFile, file: name) }
    return bytes
  }

  func entries(in folder: String) -> [CohortFileEntry] {
    files.keys.filter { $0.hasPrefix(folder + "/") }
      .map { String($0.dropFirst(folder.count + 1)) }.filter { !$0.contains("/") }
      .sorted { $0.precedes($1) }.map { CohortFileEntry(name: $0, isFolder: false) }
  }

  func head(of name: String, count: Int) throws(CohortError) -> [UInt8] {
    Array(try bytes(of: name).prefix(count))
  }
}

/// One file that is a whole cohort, such as `.h5mu`.
struct SingleFile: CohortFiles {
  let path: String

  /// Whether a file that is no folder lies at the path.
  static func isThere(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      && !isFolder.boolValue
  }

  private var fileName: String { URL(filePath: path).lastPathComponent }

  var name: String { fileName }

  func entries() -> [CohortFileEntry] { [CohortFileEntry(name: fileName, isFolder: false)] }

  func entries(in folder: String) -> [CohortFileEntry] { [] }

  func bytes(of name: String) throws(CohortError) -> [UInt8] {
    try fileBytes(at: path, named: name)
  }

  func head(of name: String, count: Int) throws(CohortError) -> [UInt8] {
    try fileBytes(at: path, named: name, first: count)
  }
}

/// Files of a folder; links are followed, subfolders are not entered.
struct FolderFiles: CohortFiles {
  let path: String

  var name: String {
    let last = URL(filePath: path).standardizedFileURL.lastPathComponent
    return last.isEmpty || last == "/" ? "cohort" : last
  }

  func entries() throws(CohortError) -> [CohortFileEntry] { try Self.entries(at: path) }

  func entries(in folder: String) throws(CohortError) -> [CohortFileEntry] {
    try Self.entries(at: URL(filePath: path).appending(path: folder).path)
  }

  private static func entries(at path: String) throws(CohortError) -> [CohortFileEntry] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw CohortError(.missingFolder, found: "nothing at \(CohortError.quoting(path))")
    }
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: path)
    } catch {
      throw CohortError(
        .unreadableFile, found: "the folder \(CohortError.quoting(path)) cannot be listed")
    }
    return names.sorted { $0.precedes($1) }.map { name in
      var isFolder: ObjCBool = false
      let exists = FileManager.default.fileExists(
        atPath: URL(filePath: path).appending(path: name).path, isDirectory: &isFolder)
      return CohortFileEntry(name: name, isFolder: exists && isFolder.boolValue)
    }
  }

  func bytes(of name: String) throws(CohortError) -> [UInt8] {
    try fileBytes(at: URL(filePath: path).appending(path: name).path, named: name)
  }

  func head(of name: String, count: Int) throws(CohortError) -> [UInt8] {
    try fileBytes(at: URL(filePath: path).appending(path: name).path, named: name, first: count)
  }
}

/// The bytes of the file at a path, which messages call by `name`: all, or the first `count` of them;
/// only a regular file is read.
///
/// - Throws: `missingFile`, `unreadableFile`; `malformedTable` for a pipe, device or socket.
func fileBytes(
  at path: String, named name: String, first count: Int? = nil
) throws(CohortError) -> [UInt8] {
  do {
    guard let count else { return try RegularFile.bytes(at: path) }
    return try RegularFile.head(at: path, count: count)
  } catch {
    switch error.kind {
    case .missing: throw CohortError(.missingFile, file: name, found: error.cause)
    case .notRegular:
      throw CohortError(
        .malformedTable, file: name, found: error.cause, expected: "a regular file",
        remedy: "save the data in a file, and name that")
    default: throw CohortError(.unreadableFile, file: name, found: error.cause)
    }
  }
}
