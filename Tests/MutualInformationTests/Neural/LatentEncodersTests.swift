import LinearAlgebra
import MutualInformation
import NeuralNetwork
import Testing

@Suite("Encoders and folds of the neural estimators")
struct LatentEncodersTests {
  private func normal(_ rows: Int, _ columns: Int, _ name: String) -> Matrix {
    var stream = RandomStream(seed: 4, name: name)
    return stream.normalMatrix(rows: rows, columns: columns)
  }

  @Test("Squared errors of four reconstructions, a side's own a tenth")
  func closedForm() {
    // x has one column, y two; residuals from x (1, 2, 0), from y (3, 0, 4).
    let residuals = Matrix([[1, 2, 0, 3, 0, 4], [0, 0, 0, 0, 0, 0]])
    var slope = Matrix(rows: 0, columns: 0)
    let loss = ReconstructionLoss(widths: [1, 2]).evaluate(residuals, slope: &slope)
    #expect(abs(loss - (0.1 * 1 + 4 / 2 + 9 + 0.1 * 16 / 2) / 2) <= 1e-15)
    let even = ReconstructionLoss(widths: [1, 2], ownWeight: 1)
    #expect(abs(even.evaluate(residuals, slope: &slope) - (1 + 2 + 9 + 8) / 2) <= 1e-15)
  }

  @Test("Gradients through encoders and decoders are finite differences")
  func gradients() {
    let sides = [normal(7, 2, "x"), normal(7, 3, "y")]
    let targets = Matrix.horizontal(sides)
    var networks = LatentEncoders(widths: [2, 3], hidden: [5], streams: RandomStreams(seed: 2))
    var tape = Tape()
    let inputs = sides.map { tape.leaf($0) }
    let target = tape.leaf(targets)
    let recorded = networks.record(on: &tape, inputs: inputs, target: target, dropout: 0)
    let residuals = networks.residuals(sides, targets)
    #expect(tape.value(of: recorded.residuals).maximumDifference(from: residuals) <= 1e-13)
    let loss = ReconstructionLoss(widths: [2, 3])
    var (slope, unused) = (Matrix(rows: 0, columns: 0), Matrix(rows: 0, columns: 0))
    _ = loss.evaluate(residuals, slope: &slope)
    let gradients = tape.gradients(along: slope, of: recorded.residuals, for: recorded.leaves)
    let parameters = networks.parameters
    #expect(parameters.count == gradients.count)
    for k in parameters.indices {
      for p in parameters[k].values.indices {
        func value(_ change: Double) -> Double {
          var moved = parameters
          moved[k].values[p] += change
          networks.parameters = moved
          return loss.evaluate(networks.residuals(sides, targets), slope: &unused)
        }
        let expected = (value(1e-5) - value(-1e-5)) / 2e-5
        #expect(abs(gradients[k].values[p] - expected) <= 1e-7, "tensor \(k), entry \(p)")
      }
    }
  }

  @Test("Folds: every row held out once, and no row in two parts of a fold")
  func folds() {
    for (rows, count) in [(100, 2), (103, 5), (25_000, 2)] {
      let folds = CrossFolds(rowCount: rows, folds: count, stream: RandomStream(seed: 1)).folds
      #expect(folds.flatMap(\.heldOut).sorted() == Array(0..<rows))
      for fold in folds {
        #expect(fold.heldOut == fold.heldOut.sorted())
        #expect(
          (fold.training + fold.validation + fold.heldOut).sorted() == Array(0..<rows))
        #expect(fold.validation.count == min((rows - fold.heldOut.count) / 5, 2000))
      }
    }
  }
}
