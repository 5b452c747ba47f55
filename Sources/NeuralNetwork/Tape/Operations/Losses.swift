import LinearAlgebra

/// Weighted softmax cross-entropy, summed over rows.
struct CrossEntropy: TapeOperation {
  let input: Int
  let targets: Matrix
  let rowWeights: [Double]
  /// ω (p - target), from the last evaluation.
  private var slope = Matrix(rows: 0, columns: 0)
  var inputs: [Int] { [input] }

  init(input: Int, targets: Matrix, rowWeights: [Double]) {
    precondition(targets.rowCount == rowWeights.count, "one weight per row")
    self.input = input
    self.targets = targets
    self.rowWeights = rowWeights
  }

  mutating func forward(
    _ values: [Matrix], _ result: inout Matrix, _ dropout: RandomStreams?
  ) {
    slope = values[input]
    precondition(
      slope.rowCount == targets.rowCount && slope.columnCount == targets.columnCount,
      "logits and targets must have one shape")
    let loss = weightedCrossEntropy(&slope, targets, rowWeights)
    result = Matrix(rows: 1, columns: 1, repeating: loss)
  }

  func backward(
    _ gradient: Matrix, _ values: [Matrix], _ result: Matrix, _ sink: inout GradientSink
  ) {
    sink.add(slope, times: gradient.values[0], to: input)
  }
}

/// Weighted divergence of a student's softened probabilities from a teacher's, times T².
struct Distillation: TapeOperation {
  let input: Int
  let teacher: Matrix
  let temperature: Double
  let rowWeights: [Double]
  /// Σ_c t ln t of each row, weighted: what turns a cross-entropy into a divergence.
  private let negativeEntropy: Double
  /// ω (p_s^T - p_t^T), from the last evaluation.
  private var slope = Matrix(rows: 0, columns: 0)
  var inputs: [Int] { [input] }

  init(input: Int, teacher: Matrix, temperature: Double, rowWeights: [Double]) {
    precondition(teacher.rowCount == rowWeights.count, "one weight per row")
    precondition(temperature > 0, "a temperature is positive")
    self.input = input
    self.teacher = teacher
    self.temperature = temperature
    self.rowWeights = rowWeights
    negativeEntropy = orderedSum(
      rowWeights.indices.map { i in
        guard rowWeights[i] != 0 else { return 0 }
        return rowWeights[i]
          * teacher.row(i).reduce(0) { $1 > 0 ? $0 + $1 * logarithm($1) : $0 }
      })
  }

  mutating func forward(
    _ values: [Matrix], _ result: inout Matrix, _ dropout: RandomStreams?
  ) {
    slope = values[input]
    precondition(
      slope.rowCount == teacher.rowCount && slope.columnCount == teacher.columnCount,
      "logits and teacher must have one shape")
    slope.scale(by: 1 / temperature)
    let crossEntropy = weightedCrossEntropy(&slope, teacher, rowWeights)
    let loss = temperature * temperature * (crossEntropy + negativeEntropy)
    result = Matrix(rows: 1, columns: 1, repeating: loss)
  }

  func backward(
    _ gradient: Matrix, _ values: [Matrix], _ result: Matrix, _ sink: inout GradientSink
  ) {
    // d(T² KL)/do = T (p_s^T - p_t^T).
    sink.add(slope, times: gradient.values[0] * temperature, to: input)
  }
}
