/// An archive in memory as a source of its parts; tensors are shared, not copied.
public struct MemoryArchive: ArchiveSource {
  private let archive: ArchiveWriter
  private let positions: [String: Int]

  /// What was written so far.
  public init(_ archive: ArchiveWriter) {
    self.archive = archive
    positions = Dictionary(
      uniqueKeysWithValues: archive.tensors.enumerated().map { ($1.name, $0) })
  }

  /// The tensor of that name, itself or by alias.
  public func tensor(_ name: String) throws(ArchiveError) -> ArchivedTensor? {
    positions[archive.aliases[name] ?? name].map { archive.tensors[$0] }
  }

  /// The texts of that name.
  public func texts(_ name: String) -> [String]? { archive.texts[name] }

  /// Whether any part stands below that scope.
  public func hasScope(_ prefix: String) -> Bool {
    positions.keys.contains { $0.hasPrefix(prefix) }
      || archive.aliases.keys.contains { $0.hasPrefix(prefix) }
      || archive.texts.keys.contains { $0.hasPrefix(prefix) }
  }
}
