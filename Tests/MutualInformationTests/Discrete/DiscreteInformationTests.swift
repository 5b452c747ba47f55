import LinearAlgebra
import MutualInformation
import Testing
import _TestSupport

@Suite("Discrete information")
struct DiscreteInformationTests {
  @Test("Entropy of the reference counts")
  func entropy() {
    let golden = Golden.shared["entropy"]
    let counts = golden["counts"].ints
    #expect(abs(plugInEntropy(counts: counts) - golden["plug_in"].double) <= 1e-12)
    #expect(abs(millerMadowEntropy(counts: counts) - golden["miller_madow"].double) <= 1e-12)
    #expect(plugInEntropy(counts: []) == 0 && millerMadowEntropy(counts: [0, 5]) == 0)
  }

  @Test("Exclusive or, and copies", arguments: ["xor", "copy"])
  func interaction(kind: String) {
    let golden = Golden.shared["interaction_information", kind]
    let first = [0, 0, 1, 1]
    let second = kind == "xor" ? [0, 1, 0, 1] : first
    let target = kind == "xor" ? [0, 1, 1, 0] : first
    let result = InteractionInformation(first, second, target: target)
    #expect(abs(result.first - golden["I1"].double) <= 1e-12)
    #expect(abs(result.second - golden["I2"].double) <= 1e-12)
    #expect(abs(result.joint - golden["I12"].double) <= 1e-12)
    #expect(abs(result.coInformation - golden["coI"].double) <= 1e-12)
    #expect(abs(result.minimumSynergy - (kind == "xor" ? 0.6931471805599453 : 0)) <= 1e-12)
    #expect(abs(result.minimumRedundancy - (kind == "xor" ? 0 : 0.6931471805599453)) <= 1e-12)
  }

  @Test("Information is the difference of entropies; unlabelled rows are left out")
  func identity() {
    var stream = RandomStream(seed: 4)
    let a = (0..<300).map { row in stream.below(4) - (row % 50 == 0 ? 10 : 0) }
    let b = a.map { max($0, 0) / 2 + stream.below(2) }
    let kept = a.indices.filter { a[$0] >= 0 }
    func counts(_ values: [Int]) -> [Int] {
      (0...8).map { level in kept.count { values[$0] == level } }
    }
    let joint = (0..<64).map { code in kept.count { a[$0] * 8 + b[$0] == code } }
    let expected =
      plugInEntropy(counts: counts(a)) + plugInEntropy(counts: counts(b))
      - plugInEntropy(counts: joint)
    let table = ContingencyTable(a, b)
    #expect(abs(table.plugIn - expected) <= 1e-12)
    #expect(table.total == kept.count)
    let corrected =
      millerMadowEntropy(counts: counts(a)) + millerMadowEntropy(counts: counts(b))
      - millerMadowEntropy(counts: joint)
    #expect(abs(table.information(.millerMadow) - corrected) <= 1e-12)
    #expect(abs(ContingencyTable(b, a).plugIn - table.plugIn) <= 1e-12)
  }

  @Test("The default's signal: corrected and normalised")
  func signal() {
    let labels = (0..<40).map { $0 % 2 }
    // A 2 × 2 table: ln 2 less 1/(2 · 40).
    let perfect = correctedPlugInInformation(predicted: labels, labels: labels)
    #expect(abs(perfect - (0.6931471805599453 - 1.0 / 80)) <= 1e-12)
    #expect(
      abs(
        normalizedPlugInInformation(predicted: labels, labels: labels) - perfect
          / 0.6931471805599453) <= 1e-12)
    let constant = [Int](repeating: 1, count: 40)
    #expect(correctedPlugInInformation(predicted: constant, labels: labels) == 0)
    #expect(normalizedPlugInInformation(predicted: labels, labels: constant) == 0)
    // Under independence the plain plug-in is positive, the corrected one near 0.
    let mean = meanOverSeeds(100) { seed in
      var stream = RandomStream(seed: seed)
      let a = (0..<60).map { _ in stream.below(3) }
      let b = (0..<60).map { _ in stream.below(3) }
      let table = ContingencyTable(a, b)
      return table.plugIn - 4.0 / 120
    }
    #expect(abs(mean) < 0.01)
  }
}
