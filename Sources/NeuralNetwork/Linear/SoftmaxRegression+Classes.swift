import LinearAlgebra

extension SoftmaxRegression.Model {
  /// The model with the logits of some classes at the mean of the others: where the rows it was fitted
  /// on hold none of a class, it says nothing for or against it.
  package func silenced(about classes: [Int]) -> SoftmaxRegression.Model {
    guard !classes.isEmpty else { return self }
    let others = biases.indices.filter { !classes.contains($0) }
    guard !others.isEmpty else { return self }
    return SoftmaxRegression.Model(
      weights: weights.selecting(columns: others), biases: others.map { biases[$0] }
    ).expanded(to: biases.count, seen: others, offset: 0)
  }

  /// The model with unseen classes added.
  ///
  /// - Parameters:
  ///   - seen: class of each column, ascending.
  ///   - offset: logit of an unseen class less the mean of the others: by default so low that it never
  ///     wins; 0 where the rows are silent about a class that occurs elsewhere.
  package func expanded(
    to classCount: Int, seen: [Int], offset: Double = -30
  ) -> SoftmaxRegression.Model {
    let share = 1 / Double(max(seen.count, 1))
    let meanBias = share * self.biases.reduce(0, +)
    var weights = Matrix(rows: self.weights.rowCount, columns: classCount)
    for j in 0..<weights.rowCount {
      let mean = share * self.weights.row(j).reduce(0, +)
      for c in 0..<classCount { weights[j, c] = mean }
      for (position, c) in seen.enumerated() { weights[j, c] = self.weights[j, position] }
    }
    var biases = [Double](repeating: meanBias + offset, count: classCount)
    for (position, c) in seen.enumerated() { biases[c] = self.biases[position] }
    return SoftmaxRegression.Model(weights: weights, biases: biases)
  }
}
