import LinearAlgebra
import NeuralNetwork

/// Two encoders trained with two decoders so that the latent numbers of either side tell both sides
/// (Gowri et al. 2024): squared errors of x → x, x → y, y → x and y → y, each divided by the
/// variance of its column and averaged over columns. That of a side from itself counts a tenth, so
/// that what is shared comes first where few latent columns have to do.
package struct LatentEncoders: Sendable {
  /// Largest number of latent columns of a side; a narrower side has as many as it has columns.
  static let largestWidth = 8

  private var encoders: [Perceptron]
  /// From latent columns of one side to the columns of x and y side by side.
  private var decoders: [Perceptron]

  /// Networks for tables of these widths, with weights from streams below `encoder/x` and so on.
  package init(widths columns: [Int], hidden: [Int], streams: RandomStreams) {
    let widths = columns.map { min(LatentEncoders.largestWidth, $0) }
    let names = ["x", "y"]
    encoders = columns.indices.map { s in
      Perceptron(
        inputs: columns[s], hidden: hidden, outputs: widths[s],
        streams: streams.scoped("encoder/\(names[s])"))
    }
    decoders = columns.indices.map { s in
      Perceptron(
        inputs: widths[s], hidden: hidden, outputs: columns.reduce(0, +),
        streams: streams.scoped("decoder/\(names[s])"))
    }
  }

  /// All trainable tensors.
  package var parameters: [Matrix] {
    get { (encoders + decoders).flatMap(\.parameters) }
    set {
      var rest = newValue[...]
      func take(_ network: inout Perceptron) {
        let count = network.parameters.count
        network.parameters = Array(rest.prefix(count))
        rest = rest.dropFirst(count)
      }
      for s in encoders.indices { take(&encoders[s]) }
      for s in decoders.indices { take(&decoders[s]) }
    }
  }

  /// Latent columns of both sides, each with variance 1 over the given rows.
  func latent(x: Matrix, y: Matrix) -> (x: Matrix, y: Matrix) {
    (
      encoders[0].applied(to: x).standardizingColumns(),
      encoders[1].applied(to: y).standardizingColumns()
    )
  }

  /// Trains on the training rows of a fold.
  static func trained(
    x: Matrix, y: Matrix, fold: CrossFolds.Fold, settings: NeuralTraining, streams: RandomStreams
  ) throws(MutualInformationError) -> LatentEncoders {
    let sides = [x, y].map { $0.standardizingColumns() }
    let targets = Matrix.horizontal(sides)
    var networks = LatentEncoders(
      widths: sides.map(\.columnCount), hidden: settings.hidden, streams: streams.scoped("init"))
    let loss = ReconstructionLoss(widths: sides.map(\.columnCount))
    let batch = min(settings.batch, fold.training.count)
    var tape = Tape()
    let inputs = sides.map { tape.leaf(Matrix(rows: batch, columns: $0.columnCount)) }
    let target = tape.leaf(Matrix(rows: batch, columns: targets.columnCount))
    let recorded = networks.record(
      on: &tape, inputs: inputs, target: target, dropout: settings.dropout)
    var training = MinibatchTraining(
      settings: settings, streams: streams, tape: tape,
      inputs: zip(inputs + [target], sides + [targets]).map { leaf, rows in
        (leaf, rows.selecting(rows: fold.training))
      }, output: recorded.residuals, leaves: recorded.leaves)
    let held = sides.map { $0.selecting(rows: fold.validation) }
    let heldTargets = targets.selecting(rows: fold.validation)
    let best = try training.run { residuals, slope in
      _ = loss.evaluate(residuals, slope: &slope)
    } score: { parameters in
      var state = networks
      state.parameters = parameters
      var unused = Matrix(rows: 0, columns: 0)
      return -loss.evaluate(state.residuals(held, heldTargets), slope: &unused)
    }
    networks.parameters = best
    return networks
  }

  /// Reconstructions of (x, y) from x's latent columns less their targets, beside those from y's.
  package func record(
    on tape: inout Tape, inputs: [Tape.Variable], target: Tape.Variable, dropout: Double
  ) -> (residuals: Tape.Variable, leaves: [Tape.Variable]) {
    let encoded = inputs.indices.map {
      encoders[$0].record(on: &tape, input: inputs[$0], dropout: dropout, name: "encoder/\($0)")
    }
    let decoded = inputs.indices.map {
      decoders[$0].record(
        on: &tape, input: encoded[$0].output, dropout: dropout, name: "decoder/\($0)")
    }
    let residuals = tape.concatenate(
      decoded.map { tape.weightedSum([$0.output, target], coefficients: [1, -1]) })
    return (residuals, (encoded + decoded).flatMap(\.leaves))
  }

  /// The same off the tape.
  package func residuals(_ sides: [Matrix], _ targets: Matrix) -> Matrix {
    .horizontal(
      sides.indices.map { decoders[$0].applied(to: encoders[$0].applied(to: sides[$0])) - targets })
  }
}

/// Squared error of four reconstructions whose targets have columns of variance 1.
package struct ReconstructionLoss: Sendable {
  /// Weight of each squared residual in a row.
  private let weights: [Double]

  /// A loss of residuals (x̂ - x, ŷ - y) from x beside those from y.
  ///
  /// - Parameters:
  ///   - widths: columns of x and of y.
  ///   - ownWeight: weight of a side's reconstruction from itself, default .1.
  package init(widths: [Int], ownWeight: Double = 0.1) {
    weights = widths.indices.flatMap { from in
      widths.indices.flatMap { to in
        [Double](
          repeating: (from == to ? ownWeight : 1) / Double(widths[to]), count: widths[to])
      }
    }
  }

  /// Weighted sum over the four reconstructions of the mean squared residual, with its derivative.
  package func evaluate(_ residuals: Matrix, slope: inout Matrix) -> Double {
    slope = residuals
    let width = weights.count
    let rows = Double(residuals.rowCount)
    var sums = [Double](repeating: 0, count: residuals.rowCount)
    slope.values.withUnsafeMutableBufferPointer { entries in
      for i in 0..<sums.count {
        for j in 0..<width {
          let residual = entries[i &* width &+ j]
          sums[i] += weights[j] * residual * residual
          entries[i &* width &+ j] = 2 * weights[j] * residual / rows
        }
      }
    }
    return orderedSum(sums) / rows
  }
}
