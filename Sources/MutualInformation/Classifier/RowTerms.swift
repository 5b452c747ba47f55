import LinearAlgebra

/// The mean of one number a patient, with what can be said of it: the information of a cross-fitted
/// bound, or a difference of two of them on the same patients.
///
/// Patients of one unit (a hospital, a family) count as drawn together: interval and test take whole
/// units. The test is conditional on the fitted models; ``widening`` makes up in error and interval for
/// models that share training patients.
public struct RowTerms: Equatable, Sendable {
  /// One number a patient, in nats.
  public let terms: [Double]
  /// Unit of each patient, 0..<count; nil where everybody is his own.
  public let units: [Int]?
  /// Factor on standard error and interval, ≥ 1.
  public let widening: Double

  /// Terms of patients; with units, one for each.
  public init(_ terms: [Double], units: [Int]? = nil, widening: Double = 1) {
    self.widening = widening
    precondition(units == nil || units?.count == terms.count, "one unit per term")
    self.terms = terms
    // Numbered by first appearance, so that a selection of patients leaves no empty unit.
    self.units = units.map { given in
      var numbers: [Int: Int] = [:]
      return given.map { unit in
        if let known = numbers[unit] { return known }
        let next = numbers.count
        numbers[unit] = next
        return next
      }
    }
  }

  /// Mean of the terms; 0 without patients.
  public var estimate: Double { terms.isEmpty ? 0 : orderedMean(terms) }

  /// Number of patients, or of units.
  public var unitCount: Int { units.map { ($0.max() ?? -1) + 1 } ?? terms.count }

  /// Standard error of the mean: sd/√n, or from the sums of units,
  /// √(G/(G - 1) Σ_g (Σ_{i in g} (t_i - mean))²)/n, times ``widening``; nil below 2 units.
  public var standardError: Double? {
    guard units != nil else { return meanStandardError(terms).map { widening * $0 } }
    guard unitCount >= 2 else { return nil }
    let mean = estimate
    let sums = sumsOfUnits { $0 - mean }
    let count = Double(unitCount)
    return widening * (count / (count - 1) * orderedSum(sums.map { $0 * $0 })).squareRoot()
      / Double(terms.count)
  }

  /// Interval of the mean: normal from 100 units, below that percentiles of 2,000 bootstrap means over
  /// units, stretched by ``widening``; nil below 2 units.
  public func interval(confidence: Double = 0.95, stream: RandomStream) -> (Double, Double)? {
    guard units != nil else {
      return meanInterval(terms, confidence: confidence, stream: stream).map(widened)
    }
    guard let error = standardError else { return nil }
    if unitCount >= 100 {
      let width = normalQuantile(0.5 + confidence / 2) * error
      return (estimate - width, estimate + width)
    }
    let sums = sumsOfUnits { $0 }
    let sizes = sumsOfUnits { _ in 1 }
    var stream = stream
    let means = (0..<2000).map { _ in
      var (sum, size) = (0.0, 0.0)
      for _ in sums.indices {
        let unit = stream.below(sums.count)
        sum += sums[unit]
        size += sizes[unit]
      }
      return sum / size
    }.sorted()
    return widened(
      (
        quantile(ofSorted: means, (1 - confidence) / 2),
        quantile(ofSorted: means, (1 + confidence) / 2)
      ))
  }

  private func widened(_ interval: (Double, Double)) -> (Double, Double) {
    (
      estimate + widening * (interval.0 - estimate), estimate + widening * (interval.1 - estimate)
    )
  }

  /// One-sided p that the mean is not above zero, by random flips of the signs of units' sums:
  /// (1 + #{flipped ≥ observed})/(flips + 1).
  ///
  /// - Parameter flips: default 10,000.
  /// - Complexity: O(flips · units).
  public func signFlipP(flips: Int = 10_000, stream: RandomStream) -> Double {
    let sums = units == nil ? terms : sumsOfUnits { $0 }
    var stream = stream
    let observed = sums.reduce(0, +)
    // A flip that leaves the sum as it was up to rounding is not below it.
    let threshold = observed - 1e-12 * sums.reduce(0) { $0 + abs($1) }
    var reached = 0
    for _ in 0..<flips {
      var sum = 0.0
      var bits: UInt64 = 0
      for (position, term) in sums.enumerated() {
        if position % 64 == 0 { bits = stream.next() }
        sum += bits & 1 == 0 ? term : -term
        bits >>= 1
      }
      if sum >= threshold { reached += 1 }
    }
    return Double(1 + reached) / Double(flips + 1)
  }

  private func sumsOfUnits(_ value: (Double) -> Double) -> [Double] {
    var sums = [Double](repeating: 0, count: unitCount)
    for (position, term) in terms.enumerated() { sums[units?[position] ?? position] += value(term) }
    return sums
  }
}

/// Quantile of ascending values by linear interpolation between order statistics.
func quantile(ofSorted values: [Double], _ probability: Double) -> Double {
  let position = probability * Double(values.count - 1)
  let below = min(max(Int(position), 0), max(values.count - 2, 0))
  let above = min(below + 1, values.count - 1)
  return values[below] + (position - Double(below)) * (values[above] - values[below])
}
