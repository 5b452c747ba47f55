import Synchronization

/// The files of a cohort as a reader sees them: names, heads and decompressed bytes.
///
/// Remembers the hash of every file whose bytes were asked for, for provenance.
public final class CohortFolder: Sendable {
  /// Bytes of a file that are enough to recognize its format.
  public static let headByteCount = 4096

  /// Short name of the cohort.
  public let name: String
  /// Names of the files, sorted by UTF-8 bytes.
  public let fileNames: [String]
  /// Names of the subfolders, sorted by UTF-8 bytes.
  public let folderNames: [String]

  /// Whether the source is one file and no folder.
  public let isSingleFile: Bool

  private let files: any CohortFiles
  private let maximumBytes: Int?
  private let cache = Mutex([String: [UInt8]]())
  private let heads = Mutex([String: [UInt8]]())
  private let read = Mutex([String: InputFile]())

  /// Opens a source.
  ///
  /// - Throws: `missingFolder`, `unreadableFile`, `unknownCohort`.
  init(_ source: CohortSource, maximumBytes: Int? = nil) throws(CohortError) {
    switch source {
    case .folder(let path):
      if ZipFiles.isThere(path) {
        files = try ZipFiles(path: path, maximumBytes: maximumBytes)
      } else {
        files = SingleFile.isThere(path) ? SingleFile(path: path) : FolderFiles(path: path)
      }
    case .embedded(let name): files = try EmbeddedCohort.files(of: name)
    case .memory(let name, let content): files = MemoryFiles(name: name, files: content)
    }
    self.maximumBytes = maximumBytes
    name = files.name
    isSingleFile = files is SingleFile
    let entries = try files.entries()
    fileNames = entries.filter { !$0.isFolder }.map(\.name)
    folderNames = entries.filter(\.isFolder).map(\.name)
  }

  /// Every file that was read, in the order of file names.
  var inputs: [InputFile] {
    read.withLock { Array($0.values) }.sorted { $0.name.precedes($1.name) }
  }

  /// Bytes of a file as stored.
  ///
  /// - Throws: `missingFile`, `unreadableFile`.
  public func storedBytes(of file: String) throws(CohortError) -> [UInt8] {
    if let known = cache.withLock({ $0[file] }) { return known }
    let bytes = try files.bytes(of: file)
    let input = InputFile(
      name: file, sha256: SHA256.hexadecimal(of: bytes), byteCount: bytes.count)
    read.withLock { $0[file] = input }
    cache.withLock { $0[file] = bytes }
    return bytes
  }

  /// Bytes of a file, decompressed where they are compressed by gzip or are a zip archive of one file.
  ///
  /// - Throws: `missingFile`, `unreadableFile`, `truncatedGzip`, `damagedArchive`, `tooLarge`.
  public func bytes(of file: String) throws(CohortError) -> [UInt8] {
    var stored = try storedBytes(of: file)
    if Self.isArchive(file, stored) {
      let archive = try ZipArchive(stored, file: file)
      if archive.members.count == 1, let member = archive.members.first {
        stored = try archive.content(of: member, maximumBytes: maximumBytes)
      }
    }
    // An empty file of that name is a broken one; other bytes may be a table that was misnamed.
    let isNamedGzip = stored.isEmpty && file.lowercased().hasSuffix(".gz")
    guard Gzip.isGzip(stored) || isNamedGzip else { return stored }
    return try Gzip.decompressed(stored, file: file, maximumBytes: maximumBytes)
  }

  /// The first bytes of a file, decompressed where it is compressed, for recognition; does not count
  /// as reading unless it is compressed. At most ``headByteCount``.
  public func head(of file: String) throws(CohortError) -> [UInt8] {
    if let known = heads.withLock({ $0[file] }) { return known }
    var head = try files.head(of: file, count: Self.headByteCount)
    if Gzip.isGzip(head) || Self.isArchive(file, head) {
      head = Array(try bytes(of: file).prefix(Self.headByteCount))
    }
    heads.withLock { $0[file] = head }
    return head
  }

  private static func isArchive(_ file: String, _ bytes: [UInt8]) -> Bool {
    file.lowercased().hasSuffix(".zip") && ZipArchive.isZip(bytes)
  }

  /// Forgets the bytes of a file whose table has been made; it stays among the inputs.
  func release(_ file: String) {
    cache.withLock { $0[file] = nil }
  }

  /// The files in a subfolder, by path relative to this folder (`sub/file`), sorted by UTF-8 bytes;
  /// readers of formats with a folder a file may ask for their bytes by that path.
  ///
  /// - Throws: `unreadableFile`.
  public func fileNames(in folder: String) throws(CohortError) -> [String] {
    try files.entries(in: folder).filter { !$0.isFolder }.map { "\(folder)/\($0.name)" }
  }
}
