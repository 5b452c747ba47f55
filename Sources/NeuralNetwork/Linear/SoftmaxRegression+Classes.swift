import LinearAlgebra

extension SoftmaxRegression.Model {
  /// The model with unseen classes added below all seen ones.
  package func expanded(to classCount: Int, seen: [Int]) -> SoftmaxRegression.Model {
    let share = 1 / Double(max(seen.count, 1))
    let meanBias = share * self.biases.reduce(0, +)
    var weights = Matrix(rows: self.weights.rowCount, columns: classCount)
    for j in 0..<weights.rowCount {
      let mean = share * self.weights.row(j).reduce(0, +)
      for c in 0..<classCount { weights[j, c] = mean }
      for (position, c) in seen.enumerated() { weights[j, c] = self.weights[j, position] }
    }
    var biases = [Double](repeating: meanBias - 30, count: classCount)
    for (position, c) in seen.enumerated() { biases[c] = self.biases[position] }
    return SoftmaxRegression.Model(weights: weights, biases: biases)
  }
}
