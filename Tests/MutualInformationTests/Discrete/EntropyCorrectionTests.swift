import LinearAlgebra
import MutualInformation
import Testing
import _TestSupport

@Suite("Corrections of discrete entropy and information")
struct EntropyCorrectionTests {
  @Test("Chao and Shen by an independent program, and where coverage is none or full")
  func formula() {
    for (counts, expected) in [
      ([4, 2, 3, 0, 2, 4, 0, 0, 2, 1, 1], 2.201137101279585), ([1, 1, 1], 2.460486508261295),
      ([2, 1, 1], 1.7632402412585326), ([5], 0), ([1], 0), ([], 0), ([0, 7], 0),
    ] {
      #expect(abs(chaoShenEntropy(counts: counts) - expected) <= 1e-12)
      #expect(EntropyCorrection.chaoShen.entropy(counts: counts) == chaoShenEntropy(counts: counts))
    }
    // With many rows of each class all corrections agree: the coin has ln 2.
    for correction in EntropyCorrection.allCases {
      #expect(abs(correction.entropy(counts: [500_000, 500_000]) - 0.6931471805599453) < 1e-5)
    }
  }

  @Test("Fifty rows of a hundred even classes: only Chao and Shen come near ln 100")
  func undersampled() {
    func mean(_ correction: EntropyCorrection) -> Double {
      meanOverSeeds(50) { seed in
        var stream = RandomStream(seed: seed)
        var counts = [Int](repeating: 0, count: 100)
        for _ in 0..<50 { counts[stream.below(100)] += 1 }
        return correction.entropy(counts: counts)
      }
    }
    let truth = logarithm(100)
    #expect(abs(mean(.chaoShen) - truth) < 0.1)
    #expect(mean(.millerMadow) < truth - 0.3)
    #expect(mean(.plugIn) < mean(.millerMadow))
  }

  @Test("Independent classes, half a row a cell: the default is nearer to 0 than either rival")
  func independent() {
    func mean(_ value: (ContingencyTable) -> Double) -> Double {
      meanOverSeeds(50) { seed in
        var stream = RandomStream(seed: seed)
        let (a, b) = (
          (0..<60).map { _ in stream.below(11) }, (0..<60).map { _ in stream.below(11) }
        )
        return value(ContingencyTable(a, b))
      }
    }
    let suited = mean { $0.information($0.suitedCorrection) }
    #expect(abs(suited) < 0.35)
    #expect(mean { $0.information(.millerMadow) } > 0.5)
    #expect(mean { $0.information(.plugIn) } > 0.8)
  }

  @Test("Two rows a cell decide; the estimator follows, warns, and can be told otherwise")
  func choice() throws {
    let few = (0..<20).map { $0 % 4 }
    let shifted = (0..<20).map { $0 / 5 }
    let table = ContingencyTable(few, shifted)
    #expect(table.suitedCorrection == .chaoShen)
    #expect(ContingencyTable(few + few, shifted + shifted).suitedCorrection == .millerMadow)
    let estimate = try DiscreteEstimator().estimate(.classes(few), .classes(shifted))
    #expect(estimate.information == table.information(.chaoShen) && estimate.warnings.isEmpty)
    for correction in EntropyCorrection.allCases {
      let told = try DiscreteEstimator(correction: correction)
        .estimate(.classes(few), .classes(shifted))
      #expect(told.information == table.information(correction))
    }
    let codes = Array(0..<20)
    let rough = try DiscreteEstimator().estimate(.classes(codes), .classes(few))
    #expect(rough.warnings.count == 1 && rough.information.isFinite)
  }

  @Test("As many classes as rows take no more memory than rows")
  func manyClasses() throws {
    let codes = Array(0..<100_000)
    let table = ContingencyTable(codes, codes.reversed())
    #expect(table.cells.count == 100_000)
    #expect(abs(table.plugIn - logarithm(100_000)) <= 1e-9)
  }
}
