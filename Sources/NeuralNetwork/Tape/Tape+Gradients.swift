import LinearAlgebra

extension Tape {
  /// Derivatives of a scalar for the given leaves, at the values of the last evaluation.
  ///
  /// Each loss of a tape can be differentiated by itself; steps that do not lie between the leaves
  /// and the loss cost nothing.
  ///
  /// - Returns: one matrix per leaf, of its shape; zero where the loss does not depend on it.
  package func gradients(of loss: Variable, for leaves: [Variable]) -> [Matrix] {
    var wanted = [Bool](repeating: false, count: loss.index + 1)
    for leaf in leaves where leaf.index <= loss.index { wanted[leaf.index] = true }
    for index in wanted.indices where !wanted[index] {
      wanted[index] = operations[index]?.inputs.contains { wanted[$0] } ?? false
    }
    var sink = GradientSink(wanted: wanted)
    precondition(values[loss.index].values.count == 1, "only a scalar can be differentiated")
    sink.add(Matrix(rows: 1, columns: 1, repeating: 1), to: loss.index)
    for index in stride(from: loss.index, through: 0, by: -1) {
      guard let operation = operations[index], let gradient = sink.take(index) else { continue }
      operation.backward(gradient, values, values[index], &sink)
    }
    return leaves.map { leaf in
      let value = values[leaf.index]
      let found = leaf.index <= loss.index ? sink.gradients[leaf.index] : nil
      return found ?? Matrix(rows: value.rowCount, columns: value.columnCount)
    }
  }
}
