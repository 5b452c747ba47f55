import LinearAlgebra
import NeuralNetwork

/// Out-of-fold probabilities of a classifier, with what a bound and its tests need.
public struct CrossFit: Sendable {
  /// Rows × classes, each row from the model fitted without its fold.
  public let probabilities: Matrix
  /// Class of each row, negative where unlabelled.
  public let labels: [Int]
  /// Fold of each row.
  public let folds: [Int]
  /// Class shares of each fold's training rows.
  public let priors: [[Double]]

  /// The bound.
  public var bound: ClassifierBound {
    ClassifierBound(probabilities: probabilities, labels: labels, folds: folds, priors: priors)
  }

  /// Cross-fits a ridge softmax regression without class weights, so that its probabilities keep
  /// the natural class shares; columns are standardised on the training rows of each fold.
  ///
  /// - Parameters:
  ///   - features: n × d, finite.
  ///   - labels: class of each row, ≥ 0; classes are dealt over folds one by one.
  ///   - folds: default 5, fewer than rows.
  ///   - penalty: ridge on the mean loss, times the number of training rows; default 10.
  ///   - stream: random stream of the folds.
  ///   - threads: folds at a time; the result does not depend on it.
  /// - Throws: ``MutualInformationError`` `.tooFewRows`, `.numericalFailure`.
  public init(
    features: Matrix, labels: [Int], folds foldCount: Int = 5, penalty: Double = 10,
    stream: RandomStream, threads: Int = 1
  ) throws(MutualInformationError) {
    guard features.rowCount == labels.count else {
      throw .unequalRows(features.rowCount, labels.count)
    }
    guard labels.count >= 2 * foldCount else {
      throw .tooFewRows(labels.count, needed: 2 * foldCount)
    }
    let classCount = (labels.max() ?? 0) + 1
    let folds = dealtFolds(labels: labels, classCount: classCount, folds: foldCount, stream)
    let fitted: [Matrix]
    do {
      fitted = try parallelMap(count: foldCount, threads: threads) { fold in
        try heldOutProbabilities(
          features, labels, classCount: classCount, isTested: folds.map { $0 == fold },
          penalty: penalty)
      }
    } catch {
      throw .numericalFailure((error as? LinearAlgebraError)?.message ?? "\(error)")
    }
    var probabilities = Matrix(rows: labels.count, columns: classCount)
    var next = [Int](repeating: 0, count: foldCount)
    for (row, fold) in folds.enumerated() {
      probabilities.setRow(row, fitted[fold].row(next[fold]))
      next[fold] += 1
    }
    self.probabilities = probabilities
    self.labels = labels
    self.folds = folds
    priors = foldPriors(labels: labels, folds: folds, classCount: classCount)
  }
}

/// Each class's rows shuffled and dealt over folds, going on where the last class ended.
private func dealtFolds(
  labels: [Int], classCount: Int, folds: Int, _ stream: RandomStream
) -> [Int] {
  var stream = stream
  var result = [Int](repeating: -1, count: labels.count)
  var next = 0
  for c in 0..<classCount {
    var rows = labels.indices.filter { labels[$0] == c }
    stream.shuffle(&rows)
    for row in rows {
      result[row] = next
      next = (next + 1) % folds
    }
  }
  return result
}

/// Probabilities of the tested rows, ascending, from a fit on the others.
private func heldOutProbabilities(
  _ features: Matrix, _ labels: [Int], classCount: Int, isTested: [Bool], penalty: Double
) throws -> Matrix {
  let training = labels.indices.filter { !isTested[$0] }
  let tested = labels.indices.filter { isTested[$0] }
  let fitted = features.selecting(rows: training)
  let means = fitted.columnMeans()
  let deviations = fitted.centeringColumns()
  let scales = (0..<features.columnCount).map { j in
    let deviation = standardDeviation(deviations.column(j), mean: 0)
    return deviation > 0 && variesBeyondRounding(fitted.column(j)) ? 1 / deviation : 0
  }
  func standardized(_ rows: Matrix) -> Matrix {
    var result = rows
    for i in 0..<rows.rowCount {
      for j in 0..<rows.columnCount { result[i, j] = (rows[i, j] - means[j]) * scales[j] }
    }
    return result
  }
  var targets = Matrix(rows: training.count, columns: classCount)
  for (position, row) in training.enumerated() { targets[position, labels[row]] = 1 }
  let count = Double(training.count)
  let model = try SoftmaxRegression(penalty: penalty / count).fit(
    features: standardized(fitted), targets: targets,
    rowWeights: [Double](repeating: 1 / count, count: training.count))
  return softmaxRows(model.logits(standardized(features.selecting(rows: tested))))
}

/// `classifier`: classes with numbers of any dimension, by the cross-fitted bound of a ridge softmax
/// regression; sees linear dependence of the class on the columns only.
public struct ClassifierEstimator: MutualInformationEstimator {
  private let options: EstimatorOptions

  /// A cross-fitted classifier; its folds come from the stream `mi/classifier/folds`.
  public init(_ options: EstimatorOptions = EstimatorOptions()) { self.options = options }

  /// `classifier`.
  public var name: String { "classifier" }

  /// ``ClassifierBound`` of a ``CrossFit``.
  public func estimate(
    _ x: Variable, _ y: Variable
  ) throws(MutualInformationError) -> InformationEstimate {
    if let settled = try settledEstimate(x, y, estimator: name) { return settled }
    let (matrix, classes) = try numbersAndClasses(x, y)
    let fit = try CrossFit(
      features: matrix, labels: classes, stream: options.streams.stream("mi/classifier/folds"),
      threads: options.threads)
    return InformationEstimate(
      information: fit.bound.estimate, estimator: name,
      warnings: ["a lower bound, by a linear classifier"], crossFit: fit)
  }
}
