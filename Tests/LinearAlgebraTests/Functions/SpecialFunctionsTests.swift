import LinearAlgebra
import Testing

@Suite("Special functions")
struct SpecialFunctionsTests {
  @Test("Digamma: known values, recurrence and duplication")
  func digammaValues() {
    let euler = 0.577215664901532860606512
    #expect(abs(digamma(1) + euler) <= 1e-14)
    #expect(abs(digamma(0.5) + euler + 2 * logarithm(2)) <= 1e-14)
    for x in stride(from: 0.3, to: 40, by: 0.7) {
      #expect(abs(digamma(x + 1) - digamma(x) - 1 / x) <= 1e-13)
      let duplicated = 0.5 * (digamma(x) + digamma(x + 0.5)) + logarithm(2)
      #expect(abs(digamma(2 * x) - duplicated) <= 1e-13)
    }
  }

  @Test("Normal quantile inverts the distribution function")
  func normal() {
    #expect(normalQuantile(0.5) == 0)
    #expect(abs(normalQuantile(0.975) - 1.959963984540054) <= 1e-15)
    for p in [1e-12, 1e-5, 0.01, 0.2, 0.4999, 0.7, 0.99, 1 - 1e-9] {
      #expect(abs(normalCumulative(normalQuantile(p)) - p) <= 1e-14)
    }
  }

  @Test("Softmax rows sum to one, also for extreme logits; ties go to the lowest class")
  func softmax() {
    let logits = Matrix([[1_000, -1_000, 999], [0, 0, 0]])
    let probabilities = softmaxRows(logits)
    for i in 0..<2 { #expect(abs(probabilities.row(i).reduce(0, +) - 1) <= 1e-15) }
    #expect(argmaxRows(logits) == [0, 0])
    #expect(logSoftmaxRows(logits)[0, 1] == -2_000 - logarithm(1 + exponential(-1)))
  }
}
