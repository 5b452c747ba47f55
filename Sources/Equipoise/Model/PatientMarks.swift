import Cohort

/// Marks by which a model knows its training patients again without naming them: for each patient
/// 52 bits of a SHA-256 of its identifier, and of its measurements in each modality.
struct PatientMarks: Sendable {
  /// Sorted, each once; whole numbers below 2⁵², exact as doubles.
  let marks: [Double]

  /// Marks of all patients of a table.
  init(_ table: PatientTable) {
    var marks = Set<Double>()
    for row in 0..<table.patientCount { marks.formUnion(Self.marks(of: row, in: table)) }
    self.marks = marks.sorted()
  }

  /// Distinct values from which on a modality tells a patient from others.
  private static let minimumDistinct = 10

  /// Marks read from a file.
  init(marks: [Double]) { self.marks = marks }

  /// Rows of a table whose identifier or measurements are known.
  func rows(of table: PatientTable) -> [Int] {
    let known = Set(marks)
    return (0..<table.patientCount).filter { row in
      Self.marks(of: row, in: table).contains(where: known.contains)
    }
  }

  /// Marks of one patient: by identifier, and by the values of each modality that it has.
  static func marks(of row: Int, in table: PatientTable) -> [Double] {
    var result = [mark("patient\n\(table.patients[row])")]
    for modality in table.modalities where modality.isMeasured[row] {
      // Few distinct values, as of mutations, may well be those of somebody else.
      let distinct = Set(modality.values.row(row).filter { !$0.isNaN })
      guard distinct.count >= minimumDistinct else { continue }
      let cells = zip(modality.featureNames, modality.values.row(row))
        .filter { !$0.1.isNaN }.map { "\($0.0)=\($0.1)" }
        .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      result.append(mark("modality\n\(modality.name)\n" + cells.joined(separator: "\n")))
    }
    return result
  }

  private static func mark(_ text: String) -> Double {
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
  func seenRows(_ table: PatientTable) throws(ArchiveError) -> [Int] {
    guard knowsTrainingPatients else { return [] }
    return PatientMarks(marks: try reader.scoped("patients").vector("marks")).rows(of: table)
  }
}
