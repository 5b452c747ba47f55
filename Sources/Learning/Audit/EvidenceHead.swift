import Evaluation
import LinearAlgebra
import NeuralNetwork

/// What one input says of the label, patient by patient: the evidence e_c = ln q(c | x) - ln π_c of a
/// ridge softmax regression without class weights, q at the natural class shares π of the patients it
/// was fitted on.
///
/// Training patients are judged by heads of inner folds that did not see their labels; tested patients
/// by the head of all training patients. No evidence (zeros) where the input is not measured, for a
/// class that the fit had no patient of, and throughout where too few patients are there to fit on.
struct EvidenceHead: Sendable {
  /// Labelled training patients × classes.
  let training: Matrix
  /// Tested patients × classes.
  let tested: Matrix

  /// Ridge penalties on the mean loss, times the number of patients fitted on; the one of smallest
  /// inner log loss is taken.
  ///
  /// Measured: on weak or wide assays 100 beats 10 (the study's C = .1) by .02 to .08 nats, on strong
  /// low-dimensional ones 10 or less is better.
  static let penaltyNumerators = [1.0, 10, 100, 1000]

  /// Fewer labelled patients than this say nothing.
  static func smallestFit(classCount: Int) -> Int { max(10, 2 * classCount) }

  /// Fits on the measured labelled patients.
  ///
  /// - Parameters:
  ///   - features: labelled training patients × features.
  ///   - measured: positions of those who have the input.
  ///   - testedFeatures: tested patients × features.
  ///   - testedMeasured: positions of those who have the input.
  ///   - labelled: labels and inner folds.
  ///   - penalties: candidates, times the number of patients; starting from the middle one, the next
  ///     is tried as long as it improves.
  init(
    features: Matrix, measured: [Int], tested testedFeatures: Matrix, testedMeasured: [Int],
    _ labelled: LabelledRows, penalties: [Double] = EvidenceHead.penaltyNumerators
  ) throws {
    var training = Matrix(rows: labelled.rows.count, columns: labelled.classCount)
    var tested = Matrix(rows: testedFeatures.rowCount, columns: labelled.classCount)
    if measured.count >= Self.smallestFit(classCount: labelled.classCount),
      features.columnCount > 0
    {
      let rows = features.selecting(rows: measured)
      let span = try RowSpan(rows)
      let problem = HeadProblem(
        coordinates: span.project(rows), labels: measured.map { labelled.labels[$0] },
        folds: measured.map { labelled.innerFolds[$0] }, foldCount: labelled.innerFoldCount,
        classCount: labelled.classCount)
      let (penalty, outOfFold) = try problem.best(of: penalties)
      for (position, row) in measured.enumerated() {
        training.setRow(row, outOfFold.row(position))
      }
      let said = try problem.evidence(
        fittedOn: Array(measured.indices), penalty: penalty,
        of: span.project(testedFeatures.selecting(rows: testedMeasured)))
      for (position, row) in testedMeasured.enumerated() {
        tested.setRow(row, said.row(position))
      }
    }
    self.training = training
    self.tested = tested
  }
}

/// The fits of one head, in the coordinates of its patients' span.
private struct HeadProblem {
  let coordinates: Matrix
  let labels: [Int]
  let folds: [Int]
  let foldCount: Int
  let classCount: Int

  /// A log loss is settled long before the weights are.
  private static let optimizer = LBFGS(gradientTolerance: 1e-5, relativeTolerance: 1e-8)

  /// The penalty of smallest inner log loss, with its out-of-fold evidence.
  func best(of penalties: [Double]) throws -> (penalty: Double, outOfFold: Matrix) {
    var tried: [Int: (loss: Double, evidence: Matrix)] = [:]
    func attempt(_ index: Int) throws -> (loss: Double, evidence: Matrix) {
      if let known = tried[index] { return known }
      let evidence = try outOfFold(penalty: penalties[index])
      let result = (calibratedLoss(evidence), evidence)
      tried[index] = result
      return result
    }
    var chosen = penalties.count / 2
    for step in [-1, 1] {
      while penalties.indices.contains(chosen + step),
        try attempt(chosen + step).loss < attempt(chosen).loss
      {
        chosen += step
      }
    }
    return (penalties[chosen], try attempt(chosen).evidence)
  }

  private func outOfFold(penalty: Double) throws -> Matrix {
    var result = Matrix(rows: labels.count, columns: classCount)
    for fold in 0..<foldCount {
      let held = folds.indices.filter { folds[$0] == fold }
      let fitted = folds.indices.filter { folds[$0] != fold }
      guard !held.isEmpty, !fitted.isEmpty else { continue }
      let evidence = try evidence(
        fittedOn: fitted, penalty: penalty, of: coordinates.selecting(rows: held))
      for (position, row) in held.enumerated() { result.setRow(row, evidence.row(position)) }
    }
    return result
  }

  /// Evidence on any rows of the span by a head fitted on some of its patients.
  func evidence(fittedOn rows: [Int], penalty: Double, of others: Matrix) throws -> Matrix {
    let shares = classShares(of: rows.map { labels[$0] }, classCount: classCount)
    var targets = Matrix(rows: rows.count, columns: classCount)
    for (position, row) in rows.enumerated() { targets[position, labels[row]] = 1 }
    let count = Double(rows.count)
    let model = try SoftmaxRegression(penalty: penalty / count, optimizer: Self.optimizer).fit(
      features: coordinates.selecting(rows: rows), targets: targets,
      rowWeights: [Double](repeating: 1 / count, count: rows.count))
    var evidence = logSoftmaxRows(model.logits(others))
    for c in 0..<classCount {
      let share = shares[c]
      for i in 0..<evidence.rowCount {
        evidence[i, c] =
          share > 0 ? max(evidence[i, c], logarithm(1e-12)) - logarithm(share) : 0
      }
    }
    return evidence
  }

  /// Mean log loss of the evidence at the best temperature.
  private func calibratedLoss(_ evidence: Matrix) -> Double {
    let everyone = [[Bool](repeating: true, count: labels.count)]
    let base = logShares(classShares(of: labels, classCount: classCount))
    let weights = [Double](repeating: 1 / Double(labels.count), count: labels.count)
    let pooling = LatePooling.fit(
      logPosteriors: [evidence], isMeasured: everyone, labels: labels, rowWeights: weights,
      base: base)
    let posteriors = pooling.pool([evidence], isMeasured: everyone, base: base)
    return -orderedMean(labels.indices.map { logarithm(max(posteriors[$0, labels[$0]], 1e-12)) })
  }
}

/// Share of each class among labels ≥ 0; zeros without labels.
func classShares(of labels: [Int], classCount: Int) -> [Double] {
  var counts = [Double](repeating: 0, count: classCount)
  for label in labels { counts[label] += 1 }
  let total = Double(max(labels.count, 1))
  return counts.map { $0 / total }
}

/// Logarithms of class shares, -∞ for a class without patients.
func logShares(_ shares: [Double]) -> [Double] { shares.map(logarithm) }
