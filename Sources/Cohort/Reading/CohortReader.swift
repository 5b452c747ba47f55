/// Reads cohorts of one study format, such as a study folder of cBioPortal.
///
/// A new format is one type and one entry in ``cohortReaders``. Readers hand over parts; joining them
/// by patient, filters, outcome and warnings are the same for all.
public protocol CohortReader: Sendable {
  /// Short name, for `--format` and messages: `cbioportal`, `h5mu`, `folder`.
  var format: String { get }

  /// One sentence on what is looked for, for the message that nobody recognized a source.
  var evidence: String { get }

  /// Whether the files are of this format, by their content and never by a name alone.
  ///
  /// - Throws: where the evidence itself cannot be read.
  func recognizes(_ files: CohortFolder) throws(CohortError) -> Bool

  /// Reads all parts of the cohort.
  ///
  /// - Throws: any ``CohortError/Code`` but those of ``Cohort/validateForLearning()``.
  func read(_ files: CohortFolder, _ request: CohortRequest) throws(CohortError) -> CohortParts
}

/// All study formats, in the order they are asked; the last one takes every folder.
public let cohortReaders: [any CohortReader] = [
  MuDataReader(), CBioPortalReader(), GDCReader(), XenaReader(), LinkedOmicsReader(),
  MLOmicsReader(),
  FolderCohortReader(),
]

/// Reads, aligns and checks a cohort, with the hashes of its files.
///
/// Patients come in order of first appearance: `labels.csv`, then modality files by name. Nothing
/// is estimated from the data here. O(bytes).
///
/// - Throws: any ``CohortError/Code`` but those of ``Cohort/validateForLearning()``;
///   `unknownFormat` for a `--format` that no reader has.
public func readCohort(_ request: CohortRequest) throws(CohortError) -> CohortReading {
  let folder = try CohortFolder(request.source, maximumBytes: request.maximumUncompressedBytes)
  let reader = try chosenReader(request, folder)
  let parts = try reader.read(folder, request)
  var assembly = CohortAssembly(request, name: folder.name)
  let cohort = try assembly.cohort(parts)
  return CohortReading(cohort: cohort, inputs: folder.inputs)
}

private func chosenReader(
  _ request: CohortRequest, _ folder: CohortFolder
) throws(CohortError) -> any CohortReader {
  if let format = request.format {
    guard let reader = cohortReaders.first(where: { $0.format == format }) else {
      throw .unknown(.unknownFormat, format, among: cohortReaders.map(\.format))
    }
    return reader
  }
  for reader in cohortReaders where try reader.recognizes(folder) { return reader }
  throw CohortError(
    .malformedTable, file: folder.name, found: "a file of no known format",
    expected: "one of: " + cohortReaders.map(\.evidence).joined(separator: "; "),
    remedy: "name the folder that holds labels.csv and one table an assay")
}
