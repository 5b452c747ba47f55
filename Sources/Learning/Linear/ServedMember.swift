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

  /// Probabilities of some patients by the member.
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
    let (rows, isMeasured, isUsable) = (
      input.features(placed), placed.isMeasured, placed.isUsable
    )
    var fused = Matrix(
      rows: rows.first?.rowCount ?? 0, columns: joint.first?.biases.count ?? 0)
    var logPosteriors: [Matrix] = []
    for m in rows.indices {
      let own = joint[m].logits(rows[m])
      for i in 0..<fused.rowCount where isUsable[m][i] {
        for c in 0..<fused.columnCount { fused[i, c] += emphasis[m] * own[i, c] }
      }
      var logits = heads[m].logits(rows[m])
      if let student = students[m] {
        let taught = student.head.logits(rows[m])
        for i in 0..<logits.rowCount where isMeasured[m][i] && !isMeasured[student.teacher][i] {
          logits.setRow(i, taught.row(i))
        }
      }
      logPosteriors.append(logSoftmaxRows(logits))
    }
    var single = fused
    for i in 0..<single.rowCount {
      let m = best(isMeasured, isUsable, row: i)
      single.setRow(i, logPosteriors[m].row(i).map(exponential))
    }
    return Posteriors(
      late: pooling.pool(logPosteriors, isMeasured: isUsable), joint: softmaxRows(fused),
      bestSingle: single, isMeasured: isMeasured)
  }

  /// The modality of largest out-of-fold macro-F1 that a patient has, else one that is imputed.
  func best(_ isMeasured: [[Bool]], _ isUsable: [[Bool]], row i: Int) -> Int {
    ranking.first { isMeasured[$0][i] } ?? ranking.first { isUsable[$0][i] } ?? ranking[0]
  }
}
