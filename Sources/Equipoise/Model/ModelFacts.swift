import Cohort
import Evaluation
import Foundation
import Study

/// What a model tells of itself, under `model` of its file’s metadata; no time, path or host is in it,
/// so that the same training gives the same bytes.
public struct ModelFacts: Codable, Equatable, Sendable {
  /// One modality.
  public struct Modality: Codable, Equatable, Sendable {
    /// Name.
    public var name: String
    /// Features in training.
    public var featureCount: Int
    /// Training patients who have it.
    public var measuredCount: Int
  }

  /// How well patients with one pattern of missing modalities are told, out of fold.
  public struct PatternScore: Codable, Equatable, Sendable {
    /// Missing modalities; empty for the complete pattern.
    public var missing: [String]
    /// Labelled training patients who have all the others; those who have more are read without.
    public var patientCount: Int
    /// Macro-F1 of out-of-fold predictions; nil where undefined.
    public var macroF1: Double?
    /// Their accuracy; nil where undefined.
    public var accuracy: Double?
    /// Whether calibration and sets are the pattern's own (else those of all patients).
    public var hasOwnCalibration: Bool
  }

  /// Version of the program that trained it.
  public var program: String
  /// Cohort as named in training.
  public var cohort: String
  /// Title of the data, where known.
  public var title: String?
  /// Source of the data, where known.
  public var source: String?
  /// Licence of the data, where known.
  public var license: String?
  /// Modalities that the label was derived from.
  public var labelDerivedFrom: [String]
  /// Column of the labels.
  public var label: String
  /// Classes, in the order of probabilities.
  public var classes: [String]
  /// Labelled training patients of each class.
  public var classCounts: [Int]
  /// Labelled training patients.
  public var labelledCount: Int
  /// Training patients without a label.
  public var unlabelledCount: Int
  /// Modalities that the model looks at.
  public var modalities: [Modality]
  /// What it was trained with.
  public var options: TrainingOptions
  /// Patterns of missing modalities, beside the complete one, that have a fit of their own.
  public var patterns: [MissingPattern]
  /// Patterns that were not tried out of fold: served with the calibration of all patients.
  public var unservedPatternCount: Int
  /// Folds of the out-of-fold predictions behind ``metrics`` and calibration.
  public var folds: Int
  /// Metrics of pooled out-of-fold predictions, calibrated; by name as in `results.csv`.
  public var metrics: [String: Double]
  /// The same by pattern, the complete one first.
  public var patternScores: [PatternScore]
  /// What was decided on the way.
  public var record: FitRecord?
  /// Whether rows of training patients are in the file.
  public var holdsPatients: Bool
  /// Modalities of the cohort that no training patient has a usable value of, with the reason; nil in
  /// files of earlier versions.
  public var droppedModalities: [DroppedModality]?
  /// Changes of scale that were made to modalities, and are made to new patients; nil in files of
  /// earlier versions.
  public var transforms: [String: AssayTransform]?

  /// JSON with sorted keys.
  public func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }

  /// - Throws: ``ModelError`` `.malformedDescription`.
  init(json: String?) throws(ModelError) {
    guard let json, let facts = try? JSONDecoder().decode(ModelFacts.self, from: Data(json.utf8))
    else {
      throw ModelError(
        .malformedDescription, at: "metadata, model", expected: "what `equipoise train` writes")
    }
    guard facts.classes.count >= 2, facts.classes.count == facts.classCounts.count,
      Set(facts.classes).count == facts.classes.count
    else {
      throw ModelError(.malformedDescription, at: "classes", expected: "two classes or more")
    }
    self = facts
  }

  /// Facts of a model that is being trained.
  init(
    cohort: Cohort, outcome: NominalOutcome, training: TrainingView, inputs: ModelInputs,
    options: TrainingOptions, served: ServedPatterns, readings: OutOfFoldReadings,
    calibration: ModelCalibration, record: FitRecord?, holdsPatients: Bool
  ) {
    program = "equipoise \(BuildFacts.version)"
    self.cohort = cohort.name
    title = cohort.details.title
    source = cohort.details.source
    license = cohort.details.license
    labelDerivedFrom = cohort.details.labelDerivedFrom
    label = outcome.column
    classes = outcome.classes
    classCounts = outcome.classCounts
    labelledCount = training.labelledRows.count
    unlabelledCount = training.trainingCount - labelledCount
    modalities = inputs.modalities.map { modality in
      let table = training.table.modalities.first { $0.name == modality.name }
      return Modality(
        name: modality.name, featureCount: modality.features.count,
        measuredCount: table?.measuredRows.count ?? 0)
    }
    self.options = options
    patterns = served.patterns
    unservedPatternCount = served.omittedCount
    folds = readings.foldCount
    metrics = readings.natural.metrics(calibration)
    patternScores = readings.patterns.map { read in
      let metrics = read.metrics(calibration)
      return PatternScore(
        missing: read.pattern.missing, patientCount: read.labels.count,
        macroF1: metrics["macro_f1"], accuracy: metrics["accuracy"],
        hasOwnCalibration: calibration.parts.contains { $0.pattern == read.pattern })
    }
    self.record = record
    self.holdsPatients = holdsPatients
    let everyone = Array(0..<training.trainingCount)
    transforms = cohort.transforms.isEmpty ? nil : cohort.transforms
    droppedModalities = training.table.modalities.compactMap {
      DroppedModality($0, rows: everyone)
    }
  }
}
