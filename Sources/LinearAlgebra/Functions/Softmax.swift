/// Softmax of each row, by subtraction of the row's maximum; a row's result depends on that row
/// alone.
public func softmaxRows(_ logits: Matrix) -> Matrix {
  var result = logits
  let width = logits.columnCount
  guard width > 0 else { return result }
  result.values.withUnsafeMutableBufferPointer { values in
    for i in 0..<logits.rowCount {
      let start = i &* width
      var largest = values[start]
      for j in 1..<max(width, 1) { largest = max(largest, values[start &+ j]) }
      var sum = 0.0
      for j in 0..<width {
        values[start &+ j] = exponential(values[start &+ j] - largest)
        sum += values[start &+ j]
      }
      for j in 0..<width { values[start &+ j] /= sum }
    }
  }
  return result
}

/// Logarithm of the softmax of each row.
public func logSoftmaxRows(_ logits: Matrix) -> Matrix {
  var result = logits
  let width = logits.columnCount
  guard width > 0 else { return result }
  result.values.withUnsafeMutableBufferPointer { values in
    for i in 0..<logits.rowCount {
      let start = i &* width
      var largest = values[start]
      for j in 1..<max(width, 1) { largest = max(largest, values[start &+ j]) }
      var sum = 0.0
      for j in 0..<width { sum += exponential(values[start &+ j] - largest) }
      let normalizer = largest + logarithm(sum)
      for j in 0..<width { values[start &+ j] -= normalizer }
    }
  }
  return result
}

/// Index of the largest entry of each row; the lowest index on ties.
public func argmaxRows(_ matrix: Matrix) -> [Int] {
  (0..<matrix.rowCount).map { i in
    var best = 0
    for j in 1..<max(matrix.columnCount, 1) where matrix[i, j] > matrix[i, best] { best = j }
    return best
  }
}
