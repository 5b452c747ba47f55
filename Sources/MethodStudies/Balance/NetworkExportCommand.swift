import ArgumentParser
import Cohort
import Foundation
import Learning
import LinearAlgebra
import NeuralNetwork
import Study

/// `network-export`: a joint network before training, what it is trained on, and its losses in
/// training, for a check by another program.
struct NetworkExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "network-export",
    abstract: "Initial weights, inputs and losses of a network without dropout, as JSON.")

  @Argument(help: "Cohort folder or demo:NAME; its first fold is taken.")
  var cohort: String

  @Option(help: "A balancer's method (default: equal-weights).")
  var method = "equal-weights"

  @Option(help: "Steps of training (default: 50).")
  var steps = 50

  @Option(help: "Seed of all random streams (default: 1).")
  var seed: UInt64 = 1

  @Option(help: "The file.")
  var out: String

  func run() throws {
    guard let configuration = RelationalNetworkConfiguration(method: method),
      let balanced = BalancedMethod(name: method)
    else { throw ValidationError("there is no balancer \(method)") }
    var options = StudyOptions(methods: [method])
    options.seed = seed
    let plan = try StudyPlan(
      cohort: try readCohort(CohortRequest(cohort)).cohort, options: options)
    let material = plan.material(of: plan.fits[0])
    let setting = try NetworkSetting(
      method, material.training, FitContext(streams: material.streams), configuration)
    let guidance = try NetworkGuidance(setting)
    let export = NetworkExport(
      setting, balancer: balanced.balancer.balancer(setting, guidance), stepCount: steps)
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    try encoder.encode(export).write(to: URL(fileURLWithPath: out))
  }
}

/// What `network-export` writes.
struct NetworkExport: Encodable {
  /// x W + b; W row by row.
  struct Map: Encodable {
    let weights: [[Double]]
    let bias: [Double]

    init(_ map: AffineMap) {
      weights = rows(map.weights)
      bias = map.bias.values
    }
  }

  /// One modality.
  struct Branch: Encodable {
    let name: String
    /// Preprocessed, patients × features.
    let features: [[Double]]
    let isMeasured: [Bool]
    /// Â_r, each as row, column, value of its entries.
    let relations: [[[Double]]]
    /// Encoder layers in order, then the own head.
    let layers: [Map]
    let head: Map
  }

  /// Constants of the optimiser.
  struct Descent: Encodable {
    let kind: String
    let learningRate: Double
    let weightDecay: Double
    let gradientLimit: Double
  }

  let method: String
  let isLinear: Bool
  let descent: Descent
  let classCount: Int
  /// Class of each patient, -1 where the losses see none.
  let labels: [Int]
  let branches: [Branch]
  let fusedHead: Map
  /// L_f and every L_m before each step, and after the last.
  let losses: [[Double]]

  init(_ setting: NetworkSetting, balancer: any Balancer, stepCount: Int) {
    let configuration = setting.configuration
    let (graph, start) = (setting.graph, setting.freshNetwork)
    method = configuration.balancer.rawValue
    isLinear = configuration.backbone == .linear
    descent = Descent(
      kind: configuration.optimization.rawValue,
      learningRate: configuration.optimization == .adam
        ? configuration.learningRate : configuration.momentumLearningRate,
      weightDecay: configuration.weightDecay, gradientLimit: configuration.gradientLimit)
    classCount = setting.training.classCount
    labels = setting.labels.labels
    branches = graph.names.indices.map { m in
      let (input, branch) = (graph.branches[m], start.branches[m])
      let width = input.gathered.columnCount / (input.relations.count + 1)
      let own = (input.gathered.columnCount - width)..<input.gathered.columnCount
      return Branch(
        name: graph.names[m], features: rows(input.gathered.selecting(columns: Array(own))),
        isMeasured: input.isMeasured, relations: input.relations.map { entries($0.matrix) },
        layers: ([branch.first] + [branch.second].compactMap { $0 }).map { Map($0.map) },
        head: Map(branch.head))
    }
    fusedHead = Map(start.head)

    let emphasis = NetworkEmphasis.uniform(graph.branches.map(\.isMeasured))
    var balancer = balancer
    var recording = JointRecording(
      start, graph.branches, names: graph.names, labels: setting.labels, emphasis: emphasis,
      teaching: graph.names.map { _ in nil }, configuration: configuration)
    var optimizer = TapeOptimizer(
      recording.leaves, configuration.descent, gradientLimit: configuration.gradientLimit,
      on: recording.tape)
    var losses: [[Double]] = []
    for step in 0..<stepCount {
      recording.tape.evaluate(dropout: nil)
      losses.append([recording.fusedLossValue] + recording.ownLossValues)
      let gradients = balancer.gradients(
        JointStep(
          epoch: step, epochCount: stepCount, recording: recording, labels: setting.labels,
          emphasis: emphasis, isMeasured: graph.branches.map(\.isMeasured),
          streams: setting.context.streams.scoped("network-export/step=\(step)")))
      optimizer.step(gradients, on: &recording)
    }
    recording.tape.evaluate(dropout: nil)
    losses.append([recording.fusedLossValue] + recording.ownLossValues)
    self.losses = losses
  }
}

private func rows(_ matrix: Matrix) -> [[Double]] {
  (0..<matrix.rowCount).map { Array(matrix.row($0)) }
}

private func entries(_ matrix: SparseMatrix) -> [[Double]] {
  (0..<matrix.rowCount).flatMap { i in
    (matrix.rowOffsets[i]..<matrix.rowOffsets[i + 1]).map { p in
      [Double(i), Double(matrix.columns[p]), matrix.weights[p]]
    }
  }
}
