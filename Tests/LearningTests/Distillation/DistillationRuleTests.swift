import Learning
import LinearAlgebra
import Testing

@Suite struct DistillationRuleTests {
  private static func evidence(
    gap: Double = 0.3, trial: (Double, Double)? = (0.05, 0.05), labelled: Int = 80,
    unlabelled: Int = 600, teacherStudent: Double = 0.6
  ) -> DistillationEvidence {
    DistillationEvidence(
      teacher: "mrna", student: "cnv", commonCount: labelled, labelledCount: labelled,
      unlabelledCount: unlabelled, labelEntropy: 1.3, teacherStudent: teacherStudent,
      studentLabel: 0.5, teacherLabel: 0.5 + gap, differenceStandardError: 0.1,
      skill: .init(0.1, standardError: 0.05),
      trial: trial.map { .init($0.0, standardError: $0.1) })
  }

  private static func isStrictlyRising(_ values: [Double]) -> Bool {
    zip(values, values.dropFirst()).allSatisfy { $0 < $1 }
  }

  @Test("The expected gain is the mean of trial and promise by precision")
  func expectedGainByPrecision() {
    let promise = ExpectedGain.Promise(
      constant: 0.03, gap: 0.2, labelledShare: 0.1, deviation: 0.06)
    let evidence = Self.evidence(trial: (0.07, 0.04))
    let promised = 0.03 + 0.2 * 0.3 / 1.3 - 0.1 * 80 / 680
    let precisions = [1 / (0.06 * 0.06), 1 / (0.04 * 0.04)]
    let total = precisions[0] + precisions[1]
    let expected = ExpectedGain(evidence, promise: promise)
    #expect(
      abs(expected.value - (precisions[0] * promised + precisions[1] * 0.07) / total) < 1e-15)
    #expect(abs(expected.standardDeviation - (1 / total).squareRoot()) < 1e-15)
    #expect(
      abs(expected.probability - normalCumulative(expected.value / expected.standardDeviation))
        < 1e-15)
    let untried = ExpectedGain(Self.evidence(trial: nil), promise: promise)
    #expect(abs(untried.value - promised) < 1e-15 && untried.standardDeviation == 0.06)
  }

  @Test("A trial without noise decides alone, one of noise not at all")
  func limits() {
    let promised = ExpectedGain(Self.evidence(trial: nil)).value
    let noise = ExpectedGain(Self.evidence(trial: (-1, 1e6)))
    #expect(abs(noise.value - promised) < 1e-9)
    // An error of 0 counts as half of one of 100,000 patients.
    let sure = ExpectedGain(Self.evidence(trial: (-0.03, 0), labelled: 100_000))
    #expect(abs(sure.value + 0.03) < 1e-6 && sure.standardDeviation > 0)
  }

  @Test("A better trial, a wider gap and a larger supply promise more")
  func monotone() {
    let steps = [-0.4, -0.1, 0, 0.05, 0.2]
    func values(_ make: (Double) -> DistillationEvidence) -> [Double] {
      steps.map { DistillationRule.automatic.decision(on: make($0)).gate }
    }
    #expect(Self.isStrictlyRising(values { Self.evidence(trial: ($0, 0.05)) }))
    #expect(Self.isStrictlyRising(values { Self.evidence(gap: $0) }))
    #expect(
      Self.isStrictlyRising(
        [10, 40, 80, 400, 4_000].map {
          DistillationRule.automatic.decision(on: Self.evidence(unlabelled: $0)).gate
        }))
    #expect(
      Self.isStrictlyRising(
        stride(from: 0.2, through: 0.8, by: 0.05).map {
          DistillationRule.complementarity.decision(on: Self.evidence(teacherStudent: $0)).gate
        }))
  }

  @Test("auto distils where a gain is expected, and says so in numbers")
  func automatic() {
    let open = DistillationRule.automatic.decision(on: Self.evidence())
    #expect(open.verdict == .distil && open.gate > 0.5 && open.promise > 0)
    #expect(open.lossWeight == 0.5 * open.gate)
    #expect(open.reason.contains("+0.050") && open.reason.contains("probability"))
    let closed = DistillationRule.automatic.decision(
      on: Self.evidence(gap: -0.3, trial: (-0.1, 0.05)))
    #expect(closed.verdict == .no && closed.gate < 0.5 && closed.lossWeight == 0)
    let record = open.record(Self.evidence())
    #expect(record.expectedGain == open.promise && record.probability == open.gate)
    #expect(record.innerGain == 0.05 && record.unlabelledPairs == 600)
    #expect(record.teacherLabelNats == 0.8 && record.decision == "distil")
  }

  @Test("Without unlabelled patients auto and gap-supply let nobody teach; the paper's gates do")
  func noSupply() {
    let evidence = Self.evidence(trial: nil, unlabelled: 0)
    for rule in [DistillationRule.automatic, .gapSupply] {
      let decision = rule.decision(on: evidence)
      #expect(decision.verdict == .no && decision.gate == 0)
      #expect(decision.reason.contains("no unlabelled patient"))
    }
    #expect(DistillationRule.complementarity.decision(on: evidence).gate > 0.5)
    let skilled = DistillationRule.complementarityAndSkill.decision(on: evidence).gate
    #expect(skilled < DistillationRule.complementarity.decision(on: evidence).gate)
  }

  @Test("gap-supply follows the sign of the gap")
  func gapSupply() {
    #expect(DistillationRule.gapSupply.decision(on: Self.evidence()).verdict == .distil)
    #expect(DistillationRule.gapSupply.decision(on: Self.evidence(gap: -0.1)).verdict == .no)
    #expect(
      abs(DistillationRule.gapSupply.decision(on: Self.evidence()).promise - 0.3 * 600 / 80)
        < 1e-12)
  }
}
