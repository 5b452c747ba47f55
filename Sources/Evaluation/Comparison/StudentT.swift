#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Student's t distribution.
public struct StudentT: Equatable, Sendable {
  /// Degrees of freedom ν, > 0.
  public let degreesOfFreedom: Double

  /// A distribution with ν > 0 degrees of freedom.
  public init(degreesOfFreedom: Double) {
    precondition(degreesOfFreedom > 0, "degrees of freedom must be positive")
    self.degreesOfFreedom = degreesOfFreedom
  }

  /// P(|T| ≥ |t|) = I_{ν/(ν + t²)}(ν/2, ½); relative error about 1e-13.
  public func twoSidedP(_ t: Double) -> Double {
    let square = t * t
    guard square.isFinite else { return 0 }
    let sum = degreesOfFreedom + square
    return regularizedIncompleteBeta(
      degreesOfFreedom / 2, 0.5, x: degreesOfFreedom / sum, complement: square / sum)
  }

  /// Distribution function P(T ≤ t).
  public func cumulative(_ t: Double) -> Double {
    let tail = 0.5 * twoSidedP(t)
    return t > 0 ? 1 - tail : tail
  }

  /// Density at t.
  public func density(_ t: Double) -> Double {
    let v = degreesOfFreedom
    return exp(-0.5 * (v + 1) * log1p(t * t / v) - 0.5 * log(v) - logBeta(v / 2, 0.5))
  }

  /// Value below which a share `probability` (strictly between 0 and 1) lies.
  ///
  /// Newton steps on the tail, kept inside a bracket by bisection; relative error about 1e-13.
  public func quantile(_ probability: Double) -> Double {
    precondition(probability > 0 && probability < 1, "a probability between 0 and 1 is needed")
    if probability == 0.5 { return 0 }
    let tail = min(probability, 1 - probability)
    var lower = 0.0
    var upper = 1.0
    while 0.5 * twoSidedP(upper) > tail {
      lower = upper
      upper *= 2
    }
    var t = 0.5 * (lower + upper)
    for _ in 0..<200 {
      let excess = 0.5 * twoSidedP(t) - tail
      if excess > 0 { lower = t } else { upper = t }
      var next = t + excess / density(t)
      if !(next > lower && next < upper) { next = 0.5 * (lower + upper) }
      let isSettled = abs(next - t) <= 1e-15 * t
      t = next
      if isSettled { break }
    }
    return probability < 0.5 ? -t : t
  }
}
