import LinearAlgebra

/// A closed interval of a statistic.
public struct Interval: Codable, Equatable, Sendable {
  /// Lower end.
  public let lower: Double
  /// Upper end, not below the lower.
  public let upper: Double

  /// Creates an interval.
  public init(lower: Double, upper: Double) {
    self.lower = lower
    self.upper = upper
  }

  /// Whether the value lies within, ends included.
  public func contains(_ value: Double) -> Bool { lower <= value && value <= upper }
}

/// How the paired differences came about, and so how far they are independent.
public enum ReplicateDesign: Equatable, Sendable {
  /// Folds of repeated cross-validation, which share training rows; the ratio of tested to trained
  /// patients corrects the variance.
  case crossValidation(testTrainRatio: Double)
  /// Independent draws of training rows on a common test set.
  case independentDraws
}

/// Two-sided paired t-test of differences over folds or draws.
///
/// For folds: Nadeau & Bengio (Machine Learning 2003), t = mean / √((1/J + n_test/n_train) · var),
/// J - 1 degrees of freedom, var with divisor J - 1. For independent draws the ordinary test, with
/// 1/J alone.
public struct PairedTest: Equatable, Sendable {
  /// Mean difference.
  public let difference: Double
  /// Its standard error under the design.
  public let standardError: Double
  /// J - 1.
  public let degreesOfFreedom: Int
  /// Mean over standard error; nil where the differences do not vary.
  public let statistic: Double?
  /// Two-sided p. Where the differences do not vary: 1 for a mean of 0, else 0.
  public let p: Double

  /// Tests differences; nil for fewer than two.
  public init?(differences: [Double], design: ReplicateDesign) {
    guard differences.count >= 2 else { return nil }
    let count = Double(differences.count)
    let mean = orderedMean(differences)
    // Equal values can leave rounding dust in the variance; they must not.
    let isConstant = differences.allSatisfy { $0 == differences[0] }
    let variance =
      isConstant
      ? 0 : orderedSum(differences.map { ($0 - mean) * ($0 - mean) }) / (count - 1)
    var factor = 1 / count
    if case .crossValidation(let ratio) = design { factor += ratio }
    difference = isConstant ? differences[0] : mean
    standardError = (factor * variance).squareRoot()
    degreesOfFreedom = differences.count - 1
    if standardError > 0 {
      let t = mean / standardError
      statistic = t
      p = StudentT(degreesOfFreedom: count - 1).twoSidedP(t)
    } else {
      statistic = nil
      p = difference == 0 ? 1 : 0
    }
  }

  /// Whether the differences do not vary, so that p is a convention.
  public var isDegenerate: Bool { statistic == nil }

  /// mean ± t_{(1 + level)/2} · standard error.
  public func interval(level: Double = 0.95) -> Interval {
    let quantile = StudentT(degreesOfFreedom: Double(degreesOfFreedom)).quantile(0.5 + level / 2)
    return Interval(
      lower: difference - quantile * standardError, upper: difference + quantile * standardError)
  }

  /// The smallest true difference that this design would find significant at 5 % (two-sided) with
  /// the given power: (t_{.975} + t_{power}) · standard error, the standard error as observed.
  ///
  /// An approximation (the noncentral t taken as a shifted t, the observed standard error taken as
  /// the true one): it tells what order of gain could have been seen.
  public func smallestDetectableDifference(power: Double = 0.8) -> Double {
    let student = StudentT(degreesOfFreedom: Double(degreesOfFreedom))
    return (student.quantile(0.975) + student.quantile(power)) * standardError
  }
}
