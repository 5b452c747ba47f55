import Foundation

/// A cohort folder, or a study's folder, inside a zip archive; a folder around everything is passed
/// through.
struct ZipFiles: CohortFiles {
  let name: String
  private let archive: ZipArchive
  private let maximumBytes: Int?
  /// Members by path below the common folder.
  private let members: [String: ZipArchive.Member]

  /// Opens an archive.
  ///
  /// - Throws: what ``ZipArchive`` throws; `malformedTable` for a spreadsheet or document.
  init(path: String, maximumBytes: Int?) throws(CohortError) {
    let file = URL(filePath: path).lastPathComponent
    try self.init(try fileBytes(at: path, named: file), file: file, maximumBytes: maximumBytes)
  }

  /// The archive in the given bytes.
  init(_ bytes: [UInt8], file: String, maximumBytes: Int?) throws(CohortError) {
    archive = try ZipArchive(bytes, file: file)
    self.maximumBytes = maximumBytes
    name = file.lowercased().hasSuffix(".zip") ? String(file.dropLast(4)) : file
    if archive.members.contains(where: { $0.name == "[Content_Types].xml" }) {
      throw CohortError(
        .malformedTable, file: file, found: "a spreadsheet or document",
        expected: "a zip file of tables", remedy: "save each sheet as CSV")
    }
    let folders = Set(archive.members.map { $0.name.split(separator: "/").first ?? "" })
    var prefix = ""
    if folders.count == 1, let folder = folders.first,
      archive.members.allSatisfy({ $0.name.contains("/") })
    {
      prefix = folder + "/"
    }
    members = Dictionary(
      archive.members.map { (String($0.name.dropFirst(prefix.count)), $0) }
    ) { first, _ in first }
  }

  /// Whether a file at a path is a zip archive by its first bytes, and no `.npz`.
  static func isThere(_ path: String) -> Bool {
    guard SingleFile.isThere(path), !path.lowercased().hasSuffix(".npz"),
      let head = try? fileBytes(at: path, named: path, first: 4)
    else { return false }
    return ZipArchive.isZip(head)
  }

  func entries() -> [CohortFileEntry] { entries(below: "") }

  func entries(in folder: String) -> [CohortFileEntry] { entries(below: folder + "/") }

  private func entries(below prefix: String) -> [CohortFileEntry] {
    var isFolder = [String: Bool]()
    for path in members.keys where path.hasPrefix(prefix) {
      let rest = path.dropFirst(prefix.count)
      if let slash = rest.firstIndex(of: "/") {
        isFolder[String(rest[..<slash])] = true
      } else {
        isFolder[String(rest)] = false
      }
    }
    return isFolder.keys.sorted { $0.precedes($1) }
      .map { CohortFileEntry(name: $0, isFolder: isFolder[$0] ?? false) }
  }

  func bytes(of name: String) throws(CohortError) -> [UInt8] {
    guard let member = members[name] else { throw CohortError(.missingFile, file: name) }
    return try archive.content(of: member, maximumBytes: maximumBytes)
  }

  func head(of name: String, count: Int) throws(CohortError) -> [UInt8] {
    Array(try bytes(of: name).prefix(count))
  }
}
