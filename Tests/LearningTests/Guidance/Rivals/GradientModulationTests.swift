import Learning
import LinearAlgebra
import Testing
import _TestSupport

@Suite struct GradientModulationTests {
  private static let scores: [TrueClassScores] = {
    let golden = Golden.shared["balance"]
    return golden["logits"].items.map {
      TrueClassScores(logits: $0.matrix, labels: golden["labels"].ints)
    }
  }()
  private static let sums = scores.map(\.scoreSum)

  private func expectEqual(_ a: [Double], _ b: [Double], _ tolerance: Double = 1e-12) {
    #expect(a.count == b.count)
    for (x, y) in zip(a, b) { #expect(abs(x - y) < tolerance) }
  }

  @Test func goldenScores() {
    let golden = Golden.shared["balance"]
    expectEqual(Self.sums, golden["scores_sum_p_true"].doubles)
    expectEqual(Self.scores.map(\.meanNegativeLogLikelihood), golden["mean_nll"].doubles)
  }

  @Test func unlabelledRowsAndEmptyBatches() {
    let logits = Matrix([[1, 2], [3, 1], [0, 0]])
    let some = TrueClassScores(logits: logits, labels: [1, -1, 0])
    let kept = TrueClassScores(logits: logits.selecting(rows: [0, 2]), labels: [1, 0])
    #expect(some == kept)
    let none = TrueClassScores(logits: logits, labels: [-1, -1, -1])
    #expect(none.scoreSum == 0 && none.meanNegativeLogLikelihood == 0)
  }

  @Test func goldenOGM() {
    let golden = Golden.shared["balance"]
    let alpha = golden["ogm_alpha"].double
    expectEqual(
      OGMGradientFactors(strength: alpha, reference: .minimum).factors(scores: Self.sums),
      golden["ogm_k_3mod_vs_min_plain_scores"].doubles)
    expectEqual(
      OGMGradientFactors(strength: alpha, epsilon: 0).factors(scores: Array(Self.sums[0...1])),
      golden["ogm_k_pair_mod0_mod1"].doubles)
    let ours = Golden.shared["ogm_mean_of_others"]
    expectEqual(
      OGMGradientFactors(strength: ours["alpha"].double, epsilon: ours["eps"].double)
        .factors(scores: Self.sums), ours["k"].doubles)
  }

  @Test func enhancementNoiseHasTheGradientsSpread() {
    var stream = RandomStream(seed: 1, name: "ogm/noise")
    var source = RandomStream(seed: 1, name: "ogm/gradient")
    let gradient = 3.0 * source.normalMatrix(rows: 50, columns: 80)
    let enhanced = OGMGradientFactors.enhanced(gradient, stream: &stream)
    let noise = enhanced - gradient
    let spread = noise.frobeniusNorm / Double(noise.values.count).squareRoot()
    #expect(abs(spread - 3) < 0.15)
    #expect(abs(orderedMean(noise.values)) < 0.15)
    let zero = Matrix(rows: 3, columns: 4)
    #expect(OGMGradientFactors.enhanced(zero, stream: &stream) == zero)
  }

  @Test func goldenOPM() {
    expectEqual(
      OPMDropRates(reference: .sumOfOthers).rates(scores: Self.sums),
      Golden.shared["balance", "opm_q(q_base=.4,alpha=.5)"].doubles)
    let mean = Golden.shared["opm_mean_of_others"]
    let rule = OPMDropRates(
      base: mean["q_base"].double, strength: mean["alpha"].double, epsilon: mean["eps"].double)
    expectEqual(ScoreReference.meanOfOthers.ratios(Self.sums), mean["rho"].doubles)
    expectEqual(rule.rates(scores: Self.sums), mean["q"].doubles)
    let pair = Golden.shared["opm_pair_mod0_mod1"]
    #expect(
      abs(ScoreReference.meanOfOthers.ratios(Array(Self.sums[0...1]))[0] - pair["rho"].double)
        < 1e-12)
    expectEqual(rule.rates(scores: Array(Self.sums[0...1])), pair["q"].doubles)
  }

  @Test func goldenAGM() {
    let golden = Golden.shared["balance"]
    let rule = AGMGradientFactors(
      runningMeans: golden["agm_running_nll"].doubles, batchCount: 4,
      strength: golden["agm_alpha"].double)
    expectEqual(
      rule.factors(meanNegativeLogLikelihoods: golden["mean_nll"].doubles),
      golden["agm_kappa_author_sign"].doubles)
  }

  @Test func agmRunningMeansAndFirstBatch() {
    var rule = AGMGradientFactors(modalityCount: 2)
    #expect(rule.factors(meanNegativeLogLikelihoods: [2, 2]) == [1, 1])
    for batch in [[1.0, 2.0], [3.0, 2.0], [2.0, 5.0]] {
      rule.record(meanNegativeLogLikelihoods: batch)
    }
    expectEqual(rule.runningMeans, [2, 3])
    #expect(rule.batchCount == 3)
    // Where it always stood: nothing to modulate.
    expectEqual(rule.factors(meanNegativeLogLikelihoods: [2, 3]), [1, 1])
    // Further ahead than before: held back, and the other one pushed.
    let factors = rule.factors(meanNegativeLogLikelihoods: [1, 4])
    #expect(factors[0] < 1 && factors[1] > 1)
    let extreme = rule.factors(meanNegativeLogLikelihoods: [0, 1e9])
    #expect(extreme.allSatisfy { $0.isFinite && $0 >= 0 })
  }

  @Test func oneModalityTiesAndZerosAreLeftAlone() {
    for reference in [ScoreReference.meanOfOthers, .minimum] {
      #expect(OGMGradientFactors(reference: reference).factors(scores: [3]) == [1])
      #expect(OGMGradientFactors(reference: reference).factors(scores: [2, 2, 2]) == [1, 1, 1])
      #expect(OGMGradientFactors(reference: reference).factors(scores: [0, 0]) == [1, 1])
      #expect(OPMDropRates(reference: reference).rates(scores: [3]) == [0])
      #expect(OPMDropRates(reference: reference).rates(scores: [0, 0]) == [0, 0])
    }
    let alone = OGMGradientFactors(epsilon: 0).factors(scores: [2, 0])
    #expect(alone == [0, 1])
    #expect(AGMGradientFactors(modalityCount: 1).factors(meanNegativeLogLikelihoods: [3]) == [1])
  }

  @Test func permutationOfModalities() {
    let order = [2, 0, 1]
    let permuted = order.map { Self.sums[$0] }
    let (ogm, opm) = (OGMGradientFactors(), OPMDropRates())
    let (k, q) = (ogm.factors(scores: Self.sums), opm.rates(scores: Self.sums))
    expectEqual(ogm.factors(scores: permuted), order.map { k[$0] })
    expectEqual(opm.rates(scores: permuted), order.map { q[$0] })
  }
}
