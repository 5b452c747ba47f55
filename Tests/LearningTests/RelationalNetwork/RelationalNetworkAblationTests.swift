import Cohort
import Learning
import LinearAlgebra
import Testing

@Suite("Ablations of the relational network")
struct RelationalNetworkAblationTests {
  private static let cohort = MadeUpCohort(
    patients: 110, signals: [("weak", 12, 0.35), ("strong", 16, 0.9), ("noise", 10, 0)])

  private static let table = cohort.table.selecting(rows: Array(90..<110))

  /// Fits of all variants, which share what they can.
  private static let fits: [String: any FittedLearner] = {
    let store = SharedStore()
    var result: [String: any FittedLearner] = [:]
    let names =
      ["paper"] + Ablation.allCases.map { "paper-\($0.rawValue)" }
    for name in names {
      guard var configuration = RelationalNetworkConfiguration(method: name) else { continue }
      configuration.hiddenWidth = 12
      configuration.epochs = 40
      configuration.signalEpochs = 30
      configuration.pretrainingEpochs = 10
      configuration.learningRate = 5e-3
      let context = FitContext(streams: RandomStreams(seed: 3, prefix: "test"), store: store)
      result[name] = try? PipelineLearner(name: name, configuration: .network(configuration))
        .fit(cohort.training(Array(0..<90)), context)
    }
    return result
  }()

  private func record(_ name: String) throws -> FitRecord {
    try #require(Self.fits[name]?.record).ordered(by: ["weak", "strong", "noise"])
  }

  @Test("Every switch changes the predictions")
  func differences() throws {
    let whole = try #require(Self.fits["paper"]).predict(Self.table)
    for suffix in Ablation.allCases.map(\.rawValue) {
      let variant = try #require(Self.fits["paper-\(suffix)"]).predict(Self.table)
      #expect(variant != whole, "\(suffix)")
    }
  }

  @Test("Signals know the strong modality from noise, and guide emphasis and weights")
  func guidance() throws {
    let record = try record("paper")
    #expect(record.modalities.map(\.name) == ["weak", "strong", "noise"])
    let information = record.modalities.map { $0.informativeness ?? -1 }
    #expect(information[1] > information[0] && information[1] > information[2] + 0.2)
    let emphasis = record.modalities.map { $0.emphasis ?? -1 }
    #expect(emphasis[1] > emphasis[2] && abs(emphasis.reduce(0, +) - 3) < 1e-12)
    for position in record.modalities[0].weights.indices {
      let weights = record.modalities.map { $0.weights[position] }
      #expect(abs(weights.reduce(0, +) - 3) < 1e-12)
      #expect(weights.allSatisfy { $0 >= 0.15 - 1e-12 })
    }
    #expect(record.modalities[0].weights.count > 1)
    #expect((record.modalities[0].weights.last ?? 0) > (record.modalities[1].weights.last ?? 0))
    #expect(record.distillation.count == 6)
    #expect(record.distillation.allSatisfy { $0.reason != nil && (0...1).contains($0.gate) })
  }

  @Test("Switches do what their names say")
  func switches() throws {
    let whole = try record("paper")
    #expect(try record("paper-no-distillation").distillation.isEmpty)
    #expect(try record("paper-no-balance").modalities.allSatisfy { $0.weights == [1] })
    for name in ["paper-no-mi", "paper-no-emphasis"] {
      #expect(
        try record(name).modalities.allSatisfy { abs(($0.emphasis ?? 0) - 1) < 1e-12 })
    }
    #expect(try record("paper-no-mi").distillation.allSatisfy { $0.gate == 1 })
    #expect(try record("paper-no-emphasis").distillation == whole.distillation)
    #expect(try record("paper-no-f1").modalities != whole.modalities)
    let shuffled = try record("paper-shuffled-guidance").modalities.map { $0.emphasis ?? 0 }
    let plain = whole.modalities.map { $0.emphasis ?? 0 }
    #expect(zip(shuffled.sorted(), plain.sorted()).allSatisfy { abs($0 - $1) < 1e-12 })
    #expect(
      try record("paper-no-snf").modalities.map(\.informativeness)
        != whole.modalities.map(\.informativeness))
  }

  @Test("Method names, and only they, give configurations")
  func names() {
    let paper = RelationalNetworkConfiguration(method: "paper")
    #expect(paper == .paper)
    #expect(RelationalNetworkConfiguration(method: "gcn:mrna")?.architecture == .modality("mrna"))
    #expect(RelationalNetworkConfiguration(method: "snf-gcn")?.architecture == .concatenated)
    for suffix in Ablation.allCases.map(\.rawValue) {
      let variant = RelationalNetworkConfiguration(method: "paper-\(suffix)")
      #expect(variant != nil && variant != paper)
    }
    for name in ["gcn:", "gcn", "paper-", "paper-no-graph", "equipoise"] {
      #expect(RelationalNetworkConfiguration(method: name) == nil)
    }
  }
}
