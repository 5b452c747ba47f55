import Evaluation
import Learning
import LinearAlgebra
import Testing

/// Cohorts whose truth is known: what the audit must see, and what it must not.
@Suite("Audit: known truth")
struct AuditTruthTests {
  /// Mutual information of two equally frequent classes with N(0, 1) against N(shift, 1), by the
  /// trapezoid rule; converges faster than any power of the step for such integrands.
  private func truth(shift: Double) -> Double {
    let step = 0.01
    var sum = 0.0
    var x = -12.0
    while x < 12 + shift {
      let a = exponential(-0.5 * x * x)
      let b = exponential(-0.5 * (x - shift) * (x - shift))
      let mean = 0.5 * (a + b)
      if a > 0 { sum += 0.5 * a * logarithm(a / mean) }
      if b > 0 { sum += 0.5 * b * logarithm(b / mean) }
      x += step
    }
    return sum * step / (2 * Double.pi).squareRoot()
  }

  @Test("An informative modality tells what it tells, its copy adds nothing, noise nothing")
  func informativeCopyNoise() throws {
    var made = AuditedCohort(patients: 240)
    made.addInformative("signal", shift: 2)
    let copy = made.noise(4)
    made.add("copy", made.modalities[0].values + 0.01 * copy)
    made.addNoise("noise")
    let found = try made.analysis(repeats: 2)
    let signal = try #require(found.modality("signal"))
    let estimate = try #require(signal.information.estimate)
    let error = try #require(signal.information.standardError)
    // A lower bound, fitted on 192 patients: below the truth but for chance, and not far below.
    #expect(estimate < truth(shift: 2) + 3 * error)
    #expect(estimate > truth(shift: 2) - 3 * error - 0.05)
    #expect(signal.information.isAboveZero)
    for name in ["signal", "copy"] {
      let adds = try #require(found.modality(name)?.adds)
      #expect(!adds.isAboveZero)
      let added = try #require(adds.estimate)
      #expect(abs(added) < 0.02)
    }
    let noise = try #require(found.modality("noise"))
    #expect(!noise.information.isAboveZero)
    #expect(noise.adds?.isAboveZero == false)
    let redundant = try #require(found.pair("signal", "copy"))
    #expect(redundant.verdict == .redundant)
    // Two copies: co-information is what either tells.
    let shared = try #require(redundant.coInformation.estimate)
    #expect(abs(shared - estimate) < 0.02)
    let synergy = try #require(redundant.minimumSynergy)
    #expect(abs(synergy) < 0.02)
    #expect(found.pair("signal", "noise")?.verdict == .notTold)
    #expect(abs(found.labelEntropy - logarithm(2)) < 1e-12)
  }

  @Test("Two independent sources each add")
  func complementary() throws {
    var made = AuditedCohort(patients: 240)
    made.addInformative("first", shift: 1.6)
    made.addInformative("second", shift: 1.6)
    let found = try made.analysis()
    for name in ["first", "second"] {
      #expect(found.modality(name)?.adds?.isAboveZero == true, "\(name)")
    }
    let together = try #require(found.together.estimate)
    for name in ["first", "second"] {
      #expect(together > (found.modality(name)?.information.estimate ?? 1))
    }
  }

  @Test("A modality that only measures another one's noise adds, though it tells nothing alone")
  func suppressor() throws {
    var made = AuditedCohort(patients: 240)
    let shared = made.noise(1)
    let small = made.noise(2)
    var (signal, background) = (Matrix(rows: 240, columns: 1), Matrix(rows: 240, columns: 1))
    for i in 0..<240 {
      signal[i, 0] = Double(made.labels[i]) + 2 * shared[i, 0] + 0.3 * small[i, 0]
      background[i, 0] = 2 * shared[i, 0] + 0.3 * small[i, 1]
    }
    made.add("signal", signal)
    made.add("background", background)
    let found = try made.analysis()
    let background2 = try #require(found.modality("background"))
    #expect(!background2.information.isAboveZero)
    #expect(background2.adds?.isAboveZero == true)
    #expect(found.pair("signal", "background")?.verdict == .synergistic)
  }

  @Test("An exclusive-or of two leading components is seen, of single features it is not")
  func exclusiveOr() throws {
    var made = AuditedCohort(patients: 320)
    func signs(_ matrix: Matrix, by other: Matrix) -> Matrix {
      var result = matrix
      for i in 0..<320 {
        let isEqual = (matrix[i, 0] > 0) == (other[i, 0] > 0)
        if isEqual != (made.labels[i] == 0) { result[i, 0] = -result[i, 0] }
      }
      return result
    }
    let first = made.noise(1)
    made.add("first", first)
    made.add("second", signs(made.noise(1), by: first))
    let found = try made.analysis()
    for name in ["first", "second"] {
      let modality = try #require(found.modality(name))
      #expect(!modality.information.isAboveZero)
      #expect(modality.adds?.isAboveZero == true)
    }
    #expect(found.pair("first", "second")?.verdict == .synergistic)

    // The same hidden behind louder columns: the documented limit.
    var hidden = AuditedCohort(patients: 320)
    let loud = 5 * hidden.noise(6)
    hidden.add("first", .horizontal([loud, first]))
    hidden.add("second", .horizontal([5 * hidden.noise(6), made.modalities[1].values]))
    let unseen = try hidden.analysis()
    #expect(unseen.pair("first", "second")?.verdict == .notTold)
  }

  @Test("Neighbors see what no line does")
  func nonlinear() throws {
    var made = AuditedCohort(patients: 300)
    var ring = made.noise(2)
    for i in 0..<300 where made.labels[i] == 1 {
      for j in 0..<2 { ring[i, j] *= 4 }
    }
    made.add("ring", ring)
    let ringFound = try #require(try made.analysis().modality("ring"))
    let upper = try #require(ringFound.information.interval?.upper)
    let check = try #require(ringFound.neighbors)
    #expect(check.components == 2)
    let lower = try #require(check.information.interval?.lower)
    #expect(lower > upper)
  }

  @Test("Permuted labels give no claims")
  func permutedLabels() throws {
    for seed in UInt64(1)...6 {
      var made = AuditedCohort(patients: 120, classes: 3, seed: seed)
      made.addNoise("a", columns: 30)
      made.addNoise("b", columns: 8)
      made.addNoise("c", columns: 2)
      made.hide("b", tenths: 3)
      let found = try made.analysis(seed: seed)
      #expect(!found.together.isAboveZero)
      for modality in found.modalities {
        #expect(!modality.information.isAboveZero, "\(modality.name), seed \(seed)")
        #expect(modality.adds?.isAboveZero == false, "\(modality.name), seed \(seed)")
      }
    }
  }
}
