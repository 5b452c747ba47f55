import Evaluation
import Learning
import LinearAlgebra
import MutualInformation
import NeuralNetwork

/// Criteria that were tried as predictors of a student's gain and are not part of the method.
struct TeachingCriteria {
  /// Heads of the training set.
  let linear: LinearDistillation
  private let ridges: [RidgeFit]

  init(_ linear: LinearDistillation) throws {
    self.linear = linear
    ridges = try linear.heads.coordinates.map {
      try RidgeFit(features: $0, choosingBy: linear.labelled.targets)
    }
  }

  /// I(Ŷ_t; H_s) and I(H_s; Y) by one estimator (Ross, k = 3), nats: Δ' is their difference.
  func classInformation(teacher t: Int, student s: Int) -> (taught: Double, label: Double)? {
    let readings = linear.readings
    let rows = readings.commonRows(t, s)
    let student = centeredLogProbabilities(readings.posteriors[s].selecting(rows: rows))
    let said = argmaxRows(readings.posteriors[t].selecting(rows: rows))
    guard let taught = try? rossInformation(student, classes: said),
      let label = try? rossInformation(student, classes: rows.map { readings.labels[$0] })
    else { return nil }
    return (taught, label)
  }

  /// I(H_t, H_s; Y), nats: the bound of both pooled, with weights from the other inner folds.
  func jointInformation(teacher t: Int, student s: Int) -> Double {
    let readings = linear.readings
    let rows = readings.commonRows(t, s)
    guard !rows.isEmpty else { return 0 }
    let labels = rows.map { readings.labels[$0] }
    let folds = rows.map { linear.labelled.innerFolds[$0] }
    let priors = foldPriors(labels: labels, folds: folds, classCount: readings.classCount)
    let parts = [t, s].map { m in
      readings.posteriors[m].selecting(rows: rows).mapValues { logarithm(max($0, 1e-12)) }
    }
    var natural = Matrix(rows: rows.count, columns: readings.classCount)
    for fold in priors.indices {
      let fit = folds.indices.filter { folds[$0] != fold }
      let held = folds.indices.filter { folds[$0] == fold }
      let pooling = LatePooling.fit(
        logPosteriors: parts.map { $0.selecting(rows: fit) },
        isMeasured: [[Bool]](repeating: [Bool](repeating: true, count: fit.count), count: 2),
        labels: fit.map { labels[$0] },
        rowWeights: [Double](repeating: 1 / Double(max(fit.count, 1)), count: fit.count))
      let answer = pooling.pool(
        parts.map { $0.selecting(rows: held) },
        isMeasured: [[Bool]](repeating: [Bool](repeating: true, count: held.count), count: 2))
      for (position, row) in held.enumerated() {
        for c in 0..<natural.columnCount {
          natural[row, c] =
            logarithm(max(answer[position, c], 1e-12)) + logarithm(max(priors[fold][c], 1e-12))
        }
      }
    }
    let temperature = Temperature(fitting: natural, labels: labels)
    return ClassifierBound(
      probabilities: temperature.probabilities(natural), labels: labels, folds: folds,
      priors: priors
    ).estimate
  }

  /// Standard error of I(H_t; Y) - I(H_s; Y), nats, from the differences of rows.
  func gapError(teacher t: Int, student s: Int) -> Double {
    let rows = linear.readings.commonRows(t, s)
    guard rows.count > 1 else { return 0 }
    let terms = rows.map { linear.readings.labelTerms[t][$0] - linear.readings.labelTerms[s][$0] }
    let mean = orderedMean(terms)
    let variance = orderedSum(terms.map { ($0 - mean) * ($0 - mean) }) / Double(rows.count - 1)
    return (variance / Double(rows.count)).squareRoot()
  }

  /// R(0) - R(½) of ``LinearDistillationRisk`` with plugged-in estimates, in squared error over
  /// classes: of a student taught through unlabelled pairs, and of one on labelled patients alone;
  /// nil where there are too few patients for the formula.
  func riskReduction(
    teacher t: Int, student s: Int, unlabelled: Int
  ) -> (pairs: Double?, labels: Double?) {
    let fit = ridges[s]
    let count = linear.labelled.rows.count
    let limit = fit.degreesOfFreedom + 1
    guard Double(count) > limit else { return (nil, nil) }
    // A residual left out of the fit has 1 + k times the variance.
    let inflation = 1 + fit.degreesOfFreedom / (Double(count) - limit)
    let (truth, said) = (linear.labelled.targets, linear.readings.posteriors[t])
    var gap = truth
    gap.add(said, times: -1)
    let ofLabel = fit.leaveOneOutResiduals(truth)
    let ofTeacher = fit.leaveOneOutResiduals(said)
    let ofGap = fit.leaveOneOutResiduals(gap)
    func meanProduct(_ a: Matrix, _ b: Matrix) -> Double {
      orderedSum(zip(a.values, b.values).map { $0 * $1 }) / Double(count)
    }
    let centered = gap.centeringColumns()
    let bias = max(
      0, meanProduct(centered, centered) - meanProduct(ofGap, ofGap) / inflation)
    func reduction(_ unlabelled: Int) -> Double {
      let risk = LinearDistillationRisk(
        patientCount: count, unlabelledCount: unlabelled,
        degreesOfFreedom: fit.degreesOfFreedom, teacherBias: bias,
        labelVariance: meanProduct(ofLabel, ofLabel) / inflation,
        teacherVariance: meanProduct(ofTeacher, ofTeacher) / inflation,
        covariance: meanProduct(ofLabel, ofTeacher) / inflation)
      return risk.risk(teacherShare: 0) - risk.risk(teacherShare: 0.5)
    }
    return (Double(unlabelled) > limit ? reduction(unlabelled) : nil, reduction(0))
  }
}

/// Ridge least squares on centred features by one singular value decomposition, its penalty chosen
/// by leave-one-out error.
private struct RidgeFit {
  private let left: Matrix
  private let leverages: [Double]
  private let shrinkage: [Double]
  /// Trace of the hat matrix, the mean included.
  let degreesOfFreedom: Double
  private let rowCount: Int

  init(features: Matrix, choosingBy targets: Matrix) throws {
    let decomposition = try SingularValues(features.centeringColumns())
    let largest = max(decomposition.values.first ?? 0, 1e-300)
    let squares = decomposition.values.map { $0 * $0 }
    let fits = (0...16).map { step in
      let penalty = largest * largest * exponential(-0.75 * Double(step))
      return RidgeFit(
        left: decomposition.left, shrinkage: squares.map { $0 / ($0 + penalty) },
        rowCount: features.rowCount)
    }
    let errors = fits.map { fit in
      orderedSum(fit.leaveOneOutResiduals(targets).values.map { $0 * $0 })
    }
    let best = errors.indices.min { (errors[$0], $0) < (errors[$1], $1) } ?? 0
    self = fits[best]
  }

  private init(left: Matrix, shrinkage: [Double], rowCount: Int) {
    self.left = left
    self.shrinkage = shrinkage
    self.rowCount = rowCount
    leverages = (0..<rowCount).map { i in
      1 / Double(rowCount) + zip(left.row(i), shrinkage).reduce(0) { $0 + $1.0 * $1.0 * $1.1 }
    }
    degreesOfFreedom = 1 + shrinkage.reduce(0, +)
  }

  /// Residuals of rows left out of the fit.
  func leaveOneOutResiduals(_ targets: Matrix) -> Matrix {
    let centered = targets.centeringColumns()
    var scores = left.product(centered, transposingSelf: true)
    for k in 0..<scores.rowCount {
      for c in 0..<scores.columnCount { scores[k, c] *= shrinkage[k] }
    }
    var residuals = centered
    residuals.add(left.product(scores), times: -1)
    for i in 0..<residuals.rowCount {
      let rest = max(1 - leverages[i], 1e-9)
      for c in 0..<residuals.columnCount { residuals[i, c] /= rest }
    }
    return residuals
  }
}
