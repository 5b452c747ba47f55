import Cohort
import Evaluation
import Learning
import LinearAlgebra
import Testing

@Suite("Relational network learner")
struct RelationalNetworkLearnerTests {
  private let cohort = MadeUpCohort(
    patients: 120,
    signals: [("weak", 12, 0.35), ("strong", 16, 0.8), ("noise", 10, 0)],
    missing: ["weak": 0.15])
  private let training = Array(0..<90)
  private let test = Array(90..<120)

  /// A small, quick network.
  private func configuration(_ method: String) throws -> RelationalNetworkConfiguration {
    var configuration = try #require(RelationalNetworkConfiguration(method: method))
    configuration.hiddenWidth = 16
    configuration.epochs = 60
    configuration.signalEpochs = 30
    configuration.pretrainingEpochs = 15
    configuration.learningRate = 5e-3
    return configuration
  }

  private func context(_ store: SharedStore = SharedStore()) -> FitContext {
    FitContext(streams: RandomStreams(seed: 7, prefix: "repeat=0/fold=0"), store: store)
  }

  private func fitted(
    _ method: String, _ view: TrainingView? = nil, store: SharedStore = SharedStore(),
    _ change: (inout RelationalNetworkConfiguration) -> Void = { _ in }
  ) throws -> any FittedLearner {
    var configuration = try configuration(method)
    change(&configuration)
    return try PipelineLearner(name: method, configuration: .network(configuration))
      .fit(view ?? cohort.training(training), context(store))
  }

  private func score(_ model: any FittedLearner) throws -> Double {
    let predicted = try model.predict(cohort.table.selecting(rows: test)).classes
    return macroF1(truth: test.map { cohort.labels[$0] }, predicted: predicted, classCount: 3)
  }

  @Test("Learns what there is to learn", arguments: ["paper", "gcn:strong", "snf-gcn"])
  func signal(method: String) throws {
    let model = try fitted(method)
    let predictions = try model.predict(cohort.table.selecting(rows: test))
    for sum in predictions.probabilities.rowSums() { #expect(abs(sum - 1) < 1e-12) }
    #expect(try score(model) > 0.75)
  }

  @Test("Under auto the network's teachers are those that plain linear heads would choose")
  func automaticGate() throws {
    let view = cohort.training(training, unlabelled: Set(training[45...]))
    let context = FitContext(
      streams: RandomStreams(seed: 7, prefix: "repeat=0/fold=0"), gate: "auto")
    let model = try PipelineLearner(
      name: "paper", configuration: .network(configuration("paper"))
    ).fit(view, context)
    let record = try #require(model.record).distillation
    let linear = try LinearDistillation(view, context).evidence(for: .automatic)
    #expect(record == linear.map { DistillationRule.automatic.decision(on: $0).record($0) })
    #expect(record.contains { $0.student == "weak" && $0.decision == "distil" })
    #expect(try score(model) > 0.6)
  }

  @Test("Pure noise stays at chance")
  func noise() throws {
    var scores: [Double] = []
    for seed in 1...3 {
      let noise = MadeUpCohort(
        patients: 150, signals: [("a", 10, 0), ("b", 8, 0)], seed: UInt64(seed))
      let rows = Array(0..<90)
      let model = try fitted("paper", noise.training(rows))
      let held = Array(90..<150)
      let predicted = try model.predict(noise.table.selecting(rows: held)).classes
      scores.append(accuracy(truth: held.map { noise.labels[$0] }, predicted: predicted))
    }
    // 180 predictions at chance 1/3: standard error .035.
    #expect(abs(orderedMean(scores) - 1.0 / 3) < 0.11)
  }

  @Test("The same bytes twice, alone and after other methods of the fold")
  func reproducible() throws {
    let store = SharedStore()
    let patients = cohort.table.selecting(rows: test)
    let first = try fitted("paper").predict(patients)
    _ = try fitted("gcn:weak", store: store)
    _ = try fitted("paper-no-snf", store: store)
    _ = try fitted("paper-no-balance", store: store)
    let second = try fitted("paper", store: store).predict(patients)
    #expect(first == second)
  }

  @Test("One by one equals the batch, to the bit", arguments: ["paper", "gcn:weak", "snf-gcn"])
  func rowByRow(method: String) throws {
    let model = try fitted(method) { $0.epochs = 10 }
    let batch = try model.predict(cohort.table.selecting(rows: test))
    for (position, row) in test.enumerated() {
      let alone = try model.predict(cohort.table.selecting(rows: [row]))
      #expect(Array(alone.probabilities.row(0)) == Array(batch.probabilities.row(position)))
    }
  }

  @Test("A modality that is missing at prediction is done without")
  func missing() throws {
    let model = try fitted("paper")
    let all = try model.predict(cohort.table.selecting(rows: test))
    let rest = try model.predict(
      cohort.table.selecting(rows: test).selecting(modalities: ["weak", "noise"]))
    #expect(rest != all)
    #expect(rest.probabilities.values.allSatisfy { $0.isFinite && $0 >= 0 && $0 <= 1 })
    let nothing = try model.predict(cohort.table.selecting(rows: test).selecting(modalities: []))
    for i in test.indices {
      for c in 0..<3 { #expect(abs(nothing.probabilities[i, c] - 1.0 / 3) < 1e-12) }
    }
  }

  @Test("Unlabelled patients take part; ignoring them changes the answer")
  func unlabelled() throws {
    let patients = cohort.table.selecting(rows: test)
    let hidden = Set(training.filter { $0 % 2 == 0 })
    let with = try fitted("paper", cohort.training(training, unlabelled: hidden))
    let without = try fitted("paper", cohort.training(training.filter { !hidden.contains($0) }))
    #expect(try with.predict(patients) != without.predict(patients))
    #expect(try score(with) > 0.6)
  }

  @Test("In transductive mode the answer comes from the patients' place in the graph")
  func transductive() throws {
    let view = cohort.training(training, predicted: test)
    let patients = cohort.table.selecting(rows: test)
    let inductive = try fitted("paper")
    let transductive = try fitted("paper", view)
    let answer = try transductive.predict(patients)
    #expect(try answer != inductive.predict(patients))
    #expect(try score(transductive) > 0.75)
    // Whoever asks, and with whatever features: the place in the graph answers.
    let alone = try transductive.predict(cohort.table.selecting(rows: [test[4]]))
    #expect(Array(alone.probabilities.row(0)) == Array(answer.probabilities.row(4)))
    // Out-of-fold signals know nothing of patients to be predicted.
    let (a, b) = (inductive.record, transductive.record)
    #expect(a?.modalities.map(\.informativeness) == b?.modalities.map(\.informativeness))
    #expect(a?.distillation == b?.distillation)
  }

  @Test(
    "Odd cohorts: one modality, two classes, a rare class, hardly measured or constant modalities")
  func oddCohorts() throws {
    // Both classes can be told apart without error.
    let single = MadeUpCohort(patients: 160, classes: 2, signals: [("only", 8, 1)], seed: 2)
    let rows = Array(0..<45)
    let model = try fitted("paper", single.training(rows))
    #expect(model.record?.distillation.isEmpty == true)
    #expect(model.record?.modalities.first?.emphasis == 1)
    let held = Array(45..<160)
    let predicted = try model.predict(single.table.selecting(rows: held)).classes
    #expect(accuracy(truth: held.map { single.labels[$0] }, predicted: predicted) > 0.9)

    let rare = MadeUpCohort(
      patients: 60, signals: [("good", 8, 1), ("sparse", 6, 1)], missing: ["sparse": 0.93])
    // All but two patients of class 2 are of class 0.
    var seen = 0
    let labels = rare.labels.map { label -> Int in
      guard label == 2 else { return label }
      seen += 1
      return seen <= 2 ? 2 : 0
    }
    for method in ["paper", "snf-gcn", "gcn:sparse"] {
      let fitted = try fitted(method, rare.training(Array(0..<60), labels: labels))
      let answer = try fitted.predict(rare.table)
      #expect(answer.probabilities.values.allSatisfy { $0.isFinite && $0 >= 0 })
      if method == "paper" {
        #expect(fitted.record?.notes.count == 1)
        #expect(fitted.record?.distillation.allSatisfy { $0.decision == "no" } == true)
      }
    }
  }

  @Test("Errors say what is missing")
  func errors() throws {
    #expect(throws: LearningError.self) { try fitted("gcn:proteins") }
    let oneClass = cohort.training(training, unlabelled: Set(training.filter { $0 % 3 > 0 }))
    do {
      _ = try fitted("paper", oneClass)
      Issue.record("a single class was accepted")
    } catch let error as LearningError {
      #expect(error.code == .singleClass)
    }
  }
}
