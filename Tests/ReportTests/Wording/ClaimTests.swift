import Evaluation
import Report
import Testing

@Suite struct ClaimTests {
  @Test(arguments: [(-0.01, 0.02), (0.0, 0.04), (-0.05, 0.0), (-1.0, 1.0)])
  func intervalWithZeroCannotBeToldFromZero(lower: Double, upper: Double) {
    let claim = Claim(comparison(p: 0.3, ci95: .init(lower, upper)))
    #expect(claim.verdict == .notTold)
    #expect(claim.headline.contains("is not distinguishable from zero"))
    #expect(claim.brief == "is not distinguishable from zero")
    #expect(claim.caveat == nil)
  }

  @Test func intervalWithoutZeroIsClaimedWithItsSign() {
    let higher = Claim(comparison(p: 0.004, ci95: .init(0.01, 0.05)))
    #expect(higher.headline == "first scored higher than second.")
    #expect(higher.numbers == "+0.030 (95 % interval +0.010 to +0.050, p = 0.004)")
    let lower = Claim(comparison(difference: -0.03, p: 0.0004, ci95: .init(-0.05, -0.01)))
    #expect(lower.headline == "first scored lower than second.")
    #expect(lower.numbers == "−0.030 (95 % interval −0.050 to −0.010, p < 0.001)")
  }

  @Test func patientsCanTakeAClaimBack() {
    let claim = Claim(
      comparison(p: 0.01, ci95: .init(0.01, 0.05), bootstrap: .init(-0.01, 0.06)))
    #expect(claim.verdict == .notTold)
    #expect(claim.caveat?.contains("over patients") == true)
  }

  @Test func correctionCanTakeAClaimBack() {
    let claim = Claim(comparison(p: 0.03, pHolm: 0.3, ci95: .init(0.01, 0.05), isPrimary: false))
    #expect(claim.verdict == .notTold)
    #expect(claim.caveat?.contains("Holm") == true)
    // The contrast declared beforehand is tested by itself.
    let primary = Claim(comparison(p: 0.03, pHolm: 0.3, ci95: .init(0.01, 0.05)))
    #expect(primary.verdict == .higher)
  }

  @Test func samePredictionsAreSaidToBeSo() {
    let claim = Claim(comparison(difference: 0, p: 1, ci95: .init(0, 0), isIdentical: true))
    #expect(claim.headline.contains("no difference by construction"))
  }

  @Test func noIntervalMeansNoJudgement() {
    let claim = Claim(comparison(p: nil, ci95: nil))
    #expect(claim.verdict == .undefined)
    #expect(claim.headline.contains("cannot be judged"))
  }

  private func comparison(
    difference: Double = 0.03, p: Double?, pHolm: Double? = nil, ci95: StudySummary.Bounds?,
    bootstrap: StudySummary.Bounds? = nil, isPrimary: Bool = true, isIdentical: Bool = false
  ) -> StudySummary.PairedComparison {
    .init(
      a: "first", b: "second", difference: difference, standardError: 0.01, p: p,
      pHolm: pHolm ?? p, ci95: ci95, bootstrapCI95: bootstrap, detectable: 0.03,
      primary: isPrimary, identical: isIdentical)
  }
}
