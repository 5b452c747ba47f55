import LinearAlgebra

/// Late fusion with learned weights: p ∝ b exp Σ_m v_m log p_m over the modalities that a patient has,
/// where b, a base of log-weights by class, is 1 unless given.
///
/// The weights v_m = e^θ_m ≥ 0, θ in [-5, 3], start at 1/M and minimise the weighted cross-entropy of
/// out-of-fold log-posteriors plus 10⁻³ Σ θ². With the logarithm of class shares π as base, and
/// log p_m - log π_m in the place of log p_m, v = 1 throughout is Bayes' rule for modalities that are
/// independent within a class; a single modality's v is then the inverse of a temperature.
public struct LatePooling: Equatable, Sendable {
  /// v, one weight per modality, between e⁻⁵ and e³.
  public let weights: [Double]

  /// Given weights, one per modality.
  public init(weights: [Double]) {
    self.weights = weights
  }

  private static let lowerBound = -5.0
  private static let upperBound = 3.0

  /// Learns the weights by projected Newton steps with backtracking.
  ///
  /// - Parameters:
  ///   - logPosteriors: per modality rows × classes, out of fold.
  ///   - isMeasured: per modality, whether each row takes part.
  ///   - labels: class of each row, ≥ 0.
  ///   - rowWeights: weight of each row, ≥ 0.
  ///   - base: log b, one per class; nil for none.
  ///   - ridge: pull of θ towards 0, on a loss whose row weights sum to 1.
  /// - Complexity: O(rows × classes × M²) per step, rarely more than 20 steps.
  public static func fit(
    logPosteriors: [Matrix], isMeasured: [[Bool]], labels: [Int], rowWeights: [Double],
    base: [Double]? = nil, ridge: Double = 1e-3
  ) -> LatePooling {
    let count = logPosteriors.count
    // Without a base a single modality speaks for itself.
    guard count > (base == nil ? 1 : 0) else {
      return LatePooling(weights: [Double](repeating: 1, count: count))
    }
    let problem = PoolingProblem(
      logPosteriors: logPosteriors, isMeasured: isMeasured, labels: labels,
      rowWeights: rowWeights,
      base: base ?? [Double](repeating: 0, count: logPosteriors[0].columnCount), ridge: ridge)
    var theta = [Double](repeating: -logarithm(Double(count)), count: count)
    var state = problem.evaluate(theta)
    for _ in 0..<200 {
      let free = theta.indices.filter { m in
        !(theta[m] <= lowerBound && state.gradient[m] > 0)
          && !(theta[m] >= upperBound && state.gradient[m] < 0)
      }
      let steepest = free.map { abs(state.gradient[$0]) }.max() ?? 0
      if steepest <= 1e-10 { break }
      let direction = newtonDirection(state, free)
      var step = 1.0
      var moved = false
      while step > 1e-10 {
        var trial = theta
        for (position, m) in free.enumerated() {
          trial[m] = min(upperBound, max(lowerBound, theta[m] + step * direction[position]))
        }
        let trialState = problem.evaluate(trial)
        if trialState.value < state.value {
          moved = true
          let decrease = state.value - trialState.value
          theta = trial
          state = trialState
          if decrease <= 1e-15 { moved = false }
          break
        }
        step /= 2
      }
      if !moved { break }
    }
    return LatePooling(weights: theta.map(exponential))
  }

  /// Probabilities of pooled log-posteriors, rows × classes; for a row without modality the base, or
  /// uniform.
  public func pool(
    _ logPosteriors: [Matrix], isMeasured: [[Bool]], base: [Double]? = nil
  ) -> Matrix {
    guard let first = logPosteriors.first else { return Matrix(rows: 0, columns: 0) }
    var sum = Matrix(rows: first.rowCount, columns: first.columnCount)
    if let base { for i in 0..<sum.rowCount { sum.setRow(i, base) } }
    for (m, posterior) in logPosteriors.enumerated() {
      for i in 0..<sum.rowCount where isMeasured[m][i] {
        for c in 0..<sum.columnCount { sum[i, c] += weights[m] * posterior[i, c] }
      }
    }
    return softmaxRows(sum)
  }

  /// Newton direction on the free coordinates, the Hessian's diagonal raised until it is positive
  /// definite.
  private static func newtonDirection(_ state: PoolingProblem.State, _ free: [Int]) -> [Double] {
    var damping = 0.0
    let gradient = Matrix(rows: free.count, columns: 1, values: free.map { -state.gradient[$0] })
    for _ in 0..<60 {
      var hessian = Matrix(rows: free.count, columns: free.count)
      for (a, m) in free.enumerated() {
        for (b, k) in free.enumerated() { hessian[a, b] = state.hessian[m, k] }
        hessian[a, a] += damping
      }
      if let factor = try? CholeskyFactor(hessian) {
        return factor.solve(gradient).values
      }
      damping = damping == 0 ? 1e-6 : damping * 10
    }
    return gradient.values
  }
}

/// Value, gradient and Hessian of the pooling loss in θ.
private struct PoolingProblem {
  struct State {
    var value: Double
    var gradient: [Double]
    var hessian: Matrix
  }

  let logPosteriors: [Matrix]
  let isMeasured: [[Bool]]
  let labels: [Int]
  let rowWeights: [Double]
  let base: [Double]
  let ridge: Double

  func evaluate(_ theta: [Double]) -> State {
    let count = theta.count
    let weights = theta.map(exponential)
    let classCount = logPosteriors[0].columnCount
    var value = 0.0
    var slope = [Double](repeating: 0, count: count)
    var curvature = Matrix(rows: count, columns: count)
    var logits = [Double](repeating: 0, count: classCount)
    var means = [Double](repeating: 0, count: count)
    for i in labels.indices where rowWeights[i] > 0 {
      for c in 0..<classCount {
        logits[c] = base[c]
        for m in 0..<count where isMeasured[m][i] {
          logits[c] += weights[m] * logPosteriors[m][i, c]
        }
      }
      let largest = logits.max() ?? 0
      var normalizer = 0.0
      for c in 0..<classCount { normalizer += exponential(logits[c] - largest) }
      value += rowWeights[i] * (largest + logarithm(normalizer) - logits[labels[i]])
      for c in 0..<classCount { logits[c] = exponential(logits[c] - largest) / normalizer }
      for m in 0..<count {
        means[m] = 0
        guard isMeasured[m][i] else { continue }
        for c in 0..<classCount { means[m] += logits[c] * logPosteriors[m][i, c] }
        slope[m] += rowWeights[i] * (means[m] - logPosteriors[m][i, labels[i]])
      }
      for m in 0..<count where isMeasured[m][i] {
        for k in 0...m where isMeasured[k][i] {
          var product = 0.0
          for c in 0..<classCount {
            product += logits[c] * logPosteriors[m][i, c] * logPosteriors[k][i, c]
          }
          curvature[m, k] += rowWeights[i] * (product - means[m] * means[k])
        }
      }
    }
    var gradient = [Double](repeating: 0, count: count)
    for m in 0..<count {
      value += ridge * theta[m] * theta[m]
      gradient[m] = weights[m] * slope[m] + 2 * ridge * theta[m]
      for k in 0...m {
        curvature[m, k] *= weights[m] * weights[k]
        curvature[k, m] = curvature[m, k]
      }
      curvature[m, m] += weights[m] * slope[m] + 2 * ridge
    }
    return State(value: value, gradient: gradient, hessian: curvature)
  }
}
