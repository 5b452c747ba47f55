import Cohort
import Evaluation
import Learning
import LinearAlgebra
import Testing
import _TestSupport

@Suite("Equipoise")
struct EquipoiseLearnerTests {
  private static let cohort = SyntheticCohort(
    patients: 120, classes: 3,
    modalities: [
      .init("strong", features: 40, signal: 0.5),
      .init("weak", features: 20, signal: 0.25, missing: 0.3),
      .init("noise", features: 30, signal: 0),
    ])
  private static let trainingRows = Array(0..<80)
  private static let testRows = Array(80..<120)

  private func context() -> FitContext {
    FitContext(streams: RandomStreams(seed: 1, prefix: "repeat=0/fold=0"))
  }

  private func fitted(
    _ name: String, unlabelled: [Int] = [], rows: [Int] = trainingRows, gate: String? = nil
  ) throws -> any FittedLearner {
    let learner = try #require(PipelineMethods.learner(named: name, modalities: []))
    let context = FitContext(
      streams: RandomStreams(seed: 1, prefix: "repeat=0/fold=0"), gate: gate)
    return try learner.fit(Self.cohort.training(rows: rows, unlabelled: unlabelled), context)
  }

  private func test() -> PatientTable { Self.cohort.table.selecting(rows: Self.testRows) }

  @Test("Learns where there is signal, and sees which modality carries it")
  func learns() throws {
    let fitted = try fitted("equipoise")
    let predicted = try fitted.predict(test()).classes
    let truth = Self.testRows.map { Self.cohort.labels[$0] }
    #expect(macroF1(truth: truth, predicted: predicted, classCount: 3) > 0.8)
    let modalities = try #require(fitted.record)
      .ordered(by: ["strong", "weak", "noise"]).modalities
    #expect(modalities.map(\.name) == ["strong", "weak", "noise"])
    let emphasis = modalities.compactMap(\.emphasis)
    #expect(emphasis[0] > 1 && emphasis[1] < 1 && emphasis[2] < 1)
  }

  @Test("Pure noise scores at chance")
  func noise() throws {
    let cohort = SyntheticCohort(
      patients: 240, classes: 2,
      modalities: [.init("a", features: 30, signal: 0), .init("b", features: 30, signal: 0)],
      seed: 8)
    let learner = try #require(PipelineMethods.learner(named: "equipoise", modalities: []))
    let fitted = try learner.fit(cohort.training(rows: Array(0..<120)), context())
    let predicted = try fitted.predict(cohort.table.selecting(rows: Array(120..<240))).classes
    let hits = zip(predicted, cohort.labels[120...]).filter { $0 == $1 }.count
    // Three standard errors of 120 coin tosses.
    #expect(abs(Double(hits) / 120 - 0.5) < 3 * 0.5 / 120.0.squareRoot())
  }

  @Test(
    "A patient alone and in a batch gets the same bits", arguments: ["equipoise", "joint"])
  func rowIndependence(name: String) throws {
    let fitted = try fitted(name)
    let batch = try fitted.predict(test()).probabilities
    for (position, row) in Self.testRows.enumerated() {
      let alone = try fitted.predict(Self.cohort.table.selecting(rows: [row])).probabilities
      #expect(alone.values == Array(batch.row(position)))
    }
    let reversed = Array(Self.testRows.reversed())
    let backwards = try fitted.predict(Self.cohort.table.selecting(rows: reversed)).probabilities
    #expect(backwards.selecting(rows: Array((0..<40).reversed())) == batch)
  }

  @Test("The same fit twice gives the same bits")
  func deterministic() throws {
    let first = try fitted("equipoise").predict(test())
    let second = try fitted("equipoise").predict(test())
    #expect(first == second)
  }

  @Test("Rows are distributions, also where modalities are missing or all are")
  func missing() throws {
    let fitted = try fitted("equipoise")
    let onlyWeak = test().selecting(modalities: ["weak"])
    let nothing = test().selecting(modalities: [])
    for table in [onlyWeak, nothing] {
      let probabilities = try fitted.predict(table).probabilities
      for i in 0..<probabilities.rowCount {
        #expect(abs(probabilities.row(i).reduce(0, +) - 1) < 1e-12)
      }
    }
    #expect(try fitted.predict(nothing).probabilities.row(0).allSatisfy { $0 > 0.3 && $0 < 0.4 })
  }

  @Test("Ablations change what they switch off, and only that")
  func ablations() throws {
    let whole = try fitted("equipoise").predict(test())
    #expect(try fitted("equipoise-no-distillation").predict(test()) == whole)
    for suffix in ["no-balance", "no-mi", "no-f1", "no-snf", "no-emphasis"] {
      #expect(try fitted("equipoise-\(suffix)").predict(test()) != whole, "\(suffix)")
    }
    let balanced = try #require(try fitted("equipoise-no-balance").record)
    #expect(balanced.modalities.allSatisfy { $0.weights.allSatisfy { $0 == 1 } })
    let plain = try #require(try fitted("equipoise-no-emphasis").record)
    #expect(plain.modalities.allSatisfy { $0.emphasis == 1 })
    #expect(PipelineMethods.learner(named: "equipoise-no-such-thing", modalities: []) == nil)
  }

  @Test("Without unlabelled patients nobody is distilled, and the reason says so")
  func distillationNeedsSupply() throws {
    let record = try #require(try fitted("equipoise").record)
    #expect(record.distillation.count == 6)
    #expect(record.distillation.allSatisfy { $0.decision == "no" && $0.gate == 0 })
  }

  @Test("Unlabelled patients let the strong modality teach the weak one")
  func distillation() throws {
    let cohort = SyntheticCohort(
      patients: 400, classes: 3,
      modalities: [
        .init("strong", features: 40, signal: 0.8), .init("weak", features: 15, signal: 0.35),
      ], seed: 5)
    let learner = try #require(PipelineMethods.learner(named: "equipoise", modalities: []))
    let training = cohort.training(rows: Array(0..<30), unlabelled: Array(30..<300))
    let taught = try learner.fit(training, context())
    let record = try #require(taught.record)
    let decision = try #require(record.distillation.first { $0.student == "weak" })
    #expect(decision.teacher == "strong" && decision.decision == "distil")
    let plain = try #require(
      PipelineMethods.learner(named: "equipoise-no-distillation", modalities: [])
    )
    .fit(training, context())
    // Patients without the teacher are served by the student; the others are not touched.
    let test = cohort.table.selecting(rows: Array(300..<400))
    #expect(try taught.predict(test) == plain.predict(test))
    let weakOnly = test.selecting(modalities: ["weak"])
    #expect(try taught.predict(weakOnly) != plain.predict(weakOnly))
  }

  @Test("The paper's gate mixes teacher posteriors into labelled targets")
  func complementarityGate() throws {
    let record = try #require(try fitted("equipoise", gate: "cch").record)
    #expect(record.distillation.contains { $0.gate > 0 })
    #expect(
      try fitted("equipoise", gate: "cch").predict(test()) != fitted("equipoise").predict(test()))
  }
}
