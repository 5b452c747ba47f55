import LinearAlgebra

/// Norm within one space.
public enum DistanceNorm: String, Sendable, CaseIterable {
  /// Largest absolute difference of a coordinate.
  case chebyshev
  /// Root of the sum of squares.
  case euclidean
}

/// How near rows are searched for; the answer is the same to the bit.
package enum NeighborSearch: Sendable, CaseIterable {
  /// A k-d tree.
  case tree
  /// Comparison of all pairs, in blocks.
  case allPairs
  /// The faster one, by the number of columns.
  case automatic

  /// Columns up to which a tree is faster (decision 8).
  package static let largestTreeDimension = 100

  func usesTree(dimension: Int) -> Bool {
    switch self {
    case .tree: true
    case .allPairs: false
    case .automatic: dimension <= Self.largestTreeDimension
    }
  }
}

extension DistanceNorm {
  /// In spaces of one column both norms are one, and the absolute difference is exact.
  func simplified(for spaces: [Matrix]) -> DistanceNorm {
    spaces.allSatisfy { $0.columnCount <= 1 } ? .chebyshev : self
  }
}

extension Matrix {
  /// Distance of two rows as a ``PointSet`` gives it: Euclidean squared.
  func distance(_ i: Int, _ j: Int, norm: DistanceNorm) -> Double {
    var result = 0.0
    for c in 0..<columnCount {
      let difference = self[j, c] - self[i, c]
      switch norm {
      case .chebyshev: result = max(result, abs(difference))
      case .euclidean: result += difference * difference
      }
    }
    return result
  }
}
