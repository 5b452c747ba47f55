import Foundation
import LinearAlgebra
import MutualInformation
import NeuralNetwork
import Testing

@Suite("Bounds by a critic")
struct CriticBoundTests {
  private func normal(_ rows: Int, _ columns: Int, _ name: String) -> Matrix {
    var stream = RandomStream(seed: 3, name: name)
    return stream.normalMatrix(rows: rows, columns: columns)
  }

  private func value(_ bound: CriticBound, _ scores: Matrix) -> Double {
    var (loss, slope) = (BoundLoss(bound), Matrix(rows: 0, columns: 0))
    return -loss.evaluate(scores, slope: &slope)
  }

  /// The bound pair by pair, from its formula.
  private func naive(_ bound: CriticBound, _ scores: Matrix, order: [Int]) -> Double {
    let m = scores.rowCount
    let joint = (0..<m).reduce(0) { $0 + scores[$1, order[$1]] } / Double(m)
    var (logs, weights) = (0.0, 0.0)
    for i in 0..<m {
      let row = (0..<m).map { exp(scores[i, $0]) }
      logs += log(row.reduce(0, +) / Double(m))
      weights += row.reduce(0, +) - exp(scores[i, order[i]])
    }
    switch bound {
    case .infonce: return joint - logs / Double(m)
    case .mine: return joint - log(weights / Double(m * (m - 1)))
    }
  }

  @Test("Given scores have the bounds of the formulas")
  func closedForms() {
    let flat = Matrix(rows: 4, columns: 4, repeating: 2.5)
    for bound in CriticBound.allCases { #expect(abs(value(bound, flat)) <= 1e-14) }
    // a on joint pairs, 0 elsewhere: a - ln((e^a + 3)/4), and a.
    let a = 1.75
    let diagonal = Matrix(rows: 4, columns: 4, values: (0..<16).map { $0 % 5 == 0 ? a : 0 })
    #expect(abs(value(.infonce, diagonal) - (a - log((exp(a) + 3) / 4))) <= 1e-14)
    #expect(abs(value(.mine, diagonal) - a) <= 1e-14)
    let scores = normal(7, 7, "scores")
    for bound in CriticBound.allCases {
      let expected = naive(bound, scores, order: Array(0..<7))
      #expect(abs(value(bound, scores) - expected) <= 1e-13)
    }
  }

  @Test("Scores beyond the range of exponentials; the largest value of InfoNCE is ln B")
  func extremes() {
    let diagonal = Matrix(rows: 5, columns: 5, values: (0..<25).map { $0 % 6 == 0 ? 2000 : -2000 })
    #expect(abs(value(.infonce, diagonal) - log(5)) <= 1e-12)
    #expect(abs(value(.mine, diagonal) - 4000) <= 1e-9)
    #expect(abs(value(.infonce, -1 * diagonal) - (-4000 + log(5) - log(4))) <= 1e-9)
    #expect(abs(value(.mine, -1 * diagonal) + 4000) <= 1e-9)
  }

  /// Derivative of the loss for each score, by central differences.
  private func differences(_ scores: Matrix, of loss: (Matrix) -> Double) -> Matrix {
    var result = scores
    for p in scores.values.indices {
      var (up, down) = (scores, scores)
      up.values[p] += 1e-5
      down.values[p] -= 1e-5
      result.values[p] = (loss(up) - loss(down)) / 2e-5
    }
    return result
  }

  @Test("Slopes for the scores are finite differences", arguments: CriticBound.allCases)
  func slopes(bound: CriticBound) {
    let scores = normal(6, 6, "scores")
    var (loss, slope) = (BoundLoss(bound), Matrix(rows: 0, columns: 0))
    _ = loss.evaluate(scores, slope: &slope)
    #expect(slope.maximumDifference(from: differences(scores) { -value(bound, $0) }) <= 1e-9)
  }

  @Test("MINE divides its gradient by a moving average over batches")
  func movingAverage() throws {
    let (first, second) = (normal(6, 6, "first"), 2 * normal(6, 6, "second"))
    func mean(_ scores: Matrix) -> Double {
      let pairs = (0..<36).filter { $0 % 7 != 0 }
      return pairs.reduce(0) { $0 + exp(scores.values[$1]) } / 30
    }
    var (loss, slope) = (BoundLoss(.mine), Matrix(rows: 0, columns: 0))
    _ = loss.evaluate(first, slope: &slope)
    #expect(abs(try #require(loss.logAverage) - log(mean(first))) <= 1e-13)
    _ = loss.evaluate(second, slope: &slope)
    let average = 0.99 * mean(first) + 0.01 * mean(second)
    #expect(abs(try #require(loss.logAverage) - log(average)) <= 1e-13)
    let expected = differences(second) { scores in
      mean(scores) / average - (0..<6).reduce(0) { $0 + scores[$1, $1] } / 6
    }
    #expect(slope.maximumDifference(from: expected) <= 1e-7)
  }

  @Test("Gradients through the critic are finite differences", arguments: CriticBound.allCases)
  func critic(bound: CriticBound) {
    let (x, y) = (normal(9, 2, "x"), normal(9, 3, "y"))
    var critic = Critic(inputsX: 2, inputsY: 3, hidden: [5, 4], streams: RandomStreams(seed: 1))
    critic.parameters = critic.parameters.enumerated().map { k, tensor in
      0.3 * normal(tensor.rowCount, tensor.columnCount, "tensor \(k)")
    }
    var tape = Tape()
    let (inputX, inputY) = (tape.leaf(x), tape.leaf(y))
    let recorded = critic.record(on: &tape, x: inputX, y: inputY, dropout: 0)
    let features = critic.features(x: x, y: y)
    let scores = features.x.product(features.y, transposingOther: true)
    #expect(tape.value(of: recorded.scores).maximumDifference(from: scores) <= 1e-13)
    var (loss, slope) = (BoundLoss(bound), Matrix(rows: 0, columns: 0))
    _ = loss.evaluate(scores, slope: &slope)
    let gradients = tape.gradients(along: slope, of: recorded.scores, for: recorded.leaves)
    for k in gradients.indices {
      let expected = differences(critic.parameters[k]) { tensor in
        var moved = critic
        moved.parameters[k] = tensor
        let features = moved.features(x: x, y: y)
        return -value(bound, features.x.product(features.y, transposingOther: true))
      }
      #expect(gradients[k].maximumDifference(from: expected) <= 1e-7, "tensor \(k)")
    }
  }

  @Test("On new rows: as pair by pair, in any order", arguments: CriticBound.allCases)
  func evaluation(bound: CriticBound) {
    // More rows than a block of the sums.
    let (x, y) = (normal(300, 4, "left"), normal(300, 4, "right"))
    let scores = x.product(y, transposingOther: true)
    let evaluation = CriticEvaluation(bound, x: x, y: y)
    let rows = Array(0..<300)
    #expect(abs(evaluation.information - naive(bound, scores, order: rows)) <= 1e-11)
    #expect(abs(orderedMean(evaluation.terms) - evaluation.information) <= 1e-11)
    var stream = RandomStream(seed: 2)
    let order = stream.permutation(300)
    #expect(
      abs(evaluation.information(order: order) - naive(bound, scores, order: order)) <= 1e-11)
  }

  @Test("Spread of the row terms is the jackknife's error", arguments: CriticBound.allCases)
  func spread(bound: CriticBound) throws {
    let (x, y) = gaussianPair(200, correlation: 0.7, seed: 6)
    // Scores .3 x y: the squares of their exponentials have a mean.
    let (left, right) = (0.3 * x, y)
    let terms = CriticEvaluation(bound, x: left, y: right).terms
    let mean = orderedMean(terms)
    let squares = terms.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let error = (squares / 199 / 200).squareRoot()
    let jackknife = try BlockJackknife(
      rowCount: 200, blocks: 200, stream: RandomStream(seed: 1)
    ) { rows in
      CriticEvaluation(
        bound, x: left.selecting(rows: rows), y: right.selecting(rows: rows)
      ).information
    }.standardError
    // Both estimate the same to first order in 1/n.
    #expect(abs(error / jackknife - 1) < 0.05, "\(error) \(jackknife)")
  }
}
