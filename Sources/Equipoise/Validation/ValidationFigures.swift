import Evaluation
import LinearAlgebra
import Study

/// How well probabilities fit the truth, with intervals.
public struct ValidationFigures: Codable, Equatable, Sendable {
  /// One metric.
  public struct Figure: Codable, Equatable, Sendable {
    /// Name as in `results.csv`.
    public var name: String
    /// Value; nil where undefined.
    public var value: Double?
    /// Percentile interval at 95 % over patients, conditional on the model; nil where undefined or not
    /// asked for.
    public var interval: Interval?
  }

  /// Patients.
  public var patientCount: Int
  /// In the order of `results.csv`.
  public var metrics: [Figure]

  /// Value of a metric.
  public func value(_ name: String) -> Double? { metrics.first { $0.name == name }?.value }

  /// Figures of some rows.
  ///
  /// - Parameters:
  ///   - rows: truth and probabilities.
  ///   - resampleCount: resamples of the bootstrap over patients; 0: no intervals.
  ///   - streams: where its draws come from.
  ///   - threads: threads to use; the figures do not depend on it.
  public init(
    _ rows: ScoredRows, resampleCount: Int = 1000,
    streams: RandomStreams = RandomStreams(seed: 1), threads: Int = 1
  ) {
    patientCount = rows.truth.count
    let bootstrap = RowBootstrap(
      rows, resampleCount: resampleCount, stream: streams.stream("validation/bootstrap"))
    metrics = MetricRegistry.all.map { metric in
      let value = rows.truth.isEmpty ? nil : metric.value(of: rows)
      return Figure(
        name: metric.name, value: value,
        interval: value == nil ? nil : bootstrap.interval(metric, threads: threads))
    }
  }
}

/// One class of a validation.
public struct ValidationClass: Codable, Equatable, Sendable {
  /// Name.
  public var name: String
  /// Patients of it.
  public var patientCount: Int
  /// Share of them that were predicted as such; nil without any.
  public var recall: Double?
  /// Share of those predicted as such who are; nil without any.
  public var precision: Double?
  /// Stated probabilities of the class against what was there; nil where it cannot be told.
  public var calibration: CalibrationLine?

  /// Each class of some rows.
  static func all(_ rows: ScoredRows, names: [String]) -> [ValidationClass] {
    names.indices.map { c in
      let isClass = rows.truth.map { $0 == c }
      let said = rows.predicted.map { $0 == c }
      let right = zip(isClass, said).count { $0 && $1 }
      func share(_ whole: Int) -> Double? { whole > 0 ? Double(right) / Double(whole) : nil }
      return ValidationClass(
        name: names[c], patientCount: isClass.count { $0 }, recall: share(isClass.count { $0 }),
        precision: share(said.count { $0 }),
        calibration: CalibrationLine(
          probabilities: rows.probabilities.column(c), happened: isClass))
    }
  }
}

/// The same model after its temperature was fitted anew on the validation patients: what better
/// calibration would bring, and no part of the validation itself.
public struct Recalibration: Codable, Equatable, Sendable {
  /// Temperature fitted on all of them, relative to the model’s own.
  public var temperature: Double
  /// Metrics of probabilities by temperatures fitted on the other four of five folds.
  public var figures: ValidationFigures

  /// Patients that it needs.
  static let minimumCount = 20

  /// nil with too few patients.
  init?(_ rows: ScoredRows, streams: RandomStreams) {
    guard rows.truth.count >= Self.minimumCount else { return nil }
    let logits = ModelCalibration.logProbabilities(rows.probabilities)
    temperature = Temperature(fitting: logits, labels: rows.truth).value
    let folds = stratifiedFolds(
      labels: rows.truth, folds: 5, groups: nil,
      stream: streams.stream("validation/recalibration"))
    var probabilities = rows.probabilities
    for fold in 0..<5 {
      let kept = folds.indices.filter { folds[$0] != fold }
      let fitted = Temperature(
        fitting: logits.selecting(rows: kept), labels: kept.map { rows.truth[$0] })
      let held = folds.indices.filter { folds[$0] == fold }
      let said = fitted.probabilities(logits.selecting(rows: held))
      for (position, row) in held.enumerated() { probabilities.setRow(row, said.row(position)) }
    }
    figures = ValidationFigures(
      ScoredRows(truth: rows.truth, probabilities: probabilities), resampleCount: 0)
  }
}
