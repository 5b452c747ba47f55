/// Reads files of one format that holds one table, such as GCT.
///
/// A new format is one type and one entry in ``tableReaders``.
public protocol TableReader: Sendable {
  /// Short name, for messages: `gct`, `npy`, `h5ad`.
  var format: String { get }

  /// Endings of file names that are usual for the format, lowercase without the point.
  var usualExtensions: [String] { get }

  /// Whether the file is of this format: by its content, or where content cannot tell, its name.
  ///
  /// - Parameters:
  ///   - name: file name without folder and without `.gz`.
  ///   - head: the first bytes of the (decompressed) file, at most 4096 of them.
  func recognizes(name: String, head: [UInt8]) -> Bool

  /// Further files that belong to a file of that stem (names beside an array) and are no tables of their
  /// own.
  func companions(of stem: String) -> [String]

  /// Reads the table.
  ///
  /// - Throws: ``CohortError`` with file and place; `malformedTable` for a damaged file.
  func read(_ file: SourceFile, _ request: TableRequest) throws(CohortError) -> NamedTable
}

extension TableReader {
  /// None.
  public func companions(of stem: String) -> [String] { [] }
}

/// A file of a cohort, its bytes decompressed where the file is compressed by gzip.
public struct SourceFile: Sendable {
  /// Name as in the folder, for messages.
  public let name: String
  /// Name without extensions: the modality's name.
  public let stem: String
  /// Content.
  public let bytes: [UInt8]
  /// Other files of the folder by name, for formats that need a second one (names beside `.npy`).
  public let sibling: @Sendable (String) throws(CohortError) -> [UInt8]?

  /// Creates a file.
  public init(
    name: String, stem: String, bytes: [UInt8],
    sibling: @escaping @Sendable (String) throws(CohortError) -> [UInt8]? = { _ in nil }
  ) {
    self.name = name
    self.stem = stem
    self.bytes = bytes
    self.sibling = sibling
  }
}

/// What the reader of a single table needs to know of the request.
public struct TableRequest: Sendable {
  /// `--layer NAME` of AnnData; nil takes `X`.
  public var layer: String?
  /// `--embedding NAME` (`obsm`) of AnnData; nil takes `X`.
  public var embedding: String?
  /// Worker threads, ≥ 1; the table does not depend on it.
  public var threads: Int
  /// See ``CohortRequest/maximumUncompressedBytes``.
  public var maximumUncompressedBytes: Int?

  /// Creates a request.
  public init(layer: String? = nil, embedding: String? = nil, threads: Int = 1) {
    self.layer = layer
    self.embedding = embedding
    self.threads = max(1, threads)
  }
}

/// All formats of single tables beside delimited text, in the order they are asked.
public let tableReaders: [any TableReader] = [
  GCTReader(), NPYReader(), NPZReader(), AnnDataReader(),
]
