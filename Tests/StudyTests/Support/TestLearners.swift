import Cohort
import Evaluation
import LinearAlgebra
import Study

/// Class frequencies of the training patients, for everyone.
struct FrequencyLearner: Learner {
  var name = "majority"

  func fit(_ training: TrainingView, _ context: FitContext) throws -> any FittedLearner {
    var counts = [Double](repeating: 1, count: training.classCount)
    for row in training.labelledRows { counts[training.labels[row]] += 1 }
    let total = counts.reduce(0, +)
    return Constant(row: counts.map { $0 / total })
  }

  struct Constant: FittedLearner {
    let row: [Double]
    func predict(_ patients: PatientTable) throws -> Predictions {
      Predictions(probabilities: Matrix((0..<patients.patientCount).map { _ in row }))
    }
  }
}

private struct CentroidKey: SharedKey {
  typealias Value = Matrix
  let modality: String
}

/// Softmax of minus squared distances to class centroids, with noise from a named stream and the
/// centroids taken from the fold's store.
struct CentroidLearner: Learner {
  var modality = "alpha"
  var name: String { "centroid:\(modality)" }

  func fit(_ training: TrainingView, _ context: FitContext) throws -> any FittedLearner {
    let index = training.table.modalities.firstIndex { $0.name == modality } ?? 0
    let values = training.table.modalities[index].values
    let centroids = context.store.value(CentroidKey(modality: modality)) { () -> Matrix in
      var sums = Matrix(rows: training.classCount, columns: values.columnCount)
      var counts = [Double](repeating: 0, count: training.classCount)
      for row in training.labelledRows where !values[row, 0].isNaN {
        counts[training.labels[row]] += 1
        for j in 0..<values.columnCount { sums[training.labels[row], j] += values[row, j] }
      }
      for c in 0..<training.classCount {
        for j in 0..<values.columnCount { sums[c, j] /= max(counts[c], 1) }
      }
      return sums
    }
    var stream = context.streams.stream("\(name)/noise")
    let noise = stream.normalMatrix(rows: training.classCount, columns: values.columnCount)
    var noisy = centroids
    for i in noisy.values.indices { noisy.values[i] += 0.01 * noise.values[i] }
    return Fitted(modality: modality, centroids: noisy)
  }

  struct Fitted: FittedLearner {
    let modality: String
    let centroids: Matrix
    var record: FitRecord? {
      FitRecord(modalities: [.init(name: modality, macroF1: 0.5, weights: [1, 1.25])])
    }
    func predict(_ patients: PatientTable) throws -> Predictions {
      let index = patients.modalities.firstIndex { $0.name == modality } ?? 0
      let values = patients.modalities[index].values
      var scores = Matrix(rows: patients.patientCount, columns: centroids.rowCount)
      for i in 0..<values.rowCount {
        for c in 0..<centroids.rowCount {
          for j in 0..<values.columnCount where !values[i, j].isNaN {
            let difference = values[i, j] - centroids[c, j]
            scores[i, c] -= difference * difference
          }
        }
      }
      return Predictions(probabilities: softmaxRows(scores))
    }
  }
}

/// Tells in its record what it was shown.
struct WitnessLearner: Learner {
  let name = "witness"

  func fit(_ training: TrainingView, _ context: FitContext) throws -> any FittedLearner {
    let first = context.streams.prefix
    return Fitted(
      base: try FrequencyLearner().fit(training, context),
      record: FitRecord(
        notes: [
          first, training.table.patients.joined(separator: " "),
          training.labels.map(\.description).joined(separator: " "),
          training.isTransductive ? "transductive" : "inductive",
        ]))
  }

  struct Fitted: FittedLearner {
    let base: any FittedLearner
    let record: FitRecord?
    func predict(_ patients: PatientTable) throws -> Predictions { try base.predict(patients) }
  }
}

/// Fails in one fold, or returns nonsense.
struct BrokenLearner: Learner {
  struct Failure: Error {}
  let name = "broken"
  var returnsNaN = false

  func fit(_ training: TrainingView, _ context: FitContext) throws -> any FittedLearner {
    guard returnsNaN else { throw Failure() }
    return FrequencyLearner.Constant(row: [.nan, 0.5, 0.5])
  }
}

extension MethodProvider {
  /// Offers given learners by their names.
  static func fixed(_ learners: [any Learner]) -> MethodProvider {
    MethodProvider(
      names: { _ in learners.map(\.name) },
      learner: { name, _ in learners.first { $0.name == name } })
  }

  /// The learners of these tests.
  static let forTests = fixed([
    FrequencyLearner(), CentroidLearner(), CentroidLearner(modality: "beta"), WitnessLearner(),
    FrequencyLearner(name: "equipoise"), BrokenLearner(),
  ])
}

/// Options for a quick study of the test learners.
func quickOptions(
  methods: [String] = ["majority", "centroid:alpha", "centroid:beta"],
  transductive: Bool = false, unlabelled: UnlabelledUse = .use
) -> StudyOptions {
  StudyOptions(
    methods: methods, folds: 3, repeats: 2, unlabelled: unlabelled, transductive: transductive)
}

extension StudyPlan {
  /// The material of a fold of the first setting.
  func material(_ repeatIndex: Int, _ fold: Int) -> FoldMaterial {
    material(
      of: StudyFit(
        settings: [settings[0]], replicate: Replicate(repeatIndex: repeatIndex, fold: fold)))
  }
}

extension FoldMaterial {
  /// Tested patients as the first setting shows them.
  var test: PatientTable { tests[0] }
}
