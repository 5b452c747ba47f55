import Evaluation
import Testing

/// Expected values: mpmath 1.3 with 40 digits.
@Suite("Student's t")
struct StudentTTests {
  @Test(
    "Two-sided p, relative 1e-12",
    arguments: [
      (1.0, 1.0, 0.5), (4, 2.5, 0.066766544811988145039), (14, 0.3, 0.76858538314900597115),
      (49, 3.5, 0.0010013273839442373848), (49, 12, 3.3808104947973984218e-16),
      (2.5, 40, 0.00014195634290493382913), (1000, 1.96, 0.050273184955748718435),
      (100_000, 4.5, 6.8029917634516935557e-6),
    ])
  func twoSided(freedom: Double, t: Double, expected: Double) {
    let student = StudentT(degreesOfFreedom: freedom)
    #expect(abs(student.twoSidedP(t) / expected - 1) <= 1e-12)
    #expect(student.twoSidedP(-t) == student.twoSidedP(t))
    #expect(abs(student.cumulative(t) + student.cumulative(-t) - 1) <= 1e-15)
  }

  @Test(
    "Quantiles, relative 1e-12",
    arguments: [
      (1.0, 0.975, 12.706204736174704646), (2, 0.9, 1.8856180831641267317),
      (9, 0.975, 2.2621571627982055426), (14, 0.8, 0.86805478155742038361),
      (29, 0.995, 2.7563859036706054886), (49, 0.975, 2.0095752371292396723),
      (999, 0.999, 3.0984103617533124913),
    ])
  func quantile(freedom: Double, probability: Double, expected: Double) {
    let student = StudentT(degreesOfFreedom: freedom)
    #expect(abs(student.quantile(probability) / expected - 1) <= 1e-12)
    #expect(abs(student.quantile(1 - probability) / -expected - 1) <= 1e-12)
  }

  @Test("Quantile inverts the distribution function")
  func inverse() {
    for freedom in [0.7, 1, 3, 24, 400] {
      let student = StudentT(degreesOfFreedom: freedom)
      for probability in [1e-9, 0.001, 0.2, 0.5, 0.61, 0.9999] {
        let back = student.cumulative(student.quantile(probability))
        #expect(abs(back / probability - 1) <= 1e-12)
      }
    }
  }

  @Test(
    "Incomplete beta",
    arguments: [
      (0.5, 0.5, 0.3, 0.36901011956554538276), (2, 3, 0.4, 0.5248),
      (12, 0.3, 0.97, 0.24404870956536178144), (50, 60, 0.45, 0.46423529143060353585),
    ])
  func incompleteBeta(a: Double, b: Double, x: Double, expected: Double) {
    let value = regularizedIncompleteBeta(a, b, x: x, complement: 1 - x)
    #expect(abs(value / expected - 1) <= 1e-12)
    let mirrored = regularizedIncompleteBeta(b, a, x: 1 - x, complement: x)
    #expect(abs(value + mirrored - 1) <= 1e-14)
  }
}
