import LinearAlgebra

/// Mutual information where values repeat or mix with continuous ones (Gao et al., NeurIPS 2017),
/// in nats, unclipped; biased low for purely discrete variables.
///
/// ρ_i is the k-th joint Chebyshev distance; where it is 0, k̃ counts the rows at joint distance 0.
/// Î = mean[ψ(k̃) + ln n - ln(n_x + 1) - ln(n_y + 1)], counts within ρ_i, edges included, self not.
///
/// - Parameters:
///   - x: n × d_x, finite.
///   - y: n × d_y, finite.
///   - neighbors: k, 1…n - 1; default 3.
///   - threads: default 1; the result does not depend on it.
/// - Complexity: O(n²(d_x + d_y)) time, O(n) memory.
/// - Throws: ``MutualInformationError`` `.tooFewRows`, `.unequalRows`.
public func mixedKSGInformation(
  _ x: Matrix, _ y: Matrix, neighbors k: Int = 3, threads: Int = 1
) throws(MutualInformationError) -> Double {
  guard x.rowCount == y.rowCount else { throw .unequalRows(x.rowCount, y.rowCount) }
  let n = x.rowCount
  guard k >= 1, n > k else { throw .tooFewRows(n, needed: k + 1) }
  let inX = PointDistances(x, norm: .chebyshev)
  let inY = PointDistances(y, norm: .chebyshev)
  let terms = mapRows(count: n, threads: threads) { range in
    var dx = [Double](repeating: 0, count: n)
    var dy = dx
    var nearest = NearestList(capacity: k)
    return range.map { i in
      inX.fill(&dx, from: i)
      inY.fill(&dy, from: i)
      dx[i] = .infinity
      dy[i] = .infinity
      nearest.removeAll()
      for j in 0..<n where j != i { nearest.offer(max(dx[j], dy[j]), j) }
      let radius = nearest.bound
      let effective =
        radius == 0 ? (0..<n).count { $0 != i && max(dx[$0], dy[$0]) == 0 } : k
      let countX = count(dx) { $0 <= radius }
      let countY = count(dy) { $0 <= radius }
      return digamma(Double(effective)) + logarithm(Double(n))
        - logarithm(Double(countX + 1)) - logarithm(Double(countY + 1))
    }
  }
  return orderedMean(terms)
}
