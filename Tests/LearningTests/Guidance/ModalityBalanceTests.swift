import Learning
import LinearAlgebra
import Testing
import _TestSupport

@Suite struct ModalityBalanceTests {
  private static func signals(_ f: [Double], _ i: [Double], _ u: [Double]) -> [ModalitySignal] {
    f.indices.map {
      ModalitySignal(macroF1: f[$0], labelInformation: i[$0], uniqueInformation: u[$0])
    }
  }

  private static func randomSignals(_ stream: inout RandomStream, entropy: Double)
    -> [ModalitySignal]
  {
    (0..<(2 + stream.below(4))).map { _ in
      let information = stream.uniform() < 0.2 ? 0 : stream.uniform() * entropy
      return ModalitySignal(
        macroF1: stream.uniform(), labelInformation: information,
        uniqueInformation: information * stream.uniform())
    }
  }

  private static func largestDifference(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).map { abs($0 - $1) }.max() ?? 0
  }

  @Test func goldenCases() {
    let golden = Golden.shared["balancer"]
    let balance = ModalityBalance(
      temperature: golden["tau"].double, floorShare: golden["phi"].double,
      deficitFloor: golden["d0"].double, informationFloor: golden["v0"].double,
      uniqueShare: golden["rho"].double)
    #expect(balance == ModalityBalance())
    let cases = golden["cases"].items
    #expect(cases.count == 5)
    for one in cases {
      let weights = balance.weights(
        Self.signals(one["F"].doubles, one["I"].doubles, one["U"].doubles),
        labelEntropy: golden["H"].double)
      #expect(Self.largestDifference(weights, one["w"].doubles) < 1e-12)
    }
  }

  @Test func propertiesOnRandomSignals() {
    var stream = RandomStream(seed: 1, name: "balance/properties")
    let balance = ModalityBalance()
    let entropy = 1.3
    for _ in 0..<500 {
      let signals = Self.randomSignals(&stream, entropy: entropy)
      let count = Double(signals.count)
      let floor = count * 0.05
      let weights = balance.weights(signals, labelEntropy: entropy)
      // Sum, floor and determinism.
      #expect(abs(weights.reduce(0, +) - count) < 1e-12)
      #expect(weights.allSatisfy { $0 >= floor - 1e-12 })
      #expect(weights == balance.weights(signals, labelEntropy: entropy))
      let smoothed = ModalityBalance.smoothed(
        [Double](repeating: 1, count: signals.count), toward: weights)
      #expect(abs(smoothed.reduce(0, +) - count) < 1e-12)
      #expect(smoothed.allSatisfy { $0 >= floor - 1e-12 })
      // Permutation of modalities.
      let order = stream.permutation(signals.count)
      let permuted = balance.weights(order.map { signals[$0] }, labelEntropy: entropy)
      #expect(Self.largestDifference(permuted, order.map { weights[$0] }) < 1e-12)
      // A twin weighs the same.
      let twins = balance.weights(signals + [signals[0]], labelEntropy: entropy)
      #expect(twins[0] == twins[signals.count])
    }
  }

  @Test func noiseKeepsTheFloorAndDisturbsNobody() {
    var stream = RandomStream(seed: 1, name: "balance/noise")
    let balance = ModalityBalance()
    for _ in 0..<200 {
      var signals = Self.randomSignals(&stream, entropy: 1.3)
      signals[0] = ModalitySignal(macroF1: 0.5, labelInformation: 0.7, uniqueInformation: 0.1)
      signals[1].labelInformation = -0.01
      signals[1].uniqueInformation = -0.02
      let before = balance.weights(signals, labelEntropy: 1.3)
      #expect(abs(before[1] - Double(signals.count) * 0.05) < 1e-12)
      signals[1].macroF1 = stream.uniform()
      #expect(balance.weights(signals, labelEntropy: 1.3) == before)
    }
  }

  @Test func equalScoresAndTemperatureLimits() {
    let equal = Self.signals([0.4, 0.4, 0.4], [0.3, 0.9, 0.5], [0.1, 0.2, 0])
    #expect(
      Self.largestDifference(
        ModalityBalance().weights(equal, labelEntropy: 1.3), [1, 1, 1]) < 1e-12)
    let unequal = Self.signals([0.4, 0.6, 0.8], [0.6, 0.5, 0.9], [0.1, 0.2, 0])
    let hot = ModalityBalance(temperature: 1e9).weights(unequal, labelEntropy: 1.3)
    #expect(Self.largestDifference(hot, [1, 1, 1]) < 1e-8)
    let cold = ModalityBalance(temperature: 1e-6).weights(unequal, labelEntropy: 1.3)
    #expect(Self.largestDifference(cold, [3 * (0.85 + 0.05), 0.15, 0.15]) < 1e-12)
    let tied = ModalityBalance(temperature: 1e-6).weights(
      Self.signals([0.4, 0.4, 0.8], [0.6, 0.6, 0.9], [0.1, 0.1, 0]), labelEntropy: 1.3)
    #expect(abs(tied[0] - 3 * (0.425 + 0.05)) < 1e-12 && tied[0] == tied[1])
  }

  @Test func aWorseningModalityIsNeverHeldBack() {
    var stream = RandomStream(seed: 1, name: "balance/monotone")
    for _ in 0..<200 {
      // Modality 0 is best, modality 1 the furthest behind and fully active.
      var signals = Self.signals(
        [0.9, 0.1, 0.8], [0.9, 0.5, 0.1 + stream.uniform()], [0.1, 0.2, 0.1 * stream.uniform()])
      var last = -1.0
      for f in stride(from: 0.85, through: 0.15, by: -0.1) {
        signals[2].macroF1 = f
        let weight = ModalityBalance().weights(signals, labelEntropy: 1.3)[2]
        #expect(weight >= last - 1e-12)
        last = weight
      }
    }
  }

  @Test func degenerateInputsStayFinite() {
    let one = Self.signals([0.3], [0.4], [0])
    #expect(ModalityBalance().weights(one, labelEntropy: 1) == [1])
    let zeros = Self.signals([0, 0, 0], [0, 0, 0], [0, 0, 0])
    #expect(
      Self.largestDifference(ModalityBalance().weights(zeros, labelEntropy: 0), [1, 1, 1]) < 1e-12)
    // Mφ ≥ 1: the floor share falls to 1/(2M).
    let many = Self.signals(
      (0..<25).map { Double($0) / 25 }, [Double](repeating: 0.5, count: 25),
      [Double](repeating: 0, count: 25))
    let weights = ModalityBalance().weights(many, labelEntropy: 1)
    #expect(abs(weights.reduce(0, +) - 25) < 1e-11 && weights.allSatisfy { $0 >= 0.5 })
  }

  @Test func ablationsIgnoreWhatTheyLeaveOut() {
    let signals = Self.signals([0.3, 0.6, 0.8], [0, 0.5, 0.9], [0, 0.1, 0.3])
    var changed = signals
    for m in changed.indices { changed[m].labelInformation = 0.2 * Double(m + 1) }
    let noInformation = ModalityBalance(usesInformation: false)
    #expect(
      noInformation.weights(signals, labelEntropy: 1.3)
        == noInformation.weights(changed, labelEntropy: 1.3))
    #expect(noInformation.weights(signals, labelEntropy: 1.3)[0] > 1)
    var other = signals
    other[1].macroF1 = 0.9
    let noDeficit = ModalityBalance(usesDeficit: false)
    #expect(
      noDeficit.weights(signals, labelEntropy: 1.3) == noDeficit.weights(other, labelEntropy: 1.3))
    #expect(
      ModalityBalance().weights(signals, labelEntropy: 1.3)
        != ModalityBalance().weights(other, labelEntropy: 1.3))
  }

  @Test func annealingEndsOnTheFusedObjective() {
    let annealing = BalanceAnnealing()
    #expect(annealing.factor(epoch: 0, of: 150) == 1)
    #expect(abs(annealing.factor(epoch: 75, of: 150) - 0.55) < 1e-12)
    #expect(abs(annealing.factor(epoch: 150, of: 150) - 0.1) < 1e-12)
    #expect(annealing.factor(epoch: 400, of: 150) == annealing.factor(epoch: 150, of: 150))
    #expect(annealing.factor(epoch: 0, of: 0) == 1)
    let values = (0...150).map { annealing.factor(epoch: $0, of: 150) }
    #expect(zip(values, values.dropFirst()).allSatisfy { $0 >= $1 })
  }
}
