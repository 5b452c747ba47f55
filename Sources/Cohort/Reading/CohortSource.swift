/// Where a cohort comes from.
public enum CohortSource: Equatable, Sendable {
  /// A folder on disk, by path.
  case folder(String)
  /// A cohort embedded in the library, by name (``EmbeddedCohort/names``).
  case embedded(String)
  /// Files in memory: a name for the cohort and the bytes of each file by file name.
  case memory(name: String, files: [String: [UInt8]])

  /// `demo:acc` and the like are embedded cohorts, everything else is the path of a folder.
  public init(_ text: String) {
    let prefix = "demo:"
    self =
      text.hasPrefix(prefix) ? .embedded(String(text.dropFirst(prefix.count))) : .folder(text)
  }
}
