import Learning
import Testing
import _TestSupport

@Suite struct EmphasisTests {
  @Test func goldenShares() {
    let golden = Golden.shared["fusion_alpha"]
    let emphasis = FusionEmphasis(
      labelInformation: golden["I"].doubles, labelEntropy: golden["H"].double,
      floor: golden["eps_frac"].double)
    for (a, b) in zip(emphasis.shares, golden["alpha"].doubles) { #expect(abs(a - b) < 1e-12) }
    let missing = emphasis.shares(isMeasured: [true, false, true])
    for (a, b) in zip(missing, golden["alpha_missing_mod1"].doubles) {
      #expect(abs(a - b) < 1e-12)
    }
  }

  @Test func sharesOfNothing() {
    #expect(FusionEmphasis(labelInformation: [0, -1], labelEntropy: 0).shares == [0.5, 0.5])
    #expect(FusionEmphasis(labelInformation: [-2, -1], labelEntropy: 1).shares == [0.5, 0.5])
    #expect(FusionEmphasis(uniform: 4).shares == [0.25, 0.25, 0.25, 0.25])
    #expect(FusionEmphasis(uniform: 2).shares(isMeasured: [false, false]) == [0, 0])
  }

  @Test func squaredGatesByHand() {
    // MI .1 and .3: mean .2, q = ¼ and 9/4, mean q = 5/4, so g = .2 and 1.8.
    let gates = squaredInformationGates([0.1, 0.3])
    #expect(abs(gates[0] - 0.2) < 1e-12 && abs(gates[1] - 1.8) < 1e-12)
    #expect(squaredInformationGates([0, 0.5]) == [0.02, 2])
    #expect(squaredInformationGates([0, 0, 0]) == [1, 1, 1])
    #expect(squaredInformationGates([-0.1, 0.4]) == squaredInformationGates([0, 0.4]))
    let scaled = zip(squaredInformationGates([0.2, 0.3, 0.7]), squaredInformationGates([2, 3, 7]))
    #expect(scaled.allSatisfy { abs($0 - $1) < 1e-12 })
  }

  @Test func dynamicWeightsByHand() {
    var dynamic = DynamicLossWeights(modalityCount: 2)
    dynamic.update(macroF1: [0.55, 0.8], informativeness: [0.18, 0.48])
    // v = .5·.2 and .25·.5, mean .1125.
    let first = [0.5 + 0.5 * 0.1 / 0.1125, 0.5 + 0.5 * 0.125 / 0.1125]
    for (a, b) in zip(dynamic.weights, first) { #expect(abs(a - b) < 1e-12) }
    for _ in 0..<60 { dynamic.update(macroF1: [0.55, 0.8], informativeness: [0.18, 0.48]) }
    for (a, b) in zip(dynamic.weights, [0.1 / 0.1125, 0.125 / 0.1125]) {
      #expect(abs(a - b) < 1e-12)
    }
    var perfect = DynamicLossWeights(modalityCount: 3)
    perfect.update(macroF1: [1, 1, 1], informativeness: [0, 0, 0])
    for weight in perfect.weights { #expect(abs(weight - 1) < 1e-12) }
  }
}
