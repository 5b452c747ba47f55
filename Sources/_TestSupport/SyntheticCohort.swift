import Cohort
import LinearAlgebra

/// A made-up cohort with known truth: class means at random places, one signal strength per
/// modality (0: pure noise), optional missing rows.
public struct SyntheticCohort: Sendable {
  /// One modality to be made.
  public struct Modality: Sendable {
    /// Name.
    public var name: String
    /// Number of features.
    public var featureCount: Int
    /// Distance of class means from the origin in units of the noise.
    public var signal: Double
    /// Share of patients who lack it.
    public var missing: Double

    /// Creates a modality.
    public init(_ name: String, features: Int, signal: Double, missing: Double = 0) {
      self.name = name
      featureCount = features
      self.signal = signal
      self.missing = missing
    }
  }

  /// Measurements of all patients.
  public let table: PatientTable
  /// True class of each patient.
  public let labels: [Int]
  /// Class names.
  public let classes: [String]

  /// Makes a cohort; classes take turns over the patients.
  public init(
    patients: Int, classes: Int, modalities: [Modality], seed: UInt64 = 1
  ) {
    var stream = RandomStream(seed: seed, name: "synthetic")
    let labels = (0..<patients).map { $0 % classes }
    let tables = modalities.map { modality in
      let means = (0..<classes).map { _ in
        (0..<modality.featureCount).map { _ in modality.signal * stream.normal() }
      }
      var values = Matrix(rows: patients, columns: modality.featureCount)
      for i in 0..<patients {
        let isMissing = stream.uniform() < modality.missing
        for j in 0..<modality.featureCount {
          let draw = means[labels[i]][j] + stream.normal()
          values[i, j] = isMissing ? .nan : draw
        }
      }
      return ModalityTable(
        name: modality.name, featureNames: (0..<modality.featureCount).map { "f\($0)" },
        values: values)
    }
    table = PatientTable(
      patients: (0..<patients).map { "patient\($0)" }, modalities: tables)
    self.labels = labels
    self.classes = (0..<classes).map { "class\($0)" }
  }

  /// A training view of the given rows; labels of `unlabelled` rows are hidden.
  public func training(
    rows: [Int], unlabelled: [Int] = [], transductive: [Int] = []
  ) -> TrainingView {
    TrainingView(
      table: table.selecting(rows: rows + unlabelled + transductive),
      labels: rows.map { labels[$0] } + unlabelled.map { _ in -1 }, classes: classes)
  }
}
