import Evaluation

/// A linear axis: values to pixels, with round ticks.
package struct Scale: Sendable {
  /// Values of the ends.
  package let domain: ClosedRange<Double>
  /// Pixels of the ends; may run downwards.
  package let pixels: (Double, Double)
  /// Round values within the domain.
  package let ticks: [Double]
  /// Decimals that the ticks need.
  package let decimals: Int

  /// An axis that covers the values, widened to round ends.
  ///
  /// - Parameters:
  ///   - values: values to be covered; those that are not finite are passed over.
  ///   - count: number of ticks to aim at.
  package init(covering values: [Double], pixels: (Double, Double), count: Int = 5) {
    let finite = values.filter(\.isFinite)
    var (low, high) = (finite.min() ?? 0, finite.max() ?? 1)
    if high - low < 1e-9 { (low, high) = (low - 0.5, high + 0.5) }
    let step = Scale.roundStep((high - low) / Double(max(1, count)))
    let (first, last) = ((low / step - 1e-9).rounded(.up), (high / step + 1e-9).rounded(.down))
    self.init(
      domain: low...high, pixels: pixels,
      ticks: first <= last ? (Int(first)...Int(last)).map { Double($0) * step } : [low, high],
      decimals: Scale.decimals(step))
  }

  /// An axis with given ends and ticks.
  package init(
    domain: ClosedRange<Double>, pixels: (Double, Double), ticks: [Double], decimals: Int
  ) {
    self.domain = domain
    self.pixels = pixels
    self.ticks = ticks
    self.decimals = decimals
  }

  /// Pixel of a value.
  package func callAsFunction(_ value: Double) -> Double {
    let share = (value - domain.lowerBound) / (domain.upperBound - domain.lowerBound)
    return pixels.0 + min(max(share, 0), 1) * (pixels.1 - pixels.0)
  }

  /// Label of a tick.
  package func label(_ tick: Double, signed: Bool = false) -> String {
    signed ? Numbers.signed(tick, decimals) : Numbers.fixed(tick, decimals)
  }

  /// The next of 1, 2, 5 times a power of ten that is not below the step asked for.
  private static func roundStep(_ step: Double) -> Double {
    var power = 1.0
    while power > step { power /= 10 }
    while power * 10 <= step { power *= 10 }
    return [1.0, 2, 5, 10].map { $0 * power }.first { $0 >= step * (1 - 1e-9) } ?? step
  }

  private static func decimals(_ step: Double) -> Int {
    var (decimals, rest) = (0, step)
    while decimals < 6, rest < 0.999999 {
      rest *= 10
      decimals += 1
    }
    return decimals
  }
}
