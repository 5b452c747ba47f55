import Cohort
import LinearAlgebra

/// Marks by which a model knows its training patients again without naming them: for each patient
/// 52 bits of a SHA-256 of its identifier, and of its measurements in each modality.
struct PatientMarks: Sendable {
  /// Sorted, each once; whole numbers below 2⁵², exact as doubles.
  let marks: [Double]

  /// Marks of all patients of a table.
  init(_ table: PatientTable) {
    var marks = Set<Double>()
    let writing = MarkWriting(table)
    for row in 0..<table.patientCount { marks.formUnion(writing.marks(of: row)) }
    self.marks = marks.sorted()
  }

  /// Marks read from a file.
  init(marks: [Double]) { self.marks = marks }

  /// Rows of a table whose identifier or measurements are known. O(patients × features).
  func rows(of table: PatientTable, threads: Int) -> [Int] {
    let known = Set(marks)
    let writing = MarkWriting(table)
    let isKnown = parallelMap(count: table.patientCount, threads: threads) { row in
      writing.marks(of: row).contains(where: known.contains)
    }
    return isKnown.indices.filter { isKnown[$0] }
  }
}

/// Writes the marks of a table's patients.
private struct MarkWriting: Sendable {
  /// Distinct values from which on a modality tells a patient from others.
  private static let minimumDistinct = 10

  private let table: PatientTable
  /// For each modality its columns in the order of their cells as texts, `name=value`; nil where the
  /// order depends on values, since a name has an equals sign.
  private let orders: [[Int]?]

  init(_ table: PatientTable) {
    self.table = table
    orders = table.modalities.map { modality in
      guard !modality.featureNames.contains(where: { $0.utf8.contains(UInt8(ascii: "=")) }) else {
        return nil
      }
      let keys = modality.featureNames.map { $0 + "=" }
      return keys.indices.sorted { keys[$0].utf8.lexicographicallyPrecedes(keys[$1].utf8) }
    }
  }

  /// Marks of one patient: by identifier, and by the values of each modality that it has.
  func marks(of row: Int) -> [Double] {
    var result = [mark("patient\n\(table.patients[row])")]
    for (modality, order) in zip(table.modalities, orders) where modality.isMeasured[row] {
      let values = Array(modality.values.row(row))
      // Few distinct values, as of mutations, may well be those of somebody else.
      guard Self.hasManyDistinct(values) else { continue }
      func cell(_ column: Int) -> String { "\(modality.featureNames[column])=\(values[column])" }
      let observed = (order ?? Array(values.indices)).filter { !values[$0].isNaN }
      var cells = observed.map(cell)
      if order == nil { cells.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) } }
      result.append(mark("modality\n\(modality.name)\n" + cells.joined(separator: "\n")))
    }
    return result
  }

  private static func hasManyDistinct(_ values: some Sequence<Double>) -> Bool {
    var seen = Set<Double>()
    for value in values where !value.isNaN {
      seen.insert(value)
      if seen.count >= minimumDistinct { return true }
    }
    return false
  }

  private func mark(_ text: String) -> Double {
    let digits = SHA256.hexadecimal(of: Array(text.utf8)).prefix(13)
    return digits.reduce(0) { $0 * 16 + Double($1.hexDigitValue ?? 0) }
  }
}

extension Model {
  /// Whether the model can tell its training patients again.
  var knowsTrainingPatients: Bool { reader.hasScope("patients") }

  /// Rows of a table that were in training, by identifier or by the measurements of any modality.
  ///
  /// - Throws: `ArchiveError` for a damaged part of the file.
  func seenRows(_ table: PatientTable, threads: Int = 1) throws(ArchiveError) -> [Int] {
    guard knowsTrainingPatients else { return [] }
    return PatientMarks(marks: try reader.scoped("patients").vector("marks")).rows(
      of: table, threads: threads)
  }
}
