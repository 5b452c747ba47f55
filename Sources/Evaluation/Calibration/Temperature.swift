import LinearAlgebra

/// One divisor of logits that makes probabilities as honest as they can be without changing the
/// predicted class (Guo et al., ICML 2017).
public struct Temperature: Equatable, Sendable {
  /// Divisor T, 0.05…20; above 1 softens.
  public let value: Double

  /// A given temperature > 0.
  public init(value: Double) {
    precondition(value > 0, "a temperature must be positive")
    self.value = value
  }

  /// Fits T by the mean negative log-likelihood of softmax(logits / T), by golden-section search
  /// over ln T in [ln .05, ln 20] to 1e-10.
  ///
  /// The likelihood is unimodal in T, so that the search finds its optimum. Give out-of-fold logits
  /// of training rows, never those of test rows. Log-probabilities serve as logits.
  ///
  /// - Parameters:
  ///   - logits: rows × classes.
  ///   - labels: class of each row; unlabelled rows (negative) are left out.
  ///   - rowWeights: weight of each row, default equal.
  /// - Complexity: O(rows · classes · 60).
  public init(fitting logits: Matrix, labels: [Int], rowWeights: [Double]? = nil) {
    precondition(labels.count == logits.rowCount, "one label per row of logits")
    let rows = labels.indices.filter { labels[$0] >= 0 && (rowWeights?[$0] ?? 1) > 0 }
    guard !rows.isEmpty else {
      value = 1
      return
    }
    let used = logits.selecting(rows: rows)
    let total = rowWeights.map { weights in orderedSum(rows.map { weights[$0] }) }
    func loss(_ logTemperature: Double) -> Double {
      let scaled = logSoftmaxRows(exponential(-logTemperature) * used)
      return -orderedSum(
        rows.enumerated().map { position, row in
          (rowWeights?[row] ?? 1) * scaled[position, labels[row]]
        }) / (total ?? Double(rows.count))
    }
    value = exponential(
      minimizeByGoldenSection(loss, from: logarithm(0.05), to: logarithm(20), tolerance: 1e-10))
  }

  /// softmax(logits / T); each row depends on itself alone.
  public func probabilities(_ logits: Matrix) -> Matrix {
    softmaxRows(logits.mapValues { $0 / value })
  }
}

/// Place of the minimum of a unimodal function, by golden-section search.
private func minimizeByGoldenSection(
  _ function: (Double) -> Double, from start: Double, to end: Double, tolerance: Double
) -> Double {
  let ratio = (5.0.squareRoot() - 1) / 2
  var (lower, upper) = (start, end)
  var (left, right) = (upper - ratio * (upper - lower), lower + ratio * (upper - lower))
  var (leftValue, rightValue) = (function(left), function(right))
  while upper - lower > tolerance {
    if leftValue <= rightValue {
      (upper, right, rightValue) = (right, left, leftValue)
      left = upper - ratio * (upper - lower)
      leftValue = function(left)
    } else {
      (lower, left, leftValue) = (left, right, rightValue)
      right = lower + ratio * (upper - lower)
      rightValue = function(right)
    }
  }
  return 0.5 * (lower + upper)
}
