import CCohorts

/// The cohorts that travel inside the library: `acc` and `multifeature`.
public enum EmbeddedCohort {
  /// Names of the embedded cohorts, sorted.
  public static let names: [String] = Set(files.map(\.cohort)).sorted()

  /// The bytes of each file of an embedded cohort.
  ///
  /// - Throws: `unknownCohort` with the nearest name.
  static func files(of name: String) throws(CohortError) -> MemoryFiles {
    guard names.contains(name) else { throw .unknown(.unknownCohort, name, among: names) }
    var content = [String: [UInt8]]()
    for file in files where file.cohort == name {
      let entry = eq_embedded_file_at(file.index)
      content[file.name] = [UInt8](UnsafeBufferPointer(start: entry.bytes, count: entry.count))
    }
    return MemoryFiles(name: name, files: content)
  }

  private static let files: [(index: Int, cohort: String, name: String)] =
    (0..<eq_embedded_file_count()).map { index in
      let entry = eq_embedded_file_at(index)
      return (index, String(cString: entry.cohort), String(cString: entry.file))
    }
}
