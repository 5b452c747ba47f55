import Cohort
import LinearAlgebra

/// A small cohort with a strong, a weak and a noise modality, gaps, covariates and unlabelled
/// patients, for tests of learners.
struct SyntheticCohort {
  let table: PatientTable
  let labels: [Int]
  let classes: [String]

  init(patients n: Int = 90, classes classCount: Int = 3, seed: UInt64 = 1) {
    var stream = RandomStream(seed: seed, name: "synthetic")
    let truth = (0..<n).map { _ in stream.below(classCount) }
    func modality(_ name: String, _ width: Int, _ signal: Double, missing: Double) -> ModalityTable
    {
      var centers = stream.normalMatrix(rows: classCount, columns: width)
      centers.scale(by: signal)
      var values = stream.normalMatrix(rows: n, columns: width)
      for i in 0..<n {
        let isMissing = stream.uniform() < missing
        for j in 0..<width {
          values[i, j] = isMissing ? .nan : 3 + 2 * (values[i, j] + centers[truth[i], j])
        }
      }
      return ModalityTable(
        name: name, featureNames: (0..<width).map { "\(name)\($0)" }, values: values)
    }
    let modalities = [
      modality("strong", 12, 1, missing: 0), modality("weak", 130, 0.2, missing: 0.3),
      modality("noise", 20, 0, missing: 0.1),
    ]
    let ages = truth.map { 50 + 10 * Double($0) + 8 * stream.normal() }
    let stages = truth.map { stream.uniform() < 0.1 ? nil : "stage \(($0 + stream.below(2)) % 3)" }
    table = PatientTable(
      patients: (0..<n).map { "P\($0)" }, modalities: modalities,
      covariates: [
        Covariate(name: "age", values: .numeric(ages.map { $0 < 45 ? .nan : $0 })),
        Covariate(name: "stage", values: .categorical(stages)),
      ])
    labels = truth.map { stream.uniform() < 0.1 ? -1 : $0 }
    classes = (0..<classCount).map { "C\($0)" }
  }

  /// The first `count` patients as training view.
  func training(_ count: Int) -> TrainingView {
    TrainingView(
      table: table.selecting(rows: Array(0..<count)), labels: Array(labels[..<count]),
      classes: classes)
  }

  /// Patients from `start` on.
  func patients(from start: Int) -> PatientTable {
    table.selecting(rows: Array(start..<table.patientCount))
  }
}
