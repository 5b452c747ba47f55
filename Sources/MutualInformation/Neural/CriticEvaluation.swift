import LinearAlgebra

/// A bound on rows that its critic has not seen, over all of their pairs.
package struct CriticEvaluation: Sendable {
  private let bound: CriticBound
  private let x: Matrix
  private let y: Matrix
  private let sums: PairSums

  /// Evaluates m ≥ 2 pairs of rows whose inner products are the scores.
  ///
  /// - Complexity: O(m² · columns) time, O(m) memory.
  package init(_ bound: CriticBound, x: Matrix, y: Matrix) {
    precondition(x.rowCount == y.rowCount && x.rowCount >= 2, "at least two pairs")
    self.bound = bound
    self.x = x
    self.y = y
    sums = PairSums(bound, x: x, y: y)
  }

  private var count: Int { x.rowCount }

  /// The bound in nats.
  package var information: Double { information(order: Array(0..<count)) }

  /// The bound with row `order[i]` of y beside row i of x: only its joint pairs change.
  package func information(order: [Int]) -> Double {
    let joint = order.enumerated().map { score($0.offset, $0.element) }
    switch bound {
    case .infonce:
      return orderedMean(joint) - orderedMean(sums.rows) + logarithm(Double(count))
    case .mine:
      return orderedMean(joint) - sums.shift - logarithm(meanWeight(withoutJoint: joint))
    }
  }

  /// One value a row; their mean is the bound, and their standard deviation over √m its standard
  /// error with the critic as given: each row's influence, also through its pairs with others.
  package var terms: [Double] {
    let joint = (0..<count).map { score($0, $0) }
    switch bound {
    case .infonce:
      // The bound is E f(x, y) - E_x ln E_y' e^f(x, y'); a row enters the last through both.
      return (0..<count).map {
        joint[$0] - sums.rows[$0] + logarithm(Double(count)) + 1 - sums.columns[$0]
      }
    case .mine:
      // ln of a mean over ordered pairs (a U-statistic), linearised at its value.
      let mean = meanWeight(withoutJoint: joint)
      let logMean = sums.shift + logarithm(mean)
      return (0..<count).map { i in
        let own = exponential(joint[i] - sums.shift)
        let pairs = (sums.rows[i] + sums.columns[i] - 2 * own) / Double(count - 1)
        return joint[i] - logMean + 2 - pairs / mean
      }
    }
  }

  /// Mean of e^(f - shift) over pairs that are not joint.
  private func meanWeight(withoutJoint joint: [Double]) -> Double {
    let excluded = orderedSum(joint.map { exponential($0 - sums.shift) })
    return (orderedSum(sums.rows) - excluded) / Double(count * (count - 1))
  }

  private func score(_ i: Int, _ j: Int) -> Double {
    let width = x.columnCount
    var sum = 0.0
    for k in 0..<width { sum += x.values[i &* width &+ k] * y.values[j &* width &+ k] }
    return sum
  }
}

/// Sums of exponentials of scores over rows and columns, made in blocks of rows.
private struct PairSums: Sendable {
  /// `infonce`: ln Σ_j e^f_ij; `mine`: Σ_j e^(f_ij - shift).
  private(set) var rows: [Double]
  /// `infonce`: Σ_i e^f_ij / Σ_k e^f_ik; `mine`: Σ_i e^(f_ij - shift).
  private(set) var columns: [Double]
  /// The largest score; 0 for `infonce`.
  private(set) var shift = 0.0

  init(_ bound: CriticBound, x: Matrix, y: Matrix) {
    let m = x.rowCount
    let side = 256
    var rowSums = [Double]()
    rowSums.reserveCapacity(m)
    columns = [Double](repeating: 0, count: m)
    func scores(from start: Int) -> Matrix {
      x.selecting(rows: Array(start..<min(start + side, m))).product(y, transposingOther: true)
    }
    let starts = stride(from: 0, to: m, by: side)
    if bound == .mine {
      // Known before weights are summed, so that none overflows.
      shift = starts.reduce(-.infinity) { scores(from: $1).values.reduce($0, max) }
    }
    for start in starts {
      var block = scores(from: start)
      switch bound {
      case .infonce: rowSums += block.normalizeExponentials()
      case .mine:
        block.exponentiate(subtracting: shift)
        rowSums += block.rowSums()
      }
      columns.withUnsafeMutableBufferPointer { sums in
        block.values.withUnsafeBufferPointer { entries in
          for p in stride(from: 0, to: entries.count, by: m) {
            for j in 0..<m { sums[j] += entries[p &+ j] }
          }
        }
      }
    }
    rows = rowSums
  }
}
