import LinearAlgebra

extension Tape {
  /// Derivatives of a scalar for the given leaves, at the values of the last evaluation.
  ///
  /// Each loss of a tape can be differentiated by itself; steps that do not lie between the leaves
  /// and the loss cost nothing.
  ///
  /// - Returns: one matrix per leaf, of its shape; zero where the loss does not depend on it.
  package func gradients(of loss: Variable, for leaves: [Variable]) -> [Matrix] {
    precondition(values[loss.index].values.count == 1, "only a scalar can be differentiated")
    return gradients(along: Matrix(rows: 1, columns: 1, repeating: 1), of: loss, for: leaves)
  }

  /// Derivatives of a loss that was computed outside of the tape from one of its values.
  ///
  /// - Parameters:
  ///   - slope: the loss's derivative for `output`, of its shape.
  ///   - output: what the loss depends on.
  ///   - leaves: where derivatives are wanted.
  /// - Returns: one matrix per leaf, of its shape; zero where `output` does not depend on it.
  package func gradients(
    along slope: Matrix, of output: Variable, for leaves: [Variable]
  ) -> [Matrix] {
    var wanted = [Bool](repeating: false, count: output.index + 1)
    for leaf in leaves where leaf.index <= output.index { wanted[leaf.index] = true }
    for index in wanted.indices where !wanted[index] {
      wanted[index] = operations[index]?.inputs.contains { wanted[$0] } ?? false
    }
    let value = values[output.index]
    precondition(
      slope.rowCount == value.rowCount && slope.columnCount == value.columnCount,
      "a slope has the shape of its value")
    var sink = GradientSink(wanted: wanted)
    sink.add(slope, to: output.index)
    for index in stride(from: output.index, through: 0, by: -1) {
      guard let operation = operations[index], let gradient = sink.take(index) else { continue }
      operation.backward(gradient, values, values[index], &sink)
    }
    return leaves.map { leaf in
      let value = values[leaf.index]
      let found = leaf.index <= output.index ? sink.gradients[leaf.index] : nil
      return found ?? Matrix(rows: value.rowCount, columns: value.columnCount)
    }
  }
}
