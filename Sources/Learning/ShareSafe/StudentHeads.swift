import Cohort
import LinearAlgebra
import NeuralNetwork

/// Students of a method that hold no row of a patient: for each pattern of missing modalities one linear
/// map from the standardised modalities that are left to classes.
///
/// A student learns from what the method says of each training patient out of fold, that is, from fits
/// that had not seen the patient, and never from the patient's own label. So what it says of a training
/// patient is what it would say of a new one like him, and membership shows in nothing but chance
/// (after Tang et al., USENIX Security 2022: self-distillation from an ensemble's held-out answers).
package struct StudentHeads: StorableLearner {
  /// What the method says of patients under one pattern.
  package struct Lesson: Sendable {
    /// Modalities that are hidden.
    package let missing: [String]
    /// Rows of the training table.
    package let rows: [Int]
    /// Rows × classes: probabilities of the method.
    package let targets: Matrix

    /// A lesson.
    package init(missing: [String], rows: [Int], targets: Matrix) {
      self.missing = missing
      self.rows = rows
      self.targets = targets
    }
  }

  private let reading: PreparedModalities
  private let prior: [Double]
  /// By pattern of missing modalities; the one without any serves all patterns that have none.
  private let heads: [[Int]: SoftmaxRegression.Model]

  /// Ridge penalty times the number of patients, as of the method's own heads.
  private static let penaltyNumerator = 10.0

  /// Fits all students.
  ///
  /// - Parameters:
  ///   - table: training patients.
  ///   - labels: their classes, for features that are selected by them; −1 where unlabelled.
  ///   - prior: class frequencies, for patients with nothing.
  ///   - whole: all labelled patients as they are, a missing modality at its training mean.
  ///   - lessons: further patterns; one of fewer patients than classes is left to `whole`.
  /// - Throws: `LinearAlgebraError` for features that are not finite.
  package init(
    table: PatientTable, labels: [Int], prior: [Double], whole: Lesson, lessons: [Lesson],
    preprocessing: PreprocessingOptions
  ) throws {
    let reading = PreparedModalities(table: table, labels: labels, options: preprocessing)
    let rows = reading.features(of: table).features
    var heads: [[Int]: SoftmaxRegression.Model] = [:]
    for lesson in [whole] + lessons where lesson.missing.isEmpty == heads.isEmpty {
      let missing = reading.modalities.indices.filter {
        lesson.missing.contains(reading.modalities[$0])
      }
      let kept = rows.indices.filter { !missing.contains($0) }
      guard !kept.isEmpty, heads.isEmpty || lesson.rows.count > prior.count else { continue }
      let count = Double(lesson.rows.count)
      heads[missing] = try SoftmaxRegression(penalty: Self.penaltyNumerator / count).fit(
        features: Matrix.horizontal(kept.map { rows[$0].selecting(rows: lesson.rows) }),
        targets: lesson.targets,
        rowWeights: [Double](repeating: 1 / count, count: lesson.rows.count))
    }
    self.reading = reading
    self.prior = prior
    self.heads = heads
  }

  /// Modalities in use.
  package var usedModalities: [String] { reading.modalities }

  /// Class probabilities; a row depends on that patient alone.
  package func predict(_ patients: PatientTable) throws -> Predictions {
    let prepared = reading.features(of: patients)
    let (rows, isMeasured) = (prepared.features, prepared.isMeasured)
    var answer = Matrix(rows: patients.patientCount, columns: prior.count)
    for i in 0..<patients.patientCount {
      let missing = reading.modalities.indices.filter { !isMeasured[$0][i] }
      if missing.count == reading.modalities.count {
        answer.setRow(i, prior)
        continue
      }
      let own = heads[missing]
      let kept = rows.indices.filter { own == nil || !missing.contains($0) }
      guard let head = own ?? heads[[]] else { continue }
      let row = Matrix.horizontal(kept.map { rows[$0].selecting(rows: [i]) })
      answer.setRow(i, softmaxRows(head.logits(row)).row(0))
    }
    return Predictions(probabilities: answer)
  }

  /// Writes preprocessing, class frequencies and all students.
  package func archive(to writer: inout ArchiveWriter, serving patterns: [[String]]) {
    writer.scoped("reading") { reading.archive(to: &$0) }
    writer.scoped("prior") { $0.write("frequencies", prior) }
    let keys = heads.keys.sorted { ($0.count, Self.key($0)) < ($1.count, Self.key($1)) }
    writer.write("patterns", texts: keys.map(Self.key))
    for missing in keys {
      writer.scoped("student-\(Self.key(missing))") { heads[missing]?.archive(to: &$0) }
    }
  }

  /// Reads what ``archive(to:serving:)`` wrote.
  ///
  /// - Throws: `ArchiveError` for a part that is absent or cannot be so.
  package init(from reader: ArchiveReader, classCount: Int) throws(ArchiveError) {
    reading = try PreparedModalities(from: reader.scoped("reading"))
    prior = try reader.scoped("prior").vector("frequencies", count: classCount)
    guard prior.allSatisfy({ $0 >= 0 }), abs(prior.reduce(0, +) - 1) < 1e-9 else {
      throw reader.error(.badValue, "prior", expected: "frequencies that sum to 1")
    }
    let widths = reading.widths
    let keys = try reader.texts("patterns")
    var heads: [[Int]: SoftmaxRegression.Model] = [:]
    for key in keys {
      let missing = key.split(separator: "-").compactMap { Int($0) }
      guard Self.key(missing) == key, missing.allSatisfy(widths.indices.contains),
        zip(missing, missing.dropFirst()).allSatisfy({ $0 < $1 }), missing.count < widths.count
      else {
        throw reader.error(.badValue, "patterns", found: key, expected: "ascending positions")
      }
      let width = widths.indices.filter { !missing.contains($0) }.reduce(0) { $0 + widths[$1] }
      heads[missing] = try SoftmaxRegression.Model(
        from: reader.scoped("student-\(key)"), features: width, classes: classCount)
    }
    guard heads[[]] != nil else {
      throw reader.error(.missingPart, "patterns", expected: "a student for whoever has all")
    }
    self.heads = heads
  }

  private static func key(_ missing: [Int]) -> String {
    missing.map(String.init).joined(separator: "-")
  }
}
