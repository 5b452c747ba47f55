#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Natural logarithm, so that callers need no platform import.
@inline(__always)
public func logarithm(_ x: Double) -> Double { log(x) }

/// e to the power x, so that callers need no platform import.
@inline(__always)
public func exponential(_ x: Double) -> Double { exp(x) }

/// Digamma ψ(x) for x > 0: upward recurrence to x ≥ 10, then the asymptotic series
/// (Abramowitz & Stegun 6.3.5, 6.3.18); absolute error below 1e-14 for x ≥ 1.
public func digamma(_ x: Double) -> Double {
  precondition(x > 0, "digamma is used for positive arguments only")
  var argument = x
  var shift = 0.0
  while argument < 10 {
    shift -= 1 / argument
    argument += 1
  }
  let inverse = 1 / argument
  let square = inverse * inverse
  let series =
    square
    * (1.0 / 12
      - square
      * (1.0 / 120
        - square
        * (1.0 / 252
          - square
          * (1.0 / 240
            - square * (1.0 / 132 - square * (691.0 / 32760 - square * (1.0 / 12)))))))
  return shift + log(argument) - 0.5 * inverse - series
}

/// Standard normal distribution function Φ(x).
public func normalCumulative(_ x: Double) -> Double {
  0.5 * erfc(-x / 2.0.squareRoot())
}

/// Standard normal quantile Φ⁻¹(p), 0 < p < 1, by Wichura's algorithm AS 241 (1988), PPND16:
/// relative error about 1e-16.
public func normalQuantile(_ p: Double) -> Double {
  precondition(p > 0 && p < 1, "a probability strictly between 0 and 1 is needed")
  let q = p - 0.5
  if abs(q) <= 0.425 {
    let r = 0.180625 - q * q
    return q
      * ratio(
        r,
        [
          3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3,
          1.3731693765509461125e4, 4.5921953931549871457e4, 6.7265770927008700853e4,
          3.3430575583588128105e4, 2.5090809287301226727e3,
        ],
        [
          1.0, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3,
          2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4,
          5.2264952788528545610e3,
        ])
  }
  var r = (-log(q < 0 ? p : 1 - p)).squareRoot()
  let magnitude: Double
  if r <= 5 {
    r -= 1.6
    magnitude = ratio(
      r,
      [
        1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0,
        3.64784832476320460504e0, 1.27045825245236838258e0, 2.41780725177450611770e-1,
        2.27238449892691845833e-2, 7.74545014278341407640e-4,
      ],
      [
        1.0, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
        1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4,
        1.05075007164441684324e-9,
      ])
  } else {
    r -= 5
    magnitude = ratio(
      r,
      [
        6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0,
        2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
        2.71155556874348757815e-5, 2.01033439929228813265e-7,
      ],
      [
        1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
        7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7,
        2.04426310338993978564e-15,
      ])
  }
  return q < 0 ? -magnitude : magnitude
}

/// Quotient of two polynomials with ascending coefficients.
private func ratio(_ x: Double, _ numerator: [Double], _ denominator: [Double]) -> Double {
  func evaluate(_ coefficients: [Double]) -> Double {
    coefficients.reversed().reduce(0) { $0 * x + $1 }
  }
  return evaluate(numerator) / evaluate(denominator)
}
