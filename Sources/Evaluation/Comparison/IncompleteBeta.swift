#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Regularised incomplete beta function I_x(a, b), for a, b > 0.
///
/// Continued fraction of DLMF 8.17.22 by Lentz's method, on the side where it converges fast.
///
/// - Parameters:
///   - a: first shape.
///   - b: second shape.
///   - x: upper limit, 0…1.
///   - complement: 1 - x, given apart so that an x near 1 loses no digits.
/// - Returns: value in 0…1; relative error about 1e-14.
/// - Complexity: O(√max(a, b)).
package func regularizedIncompleteBeta(
  _ a: Double, _ b: Double, x: Double, complement: Double
) -> Double {
  precondition(a > 0 && b > 0, "shapes must be positive")
  if x <= 0 { return 0 }
  if complement <= 0 { return 1 }
  if x > (a + 1) / (a + b + 2) {
    return 1 - regularizedIncompleteBeta(b, a, x: complement, complement: x)
  }
  let logX = x > 0.5 ? log1p(-complement) : log(x)
  let logComplement = complement > 0.5 ? log1p(-x) : log(complement)
  let front = exp(a * logX + b * logComplement - logBeta(a, b)) / a
  return front * betaContinuedFraction(a, b, x)
}

/// ln B(a, b) for a, b > 0, without the cancellation of three large log-gammas.
package func logBeta(_ first: Double, _ second: Double) -> Double {
  let (a, b) = (max(first, second), min(first, second))
  let sum = a + b
  guard a >= 10 else { return logGamma(a) + logGamma(b) - logGamma(sum) }
  // ln(a/(a + b)) and the corrections of Stirling's formula.
  let logShare = log1p(-b / sum)
  let correction = stirlingCorrection(a) - stirlingCorrection(sum)
  if b < 10 {
    return logGamma(b) + correction + (a - 0.5) * logShare - b * log(sum) + b
  }
  return 0.5 * log(2 * Double.pi / b) + correction + stirlingCorrection(b) + a * logShare
    + b * log(b / sum) - 0.5 * logShare
}

/// ln Γ(x) for x > 0: upward recurrence to x ≥ 10, then Stirling's series.
package func logGamma(_ x: Double) -> Double {
  var argument = x
  var factor = 1.0
  while argument < 10 {
    factor *= argument
    argument += 1
  }
  return (argument - 0.5) * log(argument) - argument + 0.5 * log(2 * Double.pi)
    + stirlingCorrection(argument) - log(factor)
}

/// ln Γ(x) less its leading Stirling terms, for x ≥ 10 (Abramowitz & Stegun 6.1.41).
private func stirlingCorrection(_ x: Double) -> Double {
  let square = 1 / (x * x)
  let coefficients: [Double] = [
    8.333333333333333333e-2, -2.777777777777777778e-3, 7.936507936507936508e-4,
    -5.952380952380952381e-4, 8.417508417508417508e-4, -1.917526917526917527e-3,
    6.410256410256410256e-3, -2.955065359477124183e-2,
  ]
  return coefficients.reversed().reduce(0) { $0 * square + $1 } / x
}

private func betaContinuedFraction(_ a: Double, _ b: Double, _ x: Double) -> Double {
  let tiny = 1e-300
  func away(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
  var c = 1.0
  var d = 1 / away(1 - (a + b) * x / (a + 1))
  var result = d
  for step in 1...10_000 {
    let m = Double(step)
    let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / away(1 + even * d)
    c = away(1 + even / c)
    result *= d * c
    let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / away(1 + odd * d)
    c = away(1 + odd / c)
    let change = d * c
    result *= change
    if abs(change - 1) < 1e-16 { break }
  }
  return result
}
