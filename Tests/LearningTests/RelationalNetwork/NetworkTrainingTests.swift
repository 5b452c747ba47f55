import Evaluation
import Learning
import LinearAlgebra
import NeuralNetwork
import Testing

@Suite("Training of relational networks")
struct NetworkTrainingTests {
  private var configuration: RelationalNetworkConfiguration {
    var configuration = RelationalNetworkConfiguration.paper
    configuration.hiddenWidth = 4
    return configuration
  }

  private func input(_ name: String) -> BranchInput {
    var stream = RandomStream(seed: 6, name: name)
    let ring = SparseMatrix(
      rows: (0..<8).map { [(($0 + 1) % 8, 1), (($0 + 7) % 8, 1)] }, columnCount: 8)
    let star = SparseMatrix(
      rows: (0..<8).map { i in i == 0 ? (1..<8).map { ($0, 1) } : [(0, 1)] }, columnCount: 8)
    var flags = [Bool](repeating: true, count: 8)
    flags[3] = false
    return BranchInput(
      features: stream.normalMatrix(rows: 8, columns: 3), isMeasured: flags,
      adjacencies: [ring, star], normalization: .symmetric)
  }

  private let labels = LossLabels(
    [0, 1, 2, 0, 1, 2, -1, -1], classCount: 3, weighting: .effectiveNumber())

  private func teaching() -> Teaching {
    var stream = RandomStream(seed: 6, name: "teacher")
    return Teaching(
      share: 0.4, teacher: softmaxRows(stream.normalMatrix(rows: 8, columns: 3)),
      labelledShares: [1, 0.5, 0, 1, 1, 1, 0, 0], unlabelledWeights: [0, 0, 0, 0, 0, 0, 0.7, 0.2])
  }

  @Test("Gradients of two branches, taught and plain, with fused head and dropout")
  func gradients() {
    let streams = RandomStreams(seed: 6, prefix: "network")
    var tape = Tape()
    var branches: [RecordedBranch] = []
    var terms: [Tape.Variable] = []
    for (m, name) in ["a", "b"].enumerated() {
      let input = input(name)
      let branch = NetworkBranch(
        gatheredWidth: 9, classCount: 3, configuration: configuration,
        streams: streams.scoped(name))
      let recorded = RecordedBranch(
        branch, input, name: name, configuration: configuration, on: &tape)
      let loss = BranchLoss(
        logits: recorded.logits, labels: labels, isMeasured: input.isMeasured,
        teaching: m == 0 ? teaching() : nil, temperature: 2, on: &tape)
      branches.append(recorded)
      terms.append(loss.total)
    }
    let shares = Matrix([[Double]](repeating: [0.7, 0.3], count: 8))
    let mixture = tape.rowWeightedSum(branches.map(\.embedding), weights: shares)
    let head = AffineMap(inputs: 4, outputs: 3, streams: streams.scoped("head"))
      .record(on: &tape, input: mixture)
    terms.append(
      tape.crossEntropy(
        head.output, targets: labels.targets,
        rowWeights: labels.rowWeights(isCounted: [Bool](repeating: true, count: 8))))
    let total = tape.weightedSum(terms, coefficients: [0.3, 1.2, 1])
    let leaves = branches.flatMap { $0.encoder + $0.head } + [head.weights, head.bias]
    #expect(largestGradientError(on: tape, of: total, for: leaves) < 1e-6)
    let dropout = streams.scoped("epoch=0")
    #expect(largestGradientError(on: tape, of: total, for: leaves, dropout: dropout) < 1e-6)
  }

  @Test("A teacher without share leaves plain cross-entropy, bit for bit")
  func noShare() {
    func gradient(_ teaching: Teaching?) -> [Matrix] {
      var tape = Tape()
      let branch = NetworkBranch(
        gatheredWidth: 9, classCount: 3, configuration: configuration,
        streams: RandomStreams(seed: 6, prefix: "network"))
      let recorded = RecordedBranch(
        branch, input("a"), name: "a", configuration: configuration, on: &tape)
      let loss = BranchLoss(
        logits: recorded.logits, labels: labels, isMeasured: input("a").isMeasured,
        teaching: teaching, temperature: 2, on: &tape)
      loss.setShare(0, on: &tape)
      tape.evaluate(dropout: nil)
      return tape.gradients(of: loss.total, for: recorded.encoder + recorded.head)
    }
    #expect(gradient(teaching()) == gradient(nil))
  }

  @Test("Mixed gradients do not depend on the scale of a modality's loss")
  func scale() {
    var stream = RandomStream(seed: 6, name: "gradients")
    let pairs = (0..<5).map { _ in
      (stream.normalMatrix(rows: 3, columns: 2), stream.normalMatrix(rows: 3, columns: 2))
    }
    func mixed(_ factor: Double) -> [Matrix] {
      var mixer = BalancedGradient(normalizes: true)
      return pairs.flatMap { fused, own in
        mixer.mixed(fused: [fused], own: [factor * own], weight: 1.4, annealing: 0.6)
      }
    }
    for (a, b) in zip(mixed(1), mixed(50)) { #expect(a.maximumDifference(from: b) < 1e-9) }
  }

  @Test("A conflicting own gradient loses its part along the fused one; weight 0 leaves the latter")
  func conflict() {
    let fused = Matrix([[1, 0]])
    let own = Matrix([[-1, 1]])
    var mixer = BalancedGradient(normalizes: false)
    let mixed = mixer.mixed(fused: [fused], own: [own], weight: 2, annealing: 0.5)
    #expect(mixed == [Matrix([[1, 1]])])
    var agreeing = BalancedGradient(normalizes: false)
    #expect(
      agreeing.mixed(fused: [fused], own: [Matrix([[1, 1]])], weight: 2, annealing: 0.5)
        == [Matrix([[2, 1]])])
    var silent = BalancedGradient(normalizes: true)
    #expect(silent.mixed(fused: [fused], own: [own], weight: 0, annealing: 1) == [fused])
    var alone = BalancedGradient(normalizes: true)
    #expect(
      alone.mixed(fused: [Matrix([[0, 0]])], own: [own], weight: 2, annealing: 1)
        == [Matrix([[-2, 2]])])
    #expect(BalancedGradient.stepFactor(0.1) == 0.25 && BalancedGradient.stepFactor(9) == 4)
  }

  @Test("Weights lift the weak informative modality, keep noise at its floor, and their sum")
  func weights() {
    let signals = [
      ModalitySignal(macroF1: 0.5, labelInformation: 0.4, uniqueInformation: 0.1),
      ModalitySignal(macroF1: 0.8, labelInformation: 0.8, uniqueInformation: 0.3),
      ModalitySignal(macroF1: 0.2, labelInformation: -0.1, uniqueInformation: 0),
    ]
    var weights = GuidedWeights(
      signals, labelEntropy: 1.1, followsLooks: true, configuration: .paper)
    weights.renew(macroF1: [0.5, 0.8, 0.2], isWarm: false)
    #expect(weights.weights == [1, 1, 1])
    for _ in 0..<40 { weights.renew(macroF1: [0.5, 0.8, nil], isWarm: true) }
    #expect(weights.weights[0] > 1.2 && weights.weights[2] < 0.16)
    #expect(abs(weights.weights.reduce(0, +) - 3) < 1e-12)
    #expect(weights.trajectory.allSatisfy { $0.count == 41 })
  }
}
