import LinearAlgebra

/// x ↦ x W + b, the trainable part of every layer.
package struct AffineMap: Sendable, Equatable {
  /// Inputs × outputs.
  package var weights: Matrix
  /// 1 × outputs.
  package var bias: Matrix

  /// A map from given numbers; the bias must be as wide as the weights.
  package init(weights: Matrix, bias: Matrix) {
    precondition(
      bias.rowCount == 1 && bias.columnCount == weights.columnCount, "one bias per output")
    self.weights = weights
    self.bias = bias
  }

  /// Glorot weights from stream `W` and zero biases.
  package init(inputs: Int, outputs: Int, streams: RandomStreams) {
    self.init(
      weights: .glorotUniform(inputs: inputs, outputs: outputs, stream: streams.stream("W")),
      bias: Matrix(rows: 1, columns: outputs))
  }

  /// The map of rows through BLAS, for rows that are fitted.
  package func applied(to rows: Matrix) -> Matrix { adding(rows.product(weights)) }

  /// The map of rows of which each depends on itself alone, to the bit.
  package func appliedRowByRow(to rows: Matrix) -> Matrix {
    adding(rows.fixedOrderProduct(weights))
  }

  private func adding(_ product: Matrix) -> Matrix {
    var result = product
    let width = result.columnCount
    result.values.withUnsafeMutableBufferPointer { target in
      for p in 0..<target.count { target[p] += bias.values[p % width] }
    }
    return result
  }

  /// Puts the map on a tape.
  package func record(
    on tape: inout Tape, input: Tape.Variable
  ) -> (output: Tape.Variable, weights: Tape.Variable, bias: Tape.Variable) {
    let w = tape.leaf(weights)
    let b = tape.leaf(bias)
    let product = tape.product(input, w)
    return (tape.addBias(b, to: product), w, b)
  }
}
