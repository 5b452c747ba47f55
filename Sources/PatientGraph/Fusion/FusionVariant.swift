import LinearAlgebra

/// The two published update rules of similarity network fusion.
public enum FusionVariant: String, CaseIterable, Codable, Hashable, Sendable {
  /// SNFtool 2.2 and snfpy 0.2.2: the status is not normalised inside the loop; αI keeps the
  /// affinity of a patient to itself.
  case snftool22 = "snftool-2.2"
  /// SNFtool 2.3.1: each step ends with ``normalizedHalfDiagonal``: off-diagonal rows sum to ½,
  /// the diagonal is ½ (as in the paper's equation).
  case snftool231 = "snftool-2.3.1"

  /// The first status matrix of a modality from its affinities.
  func initialStatus(_ affinity: Matrix) -> Matrix {
    switch self {
    case .snftool22: affinity.dividedByRowSums().symmetrized()
    case .snftool231: affinity.normalizedHalfDiagonal().symmetrized()
    }
  }

  /// The fused network from the mean of the last status matrices.
  func finished(_ mean: Matrix) -> Matrix {
    switch self {
    case .snftool22:
      var result = mean.dividedByRowSums().symmetrized()
      for i in 0..<result.rowCount { result[i, i] += 0.5 }
      return result
    case .snftool231:
      return mean.normalizedHalfDiagonal().symmetrized()
    }
  }
}

extension Matrix {
  /// Rows divided by their sums; a sum of 0 counts as 1.
  func dividedByRowSums() -> Matrix {
    var result = self
    for i in 0..<rowCount {
      let sum = row(i).reduce(0, +)
      let divisor = sum == 0 ? 1 : sum
      for position in (i * columnCount)..<((i + 1) * columnCount) {
        result.values[position] /= divisor
      }
    }
    return result
  }

  /// Off-diagonal entries divided by twice the off-diagonal sum of their row (0 counts as 1), ½ on
  /// the diagonal.
  func normalizedHalfDiagonal() -> Matrix {
    var result = self
    for i in 0..<rowCount { result[i, i] = 0 }
    result = result.dividedByRowSums()
    result.scale(by: 0.5)
    for i in 0..<rowCount { result[i, i] = 0.5 }
    return result
  }
}
