import Cohort
import Evaluation
import Learning
import LinearAlgebra
import Study

/// A model for new patients: class probabilities, calibrated, with sets of classes at any coverage,
/// for patients with any subset of its modalities.
///
/// ```swift
/// let model = try Model(path: "model.safetensors")
/// let answer = try model.predict(cohort.table)
/// print(answer.csv)
/// ```
///
/// What is said of a patient never depends, to the bit, on who else is asked about.
public struct Model: Sendable {
  /// Where a file keeps ``facts``.
  static let remarkKey = "model"

  /// What the model tells of itself.
  public let facts: ModelFacts
  let inputs: ModelInputs
  let calibration: ModelCalibration
  let reader: ArchiveReader
  let learner: any StorableLearner

  /// Opens a model file.
  ///
  /// - Throws: `ArchiveError` for a file that is missing, damaged or no model; ``ModelError``
  ///   `.malformedDescription` for one that does not describe itself as a model does.
  public init(path: String) throws {
    let file = try ModelFileReader(path: path)
    try self.init(source: file, remarks: file.remarks)
  }

  init(source: any ArchiveSource, remarks: [String: String]) throws {
    facts = try ModelFacts(json: remarks[Self.remarkKey])
    reader = ArchiveReader(source)
    inputs = try ModelInputs(from: reader.scoped("inputs"))
    calibration = try ModelCalibration(from: reader.scoped("calibration"))
    // A method may name a modality that it could not use.
    let scope = MethodScope(
      modalities: facts.methodModality.map { [$0] } ?? facts.modalities.map(\.name),
      hasCovariates: false)
    guard
      let form = MethodRegistry(scope: scope).learner(named: facts.options.method)?.storedForm
    else {
      throw ModelError(
        .malformedDescription, at: "method", found: facts.options.method,
        expected: "a method whose fits can be kept")
    }
    let kept: any StorableLearner.Type = facts.options.isShareSafe ? StudentHeads.self : form
    learner = try kept.init(from: reader, classCount: facts.classes.count)
    guard learner.usedModalities == inputs.modalities.map(\.name) else {
      throw ModelError(
        .malformedDescription, at: "inputs", found: "other modalities than the method's",
        expected: learner.usedModalities.joined(separator: ", "))
    }
  }

  /// Names of features by modality: they tell how the tables of new patients stand.
  public var knownFeatures: [String: [String]] { inputs.knownFeatures }

  /// Patients worked on at a time; bounds memory, and changes nothing else.
  private static let chunkSize = 256

  /// Predicts patients; their labels, if there are any, are not looked at.
  ///
  /// - Parameters:
  ///   - patients: modalities by name, features by name; what is unknown is left aside.
  ///   - coverage: wanted probability that the set holds the true class, between 0 and 1.
  ///   - threads: threads to use; the answer does not depend on it.
  /// - Throws: ``ModelError`` `.noCommonModality`, `.noCommonFeature`, `.badOption`,
  ///   `.noProbabilities`; `ArchiveError` for a part of the file that is damaged.
  /// - Complexity: O(patients × training patients × features).
  public func predict(
    _ patients: PatientTable, coverage: Double = 0.9, threads: Int = ProcessorAllowance.count()
  ) throws -> ModelPredictions {
    guard coverage > 0, coverage < 1 else {
      throw ModelError(
        .badOption, at: "coverage", found: "\(coverage)", expected: "a number between 0 and 1")
    }
    let aligned = try AlignedPatients(patients, inputs: inputs)
    return ModelPredictions(
      model: self, patients: aligned, patterns: aligned.patterns,
      probabilities: try probabilities(aligned, threads: threads), coverage: coverage,
      seenRows: try seenRows(patients, threads: threads))
  }

  /// Calibrated probabilities, patients × classes.
  func probabilities(_ aligned: AlignedPatients, threads: Int) throws -> Matrix {
    let patterns = aligned.patterns
    let count = aligned.table.patientCount
    let starts = Array(stride(from: 0, to: count, by: Self.chunkSize))
    let parts = try parallelMap(count: starts.count, threads: threads) { k in
      let rows = Array(starts[k]..<min(starts[k] + Self.chunkSize, count))
      return try calibrated(
        learner.predict(aligned.table.selecting(rows: rows)).probabilities,
        rows.map { patterns[$0] })
    }
    return parts.isEmpty
      ? Matrix(rows: 0, columns: facts.classes.count) : Matrix.vertical(parts)
  }

  /// Probabilities after the temperature of each patient's pattern.
  private func calibrated(_ said: Matrix, _ patterns: [MissingPattern]) throws -> Matrix {
    let logits = ModelCalibration.logProbabilities(said)
    var result = said
    for (row, pattern) in patterns.enumerated() {
      let sum = said.row(row).reduce(0, +)
      guard said.row(row).allSatisfy({ $0 >= 0 }), abs(sum - 1) < 1e-6 else {
        throw ModelError(
          .noProbabilities, found: "\(Array(said.row(row)))", expected: "numbers that sum to 1")
      }
      // With nothing to go by, the class frequencies stand as they are.
      if isInsufficient(pattern) { continue }
      let scaled = calibration.part(for: pattern).temperature
        .probabilities(logits.selecting(rows: [row]))
      result.setRow(row, scaled.row(0))
    }
    return result
  }

  /// Whether a patient has nothing that the model looks at.
  func isInsufficient(_ pattern: MissingPattern) -> Bool {
    pattern.missing.count == inputs.modalities.count
  }
}

extension ModelFacts {
  /// The modality that the method's name ends in, for methods on one modality.
  fileprivate var methodModality: String? {
    guard let colon = options.method.firstIndex(of: ":") else { return nil }
    return String(options.method[options.method.index(after: colon)...])
  }
}
