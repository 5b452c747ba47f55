import LinearAlgebra
import NeuralNetwork

/// What predicts by a ``LinearRelationalMember``: its heads, students, late pooling and joint model.
struct ServedMember: Sendable {
  /// What the heads see of patients.
  let input: RelationalInput
  /// One per modality.
  let heads: [SoftmaxRegression.Model]
  /// Per modality what serves where its teacher is missing.
  let students: [DistillationStage.Student?]
  let pooling: LatePooling
  /// Heads of the joint model, one per modality.
  let joint: [SoftmaxRegression.Model]
  let emphasis: [Double]
  /// Modalities from the largest out-of-fold macro-F1 down, ties in cohort order.
  let ranking: [Int]

  /// What the member says of some patients.
  struct Posteriors {
    /// Of the heads by learned late fusion, patients × classes.
    var late: Matrix
    /// Of the joint model.
    var joint: Matrix
    /// Of each patient's best measured modality alone.
    var bestSingle: Matrix
    /// Which modalities each patient has.
    var isMeasured: [[Bool]]
  }

  /// Posteriors of patients; a row depends on that patient alone.
  func posteriors(_ placed: PlacedPatients) -> Posteriors {
    posteriors(input.features(placed), placed.isMeasured)
  }

  /// Posteriors of rows of B_m; a row depends on itself alone.
  func posteriors(_ rows: [Matrix], _ isMeasured: [[Bool]]) -> Posteriors {
    var fused = Matrix(
      rows: rows.first?.rowCount ?? 0, columns: joint.first?.biases.count ?? 0)
    var logPosteriors: [Matrix] = []
    for m in rows.indices {
      fused.add(joint[m].logits(rows[m]), times: emphasis[m])
      var logits = heads[m].logits(rows[m])
      if let student = students[m] {
        let taught = student.head.logits(rows[m])
        for i in 0..<logits.rowCount where isMeasured[m][i] && !isMeasured[student.teacher][i] {
          logits.setRow(i, taught.row(i))
        }
      }
      logPosteriors.append(logSoftmaxRows(logits))
    }
    var best = fused
    for i in 0..<best.rowCount {
      let m = ranking.first { isMeasured[$0][i] } ?? ranking[0]
      best.setRow(i, logPosteriors[m].row(i).map(exponential))
    }
    return Posteriors(
      late: pooling.pool(logPosteriors, isMeasured: Self.everyone(logPosteriors)),
      joint: softmaxRows(fused), bestSingle: best, isMeasured: isMeasured)
  }

  /// Every head takes part for every patient: where a modality is missing it hears the neighbors.
  static func everyone(_ posteriors: [Matrix]) -> [[Bool]] {
    posteriors.map { [Bool](repeating: true, count: $0.rowCount) }
  }
}
