import LinearAlgebra

/// Layers x ↦ x W + b with rectified units between them, plus a linear shortcut from the input to
/// the output, so that a linear map need not be imitated by many units.
package struct Perceptron: Sendable, Equatable {
  private var layers: [AffineMap]
  /// Inputs × outputs, without a bias of its own.
  private var shortcut: Matrix

  /// Glorot weights from streams `layer=0`, `layer=1`, … and `shortcut`; biases are zero.
  ///
  /// - Parameters:
  ///   - inputs: columns of the input, ≥ 1.
  ///   - hidden: units of each hidden layer.
  ///   - outputs: columns of the output, ≥ 1.
  ///   - streams: streams of the weights.
  package init(
    inputs: Int, hidden: [Int], outputs: Int, outputScale: Double = 1, streams: RandomStreams
  ) {
    let widths = [inputs] + hidden + [outputs]
    layers = (1..<widths.count).map { k in
      AffineMap(
        inputs: widths[k - 1], outputs: widths[k], streams: streams.scoped("layer=\(k - 1)"))
    }
    shortcut = .glorotUniform(
      inputs: inputs, outputs: outputs, stream: streams.scoped("shortcut").stream("W"))
    layers[layers.count - 1].weights.scale(by: outputScale)
    shortcut.scale(by: outputScale)
  }

  /// All trainable tensors, in the order of ``Recorded/leaves``.
  package var parameters: [Matrix] {
    get { layers.flatMap { [$0.weights, $0.bias] } + [shortcut] }
    set {
      precondition(newValue.count == 2 * layers.count + 1, "one tensor per parameter")
      for k in layers.indices {
        layers[k] = AffineMap(weights: newValue[2 * k], bias: newValue[2 * k + 1])
      }
      shortcut = newValue[2 * layers.count]
    }
  }

  /// A network on a tape.
  package struct Recorded: Sendable {
    /// Rows × outputs.
    package let output: Tape.Variable
    /// Its parameters.
    package let leaves: [Tape.Variable]
  }

  /// Puts the network on a tape.
  package func record(
    on tape: inout Tape, input: Tape.Variable, dropout: Double = 0, name: String = ""
  ) -> Recorded {
    var value = input
    var leaves: [Tape.Variable] = []
    for (k, layer) in layers.enumerated() {
      let recorded = layer.record(on: &tape, input: value)
      leaves += [recorded.weights, recorded.bias]
      value = recorded.output
      if k + 1 < layers.count {
        value = tape.dropout(tape.relu(value), rate: dropout, name: "\(name)/layer=\(k)")
      }
    }
    let direct = tape.leaf(shortcut)
    let output = tape.add(value, tape.product(input, direct))
    return Recorded(output: output, leaves: leaves + [direct])
  }

  /// The output for rows, rows × outputs, through BLAS.
  package func applied(to rows: Matrix) -> Matrix {
    var value = rows
    for (k, layer) in layers.enumerated() {
      value = layer.applied(to: value)
      if k + 1 < layers.count { value = value.mapValues(rectified) }
    }
    value.add(rows.product(shortcut))
    return value
  }
}
