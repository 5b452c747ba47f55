import LinearAlgebra

/// Multinomial logistic regression, converged: minimises
/// Σ_i ω_i CE(x_i W + b, y_i) + (λ/2) ‖W‖², the bias b free of penalty.
///
/// With many more features than rows the problem is first rotated to the span of the rows, which has the
/// same solution (the penalty keeps W in that span) and fewer unknowns.
public struct SoftmaxRegression: Sendable {
  /// Ridge penalty λ on the summed weighted loss, ≥ 0.
  public var penalty: Double
  /// The optimiser.
  public var optimizer: LBFGS

  /// A regression with the given penalty.
  public init(penalty: Double, optimizer: LBFGS = LBFGS()) {
    self.penalty = penalty
    self.optimizer = optimizer
  }

  /// A fitted linear map to logits.
  public struct Model: Sendable {
    /// Features × classes.
    public let weights: Matrix
    /// One bias per class.
    public let biases: [Double]

    /// Creates a model.
    public init(weights: Matrix, biases: [Double]) {
      self.weights = weights
      self.biases = biases
    }

    /// Logits, rows × classes; each row depends on itself alone, to the bit.
    public func logits(_ features: Matrix) -> Matrix {
      var result = features.fixedOrderProduct(weights)
      for i in 0..<result.rowCount {
        for c in 0..<biases.count { result[i, c] += biases[c] }
      }
      return result
    }
  }

  /// Fits on rows with soft or hard targets.
  ///
  /// - Parameters:
  ///   - features: rows × features, finite.
  ///   - targets: rows × classes, each row a distribution.
  ///   - rowWeights: ω, one per row, ≥ 0; for λ = 10/n as in the default they sum to 1.
  /// - Throws: ``LinearAlgebraError`` if the rotation fails (non-finite features).
  public func fit(
    features: Matrix, targets: Matrix, rowWeights: [Double]
  ) throws(LinearAlgebraError) -> Model {
    if features.columnCount > 2 * features.rowCount, penalty > 0 {
      let span = try RowSpan(features)
      let rotated = solve(span.project(features), targets, rowWeights)
      return Model(weights: span.lift(rotated.weights), biases: rotated.biases)
    }
    return solve(features, targets, rowWeights)
  }

  private func solve(_ features: Matrix, _ targets: Matrix, _ rowWeights: [Double]) -> Model {
    let head = JointSoftmaxObjective.Head(
      features: features, targets: targets, emphasis: 1, share: 0)
    let models = JointSoftmaxObjective(
      heads: [head], targets: targets, rowWeights: rowWeights, penalty: penalty
    ).minimize(optimizer)
    return models[0]
  }
}

/// Σ_i ω_i CE(logits_i, targets_i); replaces the logits by the gradient ω_i (p_i - targets_i).
public func weightedCrossEntropy(
  _ logits: inout Matrix, _ targets: Matrix, _ rowWeights: [Double]
) -> Double {
  let width = logits.columnCount
  var losses = [Double](repeating: 0, count: logits.rowCount)
  logits.values.withUnsafeMutableBufferPointer { values in
    targets.values.withUnsafeBufferPointer { goal in
      for i in losses.indices {
        let start = i &* width
        var largest = values[start]
        for c in 1..<width { largest = max(largest, values[start &+ c]) }
        var sum = 0.0
        for c in 0..<width { sum += exponential(values[start &+ c] - largest) }
        let normalizer = largest + logarithm(sum)
        var loss = 0.0
        for c in 0..<width {
          let logProbability = values[start &+ c] - normalizer
          let target = goal[start &+ c]
          if target != 0 { loss -= target * logProbability }
          values[start &+ c] = rowWeights[i] * (exponential(logProbability) - target)
        }
        losses[i] = rowWeights[i] * loss
      }
    }
  }
  return orderedSum(losses)
}
