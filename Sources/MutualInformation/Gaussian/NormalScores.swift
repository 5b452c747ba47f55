import LinearAlgebra

/// Each column mapped to normal scores Φ⁻¹(rank/(n + 1)), with average ranks for ties.
///
/// Any strictly monotone change of a column leaves its scores as they are.
/// - Complexity: O(d n log n).
public func normalScores(_ matrix: Matrix) -> Matrix {
  var result = matrix
  let n = matrix.rowCount
  /// Exactly odd about the middle: mirrored ranks have mirrored scores, so that equal distances stay
  /// equal when a column changes its sign.
  func score(doubledRank: Int) -> Double {
    let mirrored = 2 * (n + 1) - doubledRank
    return doubledRank <= mirrored
      ? normalQuantile(Double(doubledRank) / 2 / Double(n + 1))
      : -normalQuantile(Double(mirrored) / 2 / Double(n + 1))
  }
  for j in 0..<matrix.columnCount {
    let column = matrix.column(j)
    let order = column.indices.sorted { (column[$0], $0) < (column[$1], $1) }
    var start = 0
    while start < n {
      var end = start
      while end < n, column[order[end]] == column[order[start]] { end += 1 }
      // Ranks start + 1 … end share their mean.
      let score = score(doubledRank: start + 1 + end)
      for position in start..<end { result[order[position], j] = score }
      start = end
    }
  }
  return result
}

/// Scores on the leading principal components, rows × min(count, rank); columns are centred first.
///
/// - Complexity: O(n d min(n, d)).
/// - Throws: ``MutualInformationError`` `.numericalFailure`.
func principalScores(_ matrix: Matrix, count: Int) throws(MutualInformationError) -> Matrix {
  let basis = try orthonormalScores(matrix)
  return basis.selecting(columns: Array(0..<min(count, basis.columnCount)))
}

/// Orthonormal basis of the centred columns, leading directions first; directions below 1e-10 of
/// the largest singular value are dropped.
func orthonormalScores(_ matrix: Matrix) throws(MutualInformationError) -> Matrix {
  let decomposition: SingularValues
  do {
    decomposition = try SingularValues(matrix.centeringColumns())
  } catch {
    throw .numericalFailure(error.message)
  }
  let largest = decomposition.values.first ?? 0
  let kept = decomposition.values.indices.filter {
    decomposition.values[$0] > 1e-10 * largest && largest > 0
  }
  return decomposition.left.selecting(columns: kept)
}

/// Logarithms of probabilities less their row mean, rows × classes: comparable between folds, with
/// one dimension fewer than classes. Probabilities are clipped at 1e-12.
public func centeredLogProbabilities(_ probabilities: Matrix) -> Matrix {
  var result = probabilities.mapValues { logarithm(max($0, 1e-12)) }
  let width = Double(result.columnCount)
  for i in 0..<result.rowCount {
    let mean = result.row(i).reduce(0, +) / width
    for c in 0..<result.columnCount { result[i, c] -= mean }
  }
  return result
}
