import LinearAlgebra
import NeuralNetwork
import Testing

@Suite("L-BFGS")
struct LBFGSTests {
  @Test("Reaches the minimum of an ill-conditioned quadratic")
  func quadratic() {
    let scales = (0..<30).map { 1 + 100 * Double($0 * $0) }
    let outcome = LBFGS().minimize(from: [Double](repeating: 3, count: 30)) { x, gradient in
      var value = 0.0
      for i in x.indices {
        let offset = x[i] - Double(i)
        gradient[i] = scales[i] * offset
        value += 0.5 * scales[i] * offset * offset
      }
      return value
    }
    #expect(outcome.converged)
    for i in 0..<30 { #expect(abs(outcome.point[i] - Double(i)) <= 1e-6) }
  }

  @Test("Reaches the minimum of Rosenbrock's function")
  func rosenbrock() {
    let outcome = LBFGS().minimize(from: [-1.2, 1]) { x, gradient in
      let (a, b) = (1 - x[0], x[1] - x[0] * x[0])
      gradient[0] = -2 * a - 400 * x[0] * b
      gradient[1] = 200 * b
      return a * a + 100 * b * b
    }
    #expect(outcome.converged)
    #expect(abs(outcome.point[0] - 1) <= 1e-5 && abs(outcome.point[1] - 1) <= 1e-5)
  }

  @Test("At a minimum it stays")
  func stationary() {
    let outcome = LBFGS().minimize(from: [0, 0]) { x, gradient in
      gradient = x
      return 0.5 * (x[0] * x[0] + x[1] * x[1])
    }
    #expect(outcome.iterations == 0 && outcome.point == [0, 0])
  }
}
