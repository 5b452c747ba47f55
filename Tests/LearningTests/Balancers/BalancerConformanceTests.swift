import Cohort
import Evaluation
import Learning
import LinearAlgebra
import NeuralNetwork
import Testing

/// What every balancer must do, on both backbones.
@Suite("Balancers in training")
struct BalancerConformanceTests {
  /// The weak modality is missing for some, the rare one for nearly all.
  private static let cohort = MadeUpCohort(
    patients: 110,
    signals: [("weak", 10, 0.4), ("strong", 12, 0.9), ("rare", 6, 0.5)],
    missing: ["weak": 0.2, "rare": 0.9])
  private static let training = Array(0..<80)
  private static let test = Array(80..<110)

  private func fitted(
    _ method: BalancedMethod, _ view: TrainingView, epochs: Int = 40,
    _ change: (inout RelationalNetworkConfiguration) -> Void = { _ in }
  ) throws -> any FittedLearner {
    var configuration = try #require(RelationalNetworkConfiguration(method: method.name))
    configuration.hiddenWidth = 12
    configuration.epochs = epochs
    configuration.signalEpochs = 15
    configuration.learningRate = 1e-2
    change(&configuration)
    return try PipelineLearner(name: method.name, configuration: .network(configuration))
      .fit(view, FitContext(streams: RandomStreams(seed: 5, prefix: "fold")))
  }

  private func probabilities(
    _ method: BalancedMethod, _ cohort: MadeUpCohort, _ view: TrainingView, epochs: Int = 40,
    _ change: (inout RelationalNetworkConfiguration) -> Void = { _ in }
  ) throws -> Matrix {
    try fitted(method, view, epochs: epochs, change)
      .predict(cohort.table.selecting(rows: Self.test)).probabilities
  }

  @Test("Learns what there is to learn, with modalities missing", arguments: BalancedMethod.all)
  func signal(method: BalancedMethod) throws {
    let model = try fitted(method, Self.cohort.training(Self.training))
    let predictions = try model.predict(Self.cohort.table.selecting(rows: Self.test))
    for sum in predictions.probabilities.rowSums() { #expect(abs(sum - 1) < 1e-12) }
    let truth = Self.test.map { Self.cohort.labels[$0] }
    // Chance is a third, with a standard error of .09.
    #expect(macroF1(truth: truth, predicted: predictions.classes, classCount: 3) > 0.6)
  }

  @Test("The same bytes twice", arguments: BalancedMethod.all)
  func reproducible(method: BalancedMethod) throws {
    let view = Self.cohort.training(Self.training)
    let first = try probabilities(method, Self.cohort, view, epochs: 6)
    #expect(try probabilities(method, Self.cohort, view, epochs: 6) == first)
  }

  @Test("A modality that no labelled patient has is no harm", arguments: BalancedMethod.all)
  func unlabelledModality(method: BalancedMethod) throws {
    let hidden = Set(Self.training.filter(Self.hasRare))
    let view = Self.cohort.training(Self.training, unlabelled: hidden)
    let answer = try probabilities(method, Self.cohort, view, epochs: 15)
    #expect(answer.values.allSatisfy { $0.isFinite && $0 >= 0 })
  }

  private static func hasRare(_ row: Int) -> Bool {
    cohort.table.modalities.first { $0.name == "rare" }?.isMeasured[row] ?? false
  }

  @Test("A step without any labelled patient moves nothing", arguments: BalancedMethod.all)
  func emptyStep(method: BalancedMethod) throws {
    let view = Self.cohort.training(Self.training)
    var configuration = try #require(RelationalNetworkConfiguration(method: method.name))
    configuration.hiddenWidth = 6
    configuration.epochs = 5
    configuration.signalEpochs = 3
    let context = FitContext(streams: RandomStreams(seed: 5, prefix: "fold"))
    let setting = try NetworkSetting(method.name, view, context, configuration)
    var balancer = method.balancer.balancer(
      setting, try NetworkGuidance(setting))
    let inputs = setting.graph.branches
    let count = inputs[0].isMeasured.count
    let labels = LossLabels(
      [Int](repeating: -1, count: count), classCount: 3, weighting: .effectiveNumber())
    let emphasis = Matrix(rows: count, columns: 3, repeating: 1.0 / 3)
    let streams = RandomStreams(seed: 5, prefix: "empty")
    for index in 0..<balancer.stepsPerEpoch(branchCount: 3) {
      var recording = JointRecording(
        setting.freshNetwork, inputs, names: setting.graph.names, labels: labels,
        emphasis: emphasis, teaching: inputs.map { _ in nil }, configuration: configuration)
      recording.tape.evaluate(dropout: streams)
      let gradients = balancer.gradients(
        JointStep(
          epoch: 0, epochCount: 5, index: index, recording: recording, labels: labels,
          emphasis: emphasis, isMeasured: inputs.map(\.isMeasured), streams: streams))
      let parts = gradients.encoders + gradients.heads + [gradients.fusedHead]
      for tensor in parts.compactMap({ $0 }).flatMap({ $0 }) {
        #expect(tensor.values.allSatisfy { $0 == 0 })
      }
    }
  }

  @Test("A single modality leaves rivals the fused loss alone", arguments: BalancerName.allCases)
  func single(balancer: BalancerName) throws {
    guard balancer != .dynamicBalance else { return }
    let cohort = MadeUpCohort(patients: 110, signals: [("only", 8, 0.8)], seed: 2)
    let view = cohort.training(Self.training)
    for method in BalancedMethod.all where method.balancer == balancer {
      let plain = try #require(
        BalancedMethod.all.first {
          $0.balancer == .fusedOnly && $0.backbone == method.backbone
            && $0.optimization == method.optimization
        })
      #expect(
        try probabilities(method, cohort, view, epochs: 8)
          == probabilities(plain, cohort, view, epochs: 8))
    }
  }

  @Test("Each rule trains another network than the fused loss alone")
  func differences() throws {
    let view = Self.cohort.training(Self.training)
    for backbone in [RelationalNetworkConfiguration.Backbone.twoLayer, .linear] {
      let answers = try BalancedMethod.all
        .filter { $0.backbone == backbone && $0.optimization == .adam }
        .map { ($0, try probabilities($0, Self.cohort, view, epochs: 20)) }
      let plain = try #require(answers.first { $0.0.balancer == .fusedOnly }).1
      for (method, answer) in answers where method.balancer != .fusedOnly {
        #expect(answer.maximumDifference(from: plain) > 1e-6, "\(method.name)")
      }
    }
  }

  @Test("Without strength and noise a rule is the fused loss alone, to the bit")
  func strengthless() throws {
    let view = Self.cohort.training(Self.training)
    func said(
      _ name: String, _ change: (inout RelationalNetworkConfiguration) -> Void = { _ in }
    ) throws -> Matrix {
      try probabilities(
        try #require(BalancedMethod(name: name)), Self.cohort, view, epochs: 10, change)
    }
    let plain = try said("fused-only")
    #expect(try said("umt") { $0.balancerStrength = 0 } == plain)
    let noise = try said("ogm-ge") { $0.balancerStrength = 0 }
    let factors = try said("ogm-ge") { $0.addsGradientNoise = false }
    #expect(noise != plain && factors != plain && noise != factors)
    #expect(
      try said("ogm-ge") {
        $0.balancerStrength = 0
        $0.addsGradientNoise = false
      } == plain)
  }

  @Test("Few labels: training patients renew the weights, validation patients do not")
  func balanceSignals() throws {
    let view = Self.cohort.training(Self.training)
    let method = try #require(BalancedMethod(name: "dynamic-balance"))
    func trajectory(
      _ signal: RelationalNetworkConfiguration.BalanceSignal
    ) throws -> [[Double]] {
      let model = try fitted(method, view, epochs: 80) {
        $0.balanceSignal = signal
        $0.signalEpochs = 40
        // Deficits count by their proportions: it takes a while until those of training are gone.
        $0.patience = 80
      }
      return try #require(model.record).modalities.map(\.weights)
    }
    let fixed = try trajectory(.outOfFold)
    #expect(try trajectory(.validation) == fixed)
    #expect(try trajectory(.training) != fixed)
  }

  @Test("Names lead back to the method, and no other name to any")
  func names() {
    for method in BalancedMethod.all {
      #expect(BalancedMethod(name: method.name) == method)
      #expect(RelationalNetworkConfiguration(method: method.name)?.balancer == method.balancer)
    }
    #expect(Set(BalancedMethod.all.map(\.name)).count == BalancedMethod.all.count)
    for name in ["ogm", "ogm-ge-", "ogm-ge-cubic", "equal-weights-sgd"] {
      #expect(BalancedMethod(name: name) == nil)
    }
  }
}
