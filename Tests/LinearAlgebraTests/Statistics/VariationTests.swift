import LinearAlgebra
import Testing

@Suite("Variation of numbers in any unit")
struct VariationTests {
  @Test("equal numbers, and numbers that differ by rounding, do not vary in any unit")
  func rounding() {
    let tenth = 0.1 + 0.2
    for unit in [1, 1e-300, 1e-9, 1e9, 1e140] {
      #expect(!variesBeyondRounding([0.3 * unit, 0.3 * unit]))
      #expect(!variesBeyondRounding([0.3 * unit, tenth * unit]))
      #expect(variesBeyondRounding([0.3 * unit, 0.3 * unit * (1 + 1e-13)]))
      #expect(!variesBeyondRounding([-0.3 * unit, -tenth * unit]))
    }
    #expect(!variesBeyondRounding([0, 0]) && !variesBeyondRounding([]))
    #expect(!variesBeyondRounding([Double.nan, 2, .nan, 2]))
    #expect(variesBeyondRounding([Double.nan, 2, 0]))
  }

  @Test("a standard deviation in units from 2⁻¹⁰⁰⁰ to 2⁵⁰⁰ has the same digits")
  func powersOfTwo() {
    var stream = RandomStream(seed: 1, name: "variation")
    let values = (0..<37).map { _ in stream.normal() + 4 }
    let deviation = standardDeviation(values, mean: orderedMean(values))
    for exponent in [-1000, -600, -30, 30, 500] {
      let unit = Double(sign: .plus, exponent: exponent, significand: 1)
      let scaled = values.map { $0 * unit }
      #expect(standardDeviation(scaled, mean: orderedMean(scaled)) == deviation * unit)
    }
    #expect(standardDeviation([3], mean: 3) == 0 && standardDeviation([3, 3], mean: 3) == 0)
    #expect(standardDeviation([1, 3], mean: 2) == 2.0.squareRoot())
  }
}
