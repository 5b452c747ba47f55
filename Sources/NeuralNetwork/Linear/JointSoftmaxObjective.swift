import CKernels
import LinearAlgebra

/// Linear softmax heads trained together: the value and gradient of
/// Σ_i ω_i CE(Σ_m g_m l_m, t_i) + Σ_m s_m Σ_i ω_mi CE(l_m, t_mi) + (λ/2) Σ_m ‖W_m‖²,
/// l_m = X_m W_m + b_m, where a row with ω_mi = 0 has no part of head m in its fused logits either,
/// in one pass over the features, and its minimum.
///
/// One head with g = 1, s = 0 is multinomial logistic regression.
public struct JointSoftmaxObjective: Sendable {
  /// One head and its part in the objective.
  public struct Head: Sendable {
    /// Rows × features.
    public var features: Matrix
    /// Rows × classes, targets of its own loss.
    public var targets: Matrix
    /// g: factor of its logits in the fused logits.
    public var emphasis: Double
    /// s: weight of its own loss.
    public var share: Double
    /// ω_m, one per row, 0 for rows that lack the head's modality; nil is ω for all rows.
    public var rowWeights: [Double]?

    /// Creates a head.
    public init(
      features: Matrix, targets: Matrix, emphasis: Double, share: Double,
      rowWeights: [Double]? = nil
    ) {
      self.features = features
      self.targets = targets
      self.emphasis = emphasis
      self.share = share
      self.rowWeights = rowWeights
    }
  }

  private let heads: [Head]
  private let targets: Matrix
  private let rowWeights: [Double]
  private let penalty: Double

  /// An objective; every head covers the same rows as `targets` (rows × classes, distributions) and
  /// `rowWeights` (ω ≥ 0).
  public init(heads: [Head], targets: Matrix, rowWeights: [Double], penalty: Double) {
    precondition(rowWeights.count == targets.rowCount, "one weight per row")
    precondition(
      heads.allSatisfy {
        $0.features.rowCount == targets.rowCount && $0.targets.rowCount == targets.rowCount
          && $0.targets.columnCount == targets.columnCount
          && ($0.rowWeights?.count ?? targets.rowCount) == targets.rowCount
      }, "every head covers the same rows and classes")
    self.heads = heads
    self.targets = targets
    self.rowWeights = rowWeights
    self.penalty = penalty
  }

  private var classCount: Int { targets.columnCount }

  /// Number of parameters: for each head classes × features weights, then one bias per class.
  public var parameterCount: Int {
    heads.reduce(0) { $0 + ($1.features.columnCount + 1) * classCount }
  }

  /// The value at a point; writes the gradient.
  ///
  /// - Complexity: O(rows × features × classes), reading the features once.
  public func evaluate(_ point: [Double], _ gradient: inout [Double]) -> Double {
    var losses = [Double](repeating: 0, count: targets.rowCount)
    var scratch = [Double](repeating: 0, count: (4 * heads.count + 3) * classCount)
    withKernelHeads { kernelHeads in
      eq_joint_softmax(
        targets.rowCount, classCount, heads.count, kernelHeads, targets.values, rowWeights, point,
        &gradient, &losses, &scratch)
    }
    var value = orderedSum(losses)
    var offset = 0
    for head in heads {
      let weightCount = head.features.columnCount * classCount
      value += addPenalty(point, &gradient, offset..<(offset + weightCount))
      offset += weightCount + classCount
    }
    return value
  }

  /// Minimises from zero, to convergence; one model per head.
  public func minimize(_ optimizer: LBFGS = LBFGS()) -> [SoftmaxRegression.Model] {
    let start = [Double](repeating: 0, count: parameterCount)
    let outcome = optimizer.minimize(from: start, curvatures: curvatures()) { point, gradient in
      evaluate(point, &gradient)
    }
    var offset = 0
    return heads.map { head in
      let columns = head.features.columnCount
      let weights = Matrix(
        rows: classCount, columns: columns,
        values: Array(outcome.point[offset..<(offset + columns * classCount)]))
      offset += columns * classCount
      let biases = Array(outcome.point[offset..<(offset + classCount)])
      offset += classCount
      return SoftmaxRegression.Model(weights: weights.transposed(), biases: biases)
    }
  }

  private func addPenalty(
    _ point: [Double], _ gradient: inout [Double], _ range: Range<Int>
  ) -> Double {
    var squares = 0.0
    point.withUnsafeBufferPointer { weights in
      gradient.withUnsafeMutableBufferPointer { slope in
        for k in range {
          slope[k] += penalty * weights[k]
          squares += weights[k] * weights[k]
        }
      }
    }
    return 0.5 * penalty * squares
  }

  /// Diagonal of the Hessian at uniform probabilities: factor (1/C)(1 - 1/C) Σ_i ω_i x_ik² + λ,
  /// factor g² + s.
  private func curvatures() -> [Double] {
    var result: [Double] = []
    result.reserveCapacity(parameterCount)
    let spread = (1 - 1 / Double(classCount)) / Double(classCount)
    for head in heads {
      let factor = (head.emphasis * head.emphasis + head.share) * spread
      // Only a start for the search: the head's own weights stand for both losses.
      let weights = head.rowWeights ?? rowWeights
      var sums = [Double](repeating: 0, count: head.features.columnCount)
      for i in 0..<head.features.rowCount where weights[i] > 0 {
        for (k, value) in head.features.row(i).enumerated() {
          sums[k] += weights[i] * value * value
        }
      }
      for _ in 0..<classCount {
        for sum in sums { result.append(max(factor * sum + penalty, 1e-12)) }
      }
      for _ in 0..<classCount {
        result.append(max(factor * orderedSum(weights), 1e-12))
      }
    }
    return result
  }

  private func withKernelHeads(_ body: (UnsafePointer<eq_softmax_head>?) -> Void) {
    var kernelHeads: [eq_softmax_head] = []
    func gather(_ remaining: ArraySlice<Head>) {
      guard let head = remaining.first else {
        kernelHeads.withUnsafeBufferPointer { body($0.baseAddress) }
        return
      }
      head.features.values.withUnsafeBufferPointer { features in
        head.targets.values.withUnsafeBufferPointer { targets in
          func add(_ weights: UnsafePointer<Double>?) {
            kernelHeads.append(
              eq_softmax_head(
                features: features.baseAddress, columns: head.features.columnCount,
                targets: targets.baseAddress, emphasis: head.emphasis, share: head.share,
                row_weights: weights))
            gather(remaining.dropFirst())
          }
          if let weights = head.rowWeights {
            weights.withUnsafeBufferPointer { add($0.baseAddress) }
          } else {
            add(nil)
          }
        }
      }
    }
    gather(heads[...])
  }
}
