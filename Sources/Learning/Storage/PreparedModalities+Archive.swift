import Cohort
import LinearAlgebra

extension PreparedModalities {
  /// Writes the modalities and their preprocessing; imputers belong to a fit.
  func archive(to writer: inout ArchiveWriter) {
    writer.write("modalities", texts: modalities)
    for (m, preprocessor) in preprocessors.enumerated() {
      writer.scoped("\(m)") { preprocessor.archive(to: &$0) }
    }
  }

  /// Reads what ``archive(to:)`` wrote.
  init(from reader: ArchiveReader) throws(ArchiveError) {
    modalities = try reader.texts("modalities")
    guard !modalities.isEmpty, Set(modalities).count == modalities.count else {
      throw reader.error(.badValue, "modalities", expected: "at least one, each once")
    }
    for (m, name) in modalities.enumerated() {
      preprocessors.append(
        try FittedPreprocessor(from: reader.scoped("\(m)"), modality: name))
    }
  }

  /// Features of each modality.
  var widths: [Int] { preprocessors.map(\.featureCount) }

  /// Writes what stands in for missing modalities.
  func archiveImputers(to writer: inout ArchiveWriter) {
    for m in modalities.indices {
      guard let imputer = imputers[m] else { continue }
      writer.write("\(m)", imputer.weights)
    }
  }

  /// Reads what ``archiveImputers(to:)`` wrote for modalities that are missing.
  mutating func readImputers(
    of missing: [Int], from reader: ArchiveReader
  ) throws(ArchiveError) {
    let widths = widths
    let sources = widths.indices.filter { !missing.contains($0) }.reduce(0) { $0 + widths[$1] }
    for m in missing {
      imputers[m] = ModalityImputer(
        weights: try reader.matrix("\(m)", rows: sources, columns: widths[m]))
    }
  }
}
