import LinearAlgebra

/// Weights on the edges of a ``unionGraph(_:neighbors:weighting:)``.
public enum EdgeWeighting: String, CaseIterable, Codable, Hashable, Sendable {
  /// 1 on every edge.
  case unit
  /// ω_ij = (k/2)(W_ij/Σ_{top k of i} W + W_ji/Σ_{top k of j} W), about 1 on average.
  case affinity
}

/// The undirected graph in which two patients are joined if either has the other among its
/// `neighbors` largest affinities (self excluded, ties to the lower index).
///
/// Every patient has at least `neighbors` edges (lowered to patients − 1): fused affinities shrink
/// with the number of patients, so that a threshold would leave many alone.
///
/// - Parameters:
///   - affinities: symmetric, n × n; the diagonal is ignored.
///   - neighbors: ≥ 0; default 15.
///   - weighting: edge weights; default ``EdgeWeighting/unit``.
/// - Complexity: O(n²).
public func unionGraph(
  _ affinities: Matrix, neighbors: Int = 15, weighting: EdgeWeighting = .unit
) -> SparseMatrix {
  let n = affinities.rowCount
  precondition(affinities.columnCount == n, "affinities must be square")
  let count = max(0, min(neighbors, n - 1))
  let chosen = (0..<n).map { i in
    RowSelection.largest(affinities.row(i), count: count, excluding: i).sorted()
  }
  let sums = (0..<n).map { i in chosen[i].reduce(0) { $0 + affinities[i, $1] } }
  func share(_ i: Int, _ j: Int) -> Double { sums[i] > 0 ? affinities[i, j] / sums[i] : 0 }
  var edges = chosen.map { Set($0) }
  for i in 0..<n { for j in chosen[i] { edges[j].insert(i) } }
  let rows = (0..<n).map { i in
    edges[i].sorted().map { j -> (column: Int, weight: Double) in
      switch weighting {
      case .unit: (j, 1)
      case .affinity: (j, Double(count) / 2 * (share(i, j) + share(j, i)))
      }
    }
  }
  return SparseMatrix(rows: rows, columnCount: n)
}
