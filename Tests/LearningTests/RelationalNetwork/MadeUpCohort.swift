import Cohort
import LinearAlgebra

/// Patients with class means at random places and one signal strength per modality (0: noise).
struct MadeUpCohort {
  let table: PatientTable
  let labels: [Int]
  let classes: [String]

  /// `missing` is the share of patients who lack a modality, by its name.
  init(
    patients: Int, classes classCount: Int = 3,
    signals: [(name: String, features: Int, signal: Double)], missing: [String: Double] = [:],
    seed: UInt64 = 1
  ) {
    var stream = RandomStream(seed: seed, name: "made-up cohort")
    let labels = (0..<patients).map { $0 % classCount }
    let modalities = signals.map { name, featureCount, signal in
      let means = stream.normalMatrix(rows: classCount, columns: featureCount)
      var values = Matrix(rows: patients, columns: featureCount)
      for i in 0..<patients {
        let isMissing = stream.uniform() < missing[name] ?? 0
        for j in 0..<featureCount {
          let value = signal * means[labels[i], j] + stream.normal()
          values[i, j] = isMissing ? .nan : value
        }
      }
      return ModalityTable(
        name: name, featureNames: (0..<featureCount).map { "f\($0)" }, values: values)
    }
    table = PatientTable(
      patients: (0..<patients).map { "patient\($0)" }, modalities: modalities)
    self.labels = labels
    classes = (0..<classCount).map { "class\($0)" }
  }

  /// Training on the given rows; labels of `unlabelled` ones are hidden, and those of `predicted`
  /// ones are not there (transductive mode).
  func training(
    _ rows: [Int], unlabelled: Set<Int> = [], predicted: [Int] = [], labels: [Int]? = nil
  ) -> TrainingView {
    TrainingView(
      table: table.selecting(rows: rows + predicted),
      labels: rows.map { unlabelled.contains($0) ? -1 : (labels ?? self.labels)[$0] },
      classes: classes)
  }
}
