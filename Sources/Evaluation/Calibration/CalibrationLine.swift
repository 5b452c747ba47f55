import LinearAlgebra

/// How stated probabilities of one event relate to what happened: logit P(event) = b + a · logit p
/// (Cox 1958; Van Calster et al. 2019, BMC Medicine 17:230).
///
/// Slope a is 1 and intercept b is 0 where probabilities are honest; a below 1 says that they are too
/// extreme. With the slope held at 1, the intercept tells whether they are too high (below 0) or too
/// low on the whole.
public struct CalibrationLine: Codable, Equatable, Sendable {
  /// A coefficient with its standard error from the curvature of the likelihood.
  public struct Coefficient: Codable, Equatable, Sendable {
    /// Value.
    public var value: Double
    /// Standard error.
    public var standardError: Double

    /// Wald interval at 95 %.
    public var interval: Interval {
      Interval(lower: value - 1.959964 * standardError, upper: value + 1.959964 * standardError)
    }
  }

  /// a.
  public var slope: Coefficient
  /// b beside a.
  public var intercept: Coefficient
  /// b where a is held at 1: calibration in the large.
  public var inTheLarge: Coefficient

  /// Fits both lines by Newton’s method; nil where the likelihood has no maximum: without events, with
  /// nothing else, or where probabilities separate the two without error.
  ///
  /// - Parameters:
  ///   - probabilities: stated, clipped to [2⁻⁵², 1 − 2⁻⁵²].
  ///   - happened: whether the event was there.
  /// - Complexity: O(rows × steps), rarely more than ten steps.
  public init?(probabilities: [Double], happened: [Bool]) {
    precondition(probabilities.count == happened.count, "one outcome per probability")
    guard happened.contains(true), happened.contains(false) else { return nil }
    let x = probabilities.map { p in
      let clipped = min(max(p, 0x1p-52), 1 - 0x1p-52)
      return logarithm(clipped) - logarithm(1 - clipped)
    }
    guard let (both, errors) = Self.newton(x, happened, isSlopeFree: true),
      let (large, largeErrors) = Self.newton(x, happened, isSlopeFree: false)
    else { return nil }
    slope = Coefficient(value: both.slope, standardError: errors.slope)
    intercept = Coefficient(value: both.intercept, standardError: errors.intercept)
    inTheLarge = Coefficient(value: large.intercept, standardError: largeErrors.intercept)
  }

  private typealias Line = (slope: Double, intercept: Double)

  private static func newton(
    _ x: [Double], _ happened: [Bool], isSlopeFree: Bool
  ) -> (line: Line, errors: Line)? {
    var line: Line = (1, 0)
    var value = loss(x, happened, line)
    for _ in 0..<200 {
      var gradient: Line = (0, 0)
      var (aa, ab, bb) = (0.0, 0.0, 0.0)
      for (x, event) in zip(x, happened) {
        let p = 1 / (1 + exponential(-(line.intercept + line.slope * x)))
        let rest = p - (event ? 1 : 0)
        gradient.slope += rest * x
        gradient.intercept += rest
        let weight = p * (1 - p)
        aa += weight * x * x
        ab += weight * x
        bb += weight
      }
      let determinant = isSlopeFree ? aa * bb - ab * ab : bb
      guard determinant > 1e-12, abs(line.slope) < 1e4, abs(line.intercept) < 1e4 else {
        return nil
      }
      let step: Line =
        isSlopeFree
        ? (
          (bb * gradient.slope - ab * gradient.intercept) / determinant,
          (aa * gradient.intercept - ab * gradient.slope) / determinant
        ) : (0, gradient.intercept / bb)
      if max(abs(step.slope), abs(step.intercept)) < 1e-13 * max(1, abs(line.slope)) {
        let errors: Line =
          isSlopeFree
          ? ((bb / determinant).squareRoot(), (aa / determinant).squareRoot())
          : (0, (1 / bb).squareRoot())
        return (line, errors)
      }
      var factor = 1.0
      var next = line
      repeat {
        next = (line.slope - factor * step.slope, line.intercept - factor * step.intercept)
        factor /= 2
      } while loss(x, happened, next) > value + 1e-12 * abs(value) && factor > 1e-10
      line = next
      value = loss(x, happened, line)
    }
    return nil
  }

  private static func loss(_ x: [Double], _ happened: [Bool], _ line: Line) -> Double {
    var sum = 0.0
    for (x, event) in zip(x, happened) {
      let margin = (event ? 1 : -1) * (line.intercept + line.slope * x)
      // ln(1 + e^−m) without overflow.
      sum += max(-margin, 0) + logarithm(1 + exponential(-abs(margin)))
    }
    return sum
  }
}
