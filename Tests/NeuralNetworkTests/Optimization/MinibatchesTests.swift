import LinearAlgebra
import NeuralNetwork
import Testing

@Suite("Minibatches and averages of parameters")
struct MinibatchesTests {
  @Test("A pass has distinct rows; the next one is shuffled anew")
  func passes() {
    var batches = Minibatches(count: 11, size: 4, stream: RandomStream(seed: 3))
    var counts = [Int](repeating: 0, count: 11)
    var passes: [[Int]] = []
    for _ in 0..<40 {
      let pass = Array(batches.next()) + Array(batches.next())
      #expect(Set(pass).count == 8)
      for row in pass { counts[row] += 1 }
      passes.append(pass)
    }
    #expect(Set(passes).count == 40)
    // Each row is in a pass with probability 8/11: 29.1 of 40, standard deviation 2.8.
    #expect(counts.allSatisfy { abs(Double($0) - 29.1) < 12 })
    var whole = Minibatches(count: 5, size: 5, stream: RandomStream(seed: 1))
    #expect(whole.next().sorted() == Array(0..<5))
  }

  @Test("Rows are gathered in their order")
  func gather() {
    let source = Matrix([[1, 2], [3, 4], [5, 6]])
    var target = Matrix(rows: 2, columns: 2)
    target.gather([0, 2, 0][1...], of: source)
    #expect(target == Matrix([[5, 6], [1, 2]]))
  }

  @Test("An average weighs by its decay, less at the start")
  func average() {
    func scalar(_ value: Double) -> [Matrix] { [Matrix(rows: 1, columns: 1, values: [value])] }
    var latest = ParameterAverage(scalar(3), decay: 0)
    latest.add(scalar(5))
    #expect(latest.values == scalar(5))
    var average = ParameterAverage(scalar(1), decay: 0.15)
    // Decays 1/11 and then .15, since 2/12 is above it.
    average.add(scalar(2))
    average.add(scalar(4))
    let expected = 0.15 * (1.0 / 11 + 2 * 10 / 11) + 0.85 * 4
    #expect(abs(average.values[0][0, 0] - expected) <= 1e-14)
  }
}
