import LinearAlgebra

/// λ · mean of (z - z̄)² over the counted rows and all columns, and its slope for z; z̄ = z costs
/// nothing, no rows neither.
///
/// Source: the distillation term of Du et al. (2023), arXiv 2305.01233.
///
/// - Parameters:
///   - embedding: z.
///   - target: z̄, of the same shape.
///   - isCounted: whether a row counts.
///   - strength: λ ≥ 0.
package func embeddingDistance(
  _ embedding: Matrix, target: Matrix, isCounted: [Bool], strength: Double
) -> (value: Double, slope: Matrix) {
  var slope = Matrix(rows: embedding.rowCount, columns: embedding.columnCount)
  let rows = isCounted.indices.filter { isCounted[$0] }
  guard !rows.isEmpty else { return (0, slope) }
  let scale = strength / Double(rows.count * embedding.columnCount)
  var terms: [Double] = []
  for i in rows {
    for j in 0..<embedding.columnCount {
      let gap = embedding[i, j] - target[i, j]
      terms.append(scale * gap * gap)
      slope[i, j] = 2 * scale * gap
    }
  }
  return (orderedSum(terms), slope)
}
