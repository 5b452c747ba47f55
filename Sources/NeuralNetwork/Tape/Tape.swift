import LinearAlgebra

/// A recorded computation over matrices, differentiable in reverse mode.
///
/// The computation is recorded once, each step evaluated as it is recorded; afterwards leaves may be
/// changed and the whole tape evaluated again, as often as there are epochs, into the same buffers.
/// Deterministic: all products and sums run in one fixed order.
package struct Tape: Sendable {
  /// A value on a tape; valid for the tape that made it.
  package struct Variable: Hashable, Sendable {
    let index: Int
  }

  var values: [Matrix] = []
  /// What makes each value; nil for leaves (parameters, inputs).
  var operations: [(any TapeOperation)?] = []

  /// An empty tape.
  package init() {}

  /// A leaf: a parameter or a fixed input. Gradients are made only for the leaves asked for.
  package mutating func leaf(_ value: Matrix) -> Variable {
    values.append(value)
    operations.append(nil)
    return Variable(index: values.count - 1)
  }

  /// The current value.
  package func value(of variable: Variable) -> Matrix { values[variable.index] }

  /// The current value of a 1 × 1 variable, such as a loss.
  package func scalar(of variable: Variable) -> Double {
    let value = values[variable.index]
    precondition(value.rowCount == 1 && value.columnCount == 1, "the variable is not a scalar")
    return value.values[0]
  }

  /// Changes a leaf in place, keeping its shape; what depends on it is stale until
  /// ``evaluate(dropout:)``.
  package mutating func modify(_ leaf: Variable, _ body: (inout Matrix) -> Void) {
    precondition(operations[leaf.index] == nil, "only leaves can be changed")
    body(&values[leaf.index])
  }

  /// Changes the coefficients of a ``weightedSum(_:coefficients:)``.
  package mutating func setCoefficients(_ coefficients: [Double], of sum: Variable) {
    guard var operation = operations[sum.index] as? WeightedSum else {
      preconditionFailure("the variable is not a weighted sum")
    }
    precondition(operation.coefficients.count == coefficients.count, "one coefficient per term")
    operation.coefficients = coefficients
    operations[sum.index] = operation
  }

  /// Evaluates all recorded steps again, in order.
  ///
  /// - Parameter dropout: streams of this epoch, one below it per dropout layer by name; nil turns
  ///   dropout off.
  package mutating func evaluate(dropout: RandomStreams?) {
    for index in operations.indices {
      guard var operation = operations[index] else { continue }
      // Moved out and back, so that buffers are written in place.
      operations[index] = nil
      var result = Matrix(rows: 0, columns: 0)
      swap(&result, &values[index])
      operation.forward(values, &result, dropout)
      swap(&result, &values[index])
      operations[index] = operation
    }
  }

  /// Records a step and evaluates it without dropout.
  mutating func record(_ operation: some TapeOperation) -> Variable {
    var operation = operation
    var result = Matrix(rows: 0, columns: 0)
    operation.forward(values, &result, nil)
    values.append(result)
    operations.append(operation)
    return Variable(index: values.count - 1)
  }
}
