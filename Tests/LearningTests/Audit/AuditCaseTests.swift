import Cohort
import Evaluation
import Learning
import LinearAlgebra
import Testing

/// Odd cohorts, invariances and leaks.
@Suite("Audit: cases")
struct AuditCaseTests {
  private func made(
    _ patients: Int = 120, classes: Int = 2, shift: Double = 1.8
  ) -> AuditedCohort {
    var made = AuditedCohort(patients: patients, classes: classes)
    made.addInformative("strong", shift: shift)
    made.addInformative("weak", columns: 6, shift: 0.8)
    made.addNoise("noise", columns: 3)
    return made
  }

  private func everyNumber(_ found: AuditAnalysis) -> [Double] {
    let estimates =
      [found.together] + found.modalities.flatMap { [$0.information, $0.adds].compactMap { $0 } }
      + found.pairs.flatMap {
        [$0.informationA, $0.informationB, $0.informationBoth, $0.coInformation]
      }
    return estimates.flatMap {
      [$0.estimate, $0.interval?.lower, $0.interval?.upper, $0.standardError, $0.p, $0.pHolm]
        .compactMap { $0 }
    } + found.modalities.compactMap(\.detectable)
  }

  @Test("Patients who lack a modality take part with the others")
  func missingRows() throws {
    var cohort = made(160, shift: 2.4)
    cohort.hide("strong", tenths: 4)
    cohort.hide("weak", tenths: 2)
    let found = try cohort.analysis()
    #expect(found.modality("strong")?.information.n == 96)
    #expect(found.modality("strong")?.adds?.n == 96)
    #expect(found.modality("weak")?.information.n == 128)
    #expect(found.together.n == 160)
    #expect(found.pair("strong", "weak")?.coInformation.n == 96)
    #expect(found.modality("strong")?.adds?.isAboveZero == true)
    #expect(everyNumber(found).allSatisfy { $0.isFinite })
  }

  @Test("Unlabelled patients are not measured on; left out, they change nothing")
  func unlabelled() throws {
    var cohort = made(160)
    for i in 120..<160 { cohort.labels[i] = -1 }
    let used = try cohort.analysis()
    #expect(used.together.n == 120)
    let ignored = try cohort.analysis(unlabelled: .ignore)
    var small = cohort
    small.labels = Array(cohort.labels[0..<120])
    small.modalities = cohort.modalities.map { name, values in
      (name, values.selecting(rows: Array(0..<120)))
    }
    let without = try small.analysis()
    #expect(everyNumber(ignored) == everyNumber(without))
    #expect(everyNumber(ignored) != everyNumber(used))
    #expect(ignored.distillation == without.distillation)
  }

  @Test("One modality has nothing to be compared with")
  func oneModality() throws {
    var cohort = AuditedCohort(patients: 80)
    cohort.addInformative("only", shift: 2)
    let found = try cohort.analysis()
    #expect(found.modalities.count == 1)
    #expect(found.modalities[0].adds == nil)
    #expect(found.modalities[0].information.isAboveZero)
    #expect(found.modalities[0].information.estimate == found.together.estimate)
    #expect(found.pairs.isEmpty && found.distillation.isEmpty)
  }

  @Test("A constant modality tells exactly nothing, and a note says why")
  func constantModality() throws {
    var cohort = made()
    cohort.add("constant", Matrix(rows: 120, columns: 2, repeating: 7))
    let found = try cohort.analysis()
    let constant = try #require(found.modality("constant"))
    #expect(constant.information.estimate == 0)
    #expect(constant.information.p == 1)
    let added = try #require(constant.adds?.estimate)
    #expect(abs(added) < 0.01)
    #expect(found.notes.contains { $0.hasPrefix("constant is dropped") })
  }

  @Test("A modality with a handful of patients is not judged")
  func insufficientModality() throws {
    var cohort = made()
    var few = cohort.noise(2)
    for i in 8..<120 { for j in 0..<2 { few[i, j] = .nan } }
    cohort.add("few", few)
    let found = try cohort.analysis()
    let modality = try #require(found.modality("few"))
    #expect(modality.insufficient)
    #expect(modality.information.estimate == nil && modality.adds == nil)
    #expect(found.pair("strong", "few") == nil)
    #expect(everyNumber(found).allSatisfy { $0.isFinite })
  }

  @Test("A class with two patients leaves every number finite")
  func rareClass() throws {
    var cohort = made(122)
    cohort.labels[120] = 2
    cohort.labels[121] = 2
    let found = try cohort.analysis(repeats: 2)
    #expect(everyNumber(found).allSatisfy { $0.isFinite })
    #expect(found.modality("strong")?.information.isAboveZero == true)
  }

  @Test("Clinical columns: what they tell, and what assays add to them")
  func clinical() throws {
    var cohort = made(200)
    let values = cohort.modalities[0].values
    cohort.covariates = [
      Covariate(name: "marker", values: .numeric((0..<200).map { values[$0, 0] }))
    ]
    let informative = try #require(try cohort.analysis().clinical)
    #expect(informative.columns == ["marker"])
    #expect(informative.information.isAboveZero)
    cohort.modalities = [cohort.modalities[0]]
    let copied = try #require(try cohort.analysis().clinical)
    #expect(!copied.modalitiesAdd.isAboveZero)
    cohort.covariates = [
      Covariate(name: "site", values: .categorical((0..<200).map { "\($0 / 2 % 3)" }))
    ]
    let idle = try #require(try cohort.analysis().clinical)
    #expect(!idle.information.isAboveZero)
    #expect(idle.modalitiesAdd.isAboveZero)
  }

  @Test("Labels are permuted within groups, and not at all where groups leave nothing to exchange")
  func groups() throws {
    var cohort = made(120)
    cohort.groups = (0..<120).map { "family \($0 / 4)" }
    let mixed = try cohort.analysis()
    #expect(mixed.modality("strong")?.information.isAboveZero == true)
    cohort.groups = (0..<120).map { "\($0 % 2) \($0 / 8)" }
    let pure = try cohort.analysis()
    #expect(pure.modality("strong")?.information.p == nil)
    #expect(pure.modality("strong")?.information.isAboveZero == false)
    #expect(pure.modality("strong")?.information.interval != nil)
  }

  @Test("Scale, shift and order of columns do not matter")
  func invariance() throws {
    let cohort = made()
    var other = cohort
    for m in other.modalities.indices {
      let values = cohort.modalities[m].values
      let last = values.columnCount - 1
      for i in 0..<120 {
        for j in 0...last { other.modalities[m].values[i, last - j] = 4 * values[i, j] - 16 }
      }
    }
    for (a, b) in zip(everyNumber(try cohort.analysis()), everyNumber(try other.analysis())) {
      // Heads are converged to a gradient of 1e-5, from other starting bits.
      #expect(abs(a - b) < 1e-4)
    }
  }

  @Test("Threads change no bit")
  func threads() throws {
    var cohort = made()
    cohort.hide("weak", tenths: 3)
    let one = try cohort.analysis(repeats: 2, threads: 1)
    let three = try cohort.analysis(repeats: 2, threads: 3)
    #expect(everyNumber(one) == everyNumber(three))
    #expect(one.modalities == three.modalities)
    #expect(one.distillation == three.distillation)
  }

  @Test("A fold's evidence does not know the labels of its tested patients")
  func leak() throws {
    let cohort = made()
    let folds = try cohort.design().folds
    var flipped = cohort
    let tested = folds.testRows(repeat: 0, fold: 0)
    for row in tested { flipped.labels[row] = 1 - cohort.labels[row] }
    let questions: [AuditQuestion] = [.alone(0), .together, .without(1), .both(0, 2)]
    var honest = try FoldEvidence(cohort.design(folds: folds), repeat: 0, fold: 0)
    var lied = try FoldEvidence(flipped.design(folds: folds), repeat: 0, fold: 0)
    #expect(honest.testRows == tested)
    for question in questions {
      let (a, b) = (try honest.answer(question), try lied.answer(question))
      #expect(a.positions.count == tested.count)
      #expect(a.ratios == b.ratios)
    }
    // And it does know those of the others.
    let other = try #require(folds.testRows(repeat: 0, fold: 1).first)
    flipped = cohort
    flipped.labels[other] = 1 - cohort.labels[other]
    var changed = try FoldEvidence(flipped.design(folds: folds), repeat: 0, fold: 0)
    #expect(try changed.answer(.alone(0)).ratios != honest.answer(.alone(0)).ratios)
  }
}
