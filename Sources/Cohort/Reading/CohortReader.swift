/// Reads cohorts of one kind of source. A new kind is one type here and one entry in
/// ``cohortReaders``.
public protocol CohortReader: Sendable {
  /// Whether this reader takes the source.
  func canRead(_ source: CohortSource) -> Bool

  /// Reads, aligns and checks a cohort.
  ///
  /// - Throws: any ``CohortError/Code`` but those of ``Cohort/validateForLearning()``.
  func read(_ request: CohortRequest) throws(CohortError) -> CohortReading
}

/// All readers, in the order they are asked.
public let cohortReaders: [any CohortReader] = [FolderCohortReader()]

/// Reads, aligns and checks a cohort, with the hashes of its files.
///
/// Patients come in order of first appearance: `labels.csv`, then modality files by name. Nothing
/// is estimated from the data here. O(bytes).
///
/// - Throws: any ``CohortError/Code`` but those of ``Cohort/validateForLearning()``.
public func readCohort(_ request: CohortRequest) throws(CohortError) -> CohortReading {
  guard let reader = cohortReaders.first(where: { $0.canRead(request.source) }) else {
    throw CohortError(.missingFolder, found: "a source that no reader takes")
  }
  return try reader.read(request)
}
