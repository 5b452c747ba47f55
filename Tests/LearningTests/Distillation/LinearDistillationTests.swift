import Cohort
import Evaluation
import Learning
import LinearAlgebra
import Testing
import _TestSupport

@Suite struct LinearDistillationTests {
  private static let cohort = SyntheticCohort(
    patients: 400, classes: 3,
    modalities: [
      .init("best", features: 40, signal: 0.8),
      .init("fair", features: 15, signal: 0.35, missing: 0.2),
      .init("noise", features: 15, signal: 0),
    ], seed: 5)

  private static func linear(
    rows: [Int] = Array(0..<40), unlabelled: [Int] = Array(40..<300),
    _ choice: RelationChoice = .none
  ) throws -> LinearDistillation {
    try LinearDistillation(
      cohort.training(rows: rows, unlabelled: unlabelled),
      FitContext(streams: RandomStreams(seed: 1, prefix: "repeat=0/fold=0")), choice)
  }

  @Test(
    "A strong modality may teach a weak one, not the other way round, and noise nobody",
    arguments: [RelationChoice.none, .ownAndFused])
  func directions(_ choice: RelationChoice) throws {
    let evidence = try Self.linear(choice).evidence(for: .automatic)
    #expect(evidence.count == 6)
    #expect(evidence.map(\.student) == ["best", "best", "fair", "fair", "noise", "noise"])
    func decision(_ teacher: String, _ student: String) throws -> DistillationDecision {
      let pair = try #require(evidence.first { $0.teacher == teacher && $0.student == student })
      return DistillationRule.automatic.decision(on: pair)
    }
    #expect(try decision("best", "fair").verdict == .distil)
    #expect(try decision("fair", "best").verdict == .no)
    #expect(try decision("noise", "fair").promise < decision("best", "fair").promise)
    #expect(try decision("noise", "best").verdict == .no)
  }

  @Test("The trial is what students of the inner folds gained on held-back patients")
  func trialByHand() throws {
    let linear = try Self.linear()
    let evidence = try linear.evidence(teacher: 0, student: 1, for: .automatic)
    let taught = argmaxRows(try linear.trainer(teacher: 0, student: 1).outOfFold())
    let plain = argmaxRows(linear.heads.outOfFold[1])
    let rows = linear.labelled.rows.indices.filter {
      linear.features.isMeasured[1][linear.labelled.rows[$0]]
    }
    #expect(rows.count < 40)
    func score(_ predicted: [Int]) -> Double {
      macroF1(
        truth: rows.map { linear.labelled.labels[$0] }, predicted: rows.map { predicted[$0] },
        classCount: 3)
    }
    let trial = try #require(evidence.trial)
    #expect(trial.value == score(taught) - score(plain))
    #expect(trial.standardError > 0)
    #expect(try linear.evidence(teacher: 0, student: 1, for: .complementarity).trial == nil)
  }

  @Test("The same evidence twice, and the same at any thread")
  func deterministic() throws {
    let first = try Self.linear().evidence(for: .automatic)
    let others = try parallelMap(count: 3, threads: 3) { _ in
      try Self.linear().evidence(for: .automatic)
    }
    #expect(others.allSatisfy { $0 == first })
  }

  @Test("A teacher's word counts only of unlabelled patients who have both modalities")
  func supply() throws {
    let linear = try Self.linear()
    let both = (40..<300).count { Self.cohort.table.modalities[1].isMeasured[$0] }
    #expect(linear.supply.pairs(0, 1).count == both)
    #expect(linear.supply.pairs(0, 2).count == 260)
    #expect(Set(linear.supply.pairs(0, 1)).isDisjoint(with: linear.labelled.rows))
    let evidence = try linear.evidence(teacher: 0, student: 1, for: .gapSupply)
    #expect(evidence.unlabelledCount == both && evidence.labelledCount == 40)
  }

  @Test("Without unlabelled patients there is no trial")
  func allLabelled() throws {
    let evidence = try Self.linear(unlabelled: []).evidence(for: .automatic)
    #expect(evidence.allSatisfy { $0.trial == nil && $0.unlabelledCount == 0 })
    #expect(
      evidence.allSatisfy { DistillationRule.automatic.decision(on: $0).verdict == .no })
  }
}
