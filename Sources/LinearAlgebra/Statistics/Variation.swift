/// Whether numbers between `low` and `high` differ by more than rounding: by more than eight units
/// in the last place of the larger magnitude.
///
/// Equal numbers that were computed or written in two ways may differ in their last bits. The limit
/// is relative, so that it does not depend on the unit; infinite bounds vary.
package func variesBeyondRounding(from low: Double, to high: Double) -> Bool {
  high - low > 8 * .ulpOfOne * max(abs(low), abs(high))
}

/// Whether observed numbers (not NaN) differ by more than rounding; false for none.
package func variesBeyondRounding(_ values: some Sequence<Double>) -> Bool {
  var (low, high) = (Double.infinity, -Double.infinity)
  for value in values where !value.isNaN {
    low = min(low, value)
    high = max(high, value)
  }
  return low <= high && variesBeyondRounding(from: low, to: high)
}

/// The power of two by which deviations of at most `largest` are multiplied before they are squared,
/// so that no square overflows or vanishes: 1 between 2⁻⁴⁰⁰ and 2⁴⁰⁰, and for 0.
///
/// A power of two changes no digit: sums of squares are the same to the bit in any unit.
package func squaringScale(ofLargest largest: Double) -> Double {
  guard largest > 0, largest.isFinite, abs(largest.exponent) > 400 else { return 1 }
  return Double(sign: .plus, exponent: min(1000, max(-1000, -largest.exponent)), significand: 1)
}

/// Standard deviation of finite numbers around their mean, divisor n - 1, by ``orderedSum(_:)``; 0
/// for fewer than two numbers. Right for numbers of any magnitude below 10³⁰⁷.
package func standardDeviation(_ values: [Double], mean: Double) -> Double {
  guard values.count > 1 else { return 0 }
  let scale = squaringScale(ofLargest: values.reduce(0) { max($0, abs($1 - mean)) })
  let squares = orderedSum(
    values.map { value in
      let deviation = (value - mean) * scale
      return deviation * deviation
    })
  return (squares / Double(values.count - 1)).squareRoot() / scale
}
