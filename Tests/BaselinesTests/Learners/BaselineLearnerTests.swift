import Baselines
import Cohort
import LinearAlgebra
import Testing

@Suite struct BaselineLearnerTests {
  private static let cohort = SyntheticCohort()
  private static let modalities = ["strong", "weak", "noise"]
  private static let names = BaselineMethods.names(modalities: modalities, hasCovariates: true)

  private static func context(store: SharedStore = SharedStore()) -> FitContext {
    FitContext(streams: RandomStreams(seed: 1, prefix: "repeat=0/fold=0"), store: store)
  }

  private static func learner(_ name: String) throws -> any Learner {
    try #require(
      BaselineMethods.learner(named: name, modalities: modalities, hasCovariates: true))
  }

  private static func macroRecall(_ predicted: [Int], _ truth: [Int]) -> Double {
    let recalls = Set(truth.filter { $0 >= 0 }).sorted().map { c in
      let members = truth.indices.filter { truth[$0] == c }
      return Double(members.count { predicted[$0] == c }) / Double(members.count)
    }
    return recalls.reduce(0, +) / Double(recalls.count)
  }

  @Test func namesResolveAndUnknownOnesDoNot() throws {
    #expect(Set(Self.names).count == Self.names.count)
    for name in Self.names { #expect(try Self.learner(name).name == name) }
    let expected = ["majority", "logistic:strong", "logistic-balanced:late-learned", "lda:concat"]
    for name in expected { #expect(Self.names.contains(name)) }
    for name in ["", "logistic", "logistic:", "logistic:other", "tree:strong", "majority:strong"] {
      #expect(
        BaselineMethods.learner(named: name, modalities: Self.modalities, hasCovariates: true)
          == nil)
    }
    #expect(
      BaselineMethods.learner(
        named: "lda:clinical", modalities: Self.modalities, hasCovariates: false) == nil)
  }

  @Test func bestIsTheModalityThatInnerFoldsPreferAmongThoseMeasured() throws {
    let training = Self.cohort.training(70)
    let patients = Self.cohort.patients(from: 70)
    func said(_ name: String, _ patients: PatientTable) throws -> Matrix {
      try Self.learner(name).fit(training, Self.context()).predict(patients).probabilities
    }
    let best = "logistic-balanced:best"
    #expect(try said(best, patients) == said("logistic-balanced:strong", patients))
    let without = PatientTable(
      patients: patients.patients,
      modalities: patients.modalities.filter { $0.name != "strong" })
    let rest = try said(best, without)
    let (weak, noise) = try (
      said("logistic-balanced:weak", without), said("logistic-balanced:noise", without)
    )
    // Some lack the second best as well, who have neither are not judged.
    for i in 0..<rest.rowCount where without.modalities.contains(where: { $0.isMeasured[i] }) {
      #expect(rest.row(i) == weak.row(i) || rest.row(i) == noise.row(i))
    }
    let record = try #require(try Self.learner(best).fit(training, Self.context()).record)
    let chosen = try #require(record.modalities.first { ($0.emphasis ?? 0) > 0 })
    #expect(chosen.name == "strong")
    #expect(record.modalities.allSatisfy { ($0.macroF1 ?? 0) <= (chosen.macroF1 ?? 0) })
  }

  @Test func everyMethodConforms() throws {
    let training = Self.cohort.training(70)
    let patients = Self.cohort.patients(from: 70)
    let shared = SharedStore()
    for name in Self.names {
      let fitted = try Self.learner(name).fit(training, Self.context(store: shared))
      let together = try fitted.predict(patients).probabilities
      #expect(together.rowCount == 20 && together.columnCount == 3, "\(name)")
      for sum in together.rowSums() { #expect(abs(sum - 1) < 1e-12, "\(name)") }
      #expect(together.values.allSatisfy { $0 >= 0 }, "\(name)")
      // One by one, to the bit.
      for i in 0..<20 {
        let alone = try fitted.predict(patients.selecting(rows: [i])).probabilities
        #expect(alone.row(0) == together.row(i), "\(name)")
      }
      // What others have put into the store changes nothing.
      let fresh = try Self.learner(name).fit(training, Self.context())
      #expect(try fresh.predict(patients).probabilities == together, "\(name)")
    }
  }

  @Test func informativeInputsBeatTheFloor() throws {
    let training = Self.cohort.training(70)
    let patients = Self.cohort.patients(from: 70)
    let truth = Array(Self.cohort.labels[70...])
    for name in Self.names
    where name.hasSuffix(":strong") || name.contains(":late") || name == "snf-knn" {
      let fitted = try Self.learner(name).fit(training, Self.context())
      #expect(Self.macroRecall(try fitted.predict(patients).classes, truth) > 0.7, "\(name)")
    }
    let floor = try Self.learner("majority").fit(training, Self.context())
    #expect(Set(try floor.predict(patients).classes).count == 1)
  }

  @Test func patientsToBePredictedAreNotLookedAt() throws {
    let training = Self.cohort.training(70)
    let transductive = TrainingView(
      table: Self.cohort.table, labels: Array(Self.cohort.labels[..<70]),
      classes: training.classes)
    let patients = Self.cohort.patients(from: 70)
    for name in Self.names {
      let learner = try Self.learner(name)
      let a = try learner.fit(training, Self.context()).predict(patients)
      let b = try learner.fit(transductive, Self.context()).predict(patients)
      #expect(a == b, "\(name)")
    }
  }

  @Test func missingModalitiesAreServed() throws {
    let training = Self.cohort.training(70)
    let patients = Self.cohort.patients(from: 70)
    let nothing = PatientTable(patients: patients.patients, modalities: [])
    var frequencies = [0.0, 0, 0]
    let labelled = training.labels.filter { $0 >= 0 }
    for label in labelled { frequencies[label] += 1 / Double(labelled.count) }
    for name in Self.names {
      let fitted = try Self.learner(name).fit(training, Self.context())
      let absent = try fitted.predict(nothing).probabilities
      #expect(absent.values.allSatisfy { $0.isFinite }, "\(name)")
      // Everybody the same, whatever is the same about them.
      for i in 1..<20 { #expect(absent.row(i) == absent.row(0), "\(name)") }
      if name.contains(":late") || !name.contains(":") {
        for c in 0..<3 { #expect(abs(absent[0, c] - frequencies[c]) < 1e-12, "\(name)") }
      }
      // A modality absent from the table is the same as one not measured.
      let strong = try fitted.predict(patients.selecting(modalities: ["strong"])).probabilities
      let masked = PatientTable(
        patients: patients.patients,
        modalities: patients.modalities.map { modality in
          modality.name == "strong"
            ? modality
            : ModalityTable(
              name: modality.name, featureNames: modality.featureNames,
              values: modality.values.mapValues { _ in .nan })
        }, covariates: patients.covariates)
      #expect(try fitted.predict(masked).probabilities == strong, "\(name)")
    }
  }

  @Test func lateFusionIsTheMeanOfMeasuredPosteriors() throws {
    let training = Self.cohort.training(70)
    let patients = Self.cohort.patients(from: 70)
    let store = SharedStore()
    let late = try Self.learner("lda:late").fit(training, Self.context(store: store))
      .predict(patients).probabilities
    let single = try Self.modalities.map {
      try Self.learner("lda:\($0)").fit(training, Self.context(store: store))
        .predict(patients).probabilities
    }
    for i in 0..<20 {
      let present = patients.modalities.indices.filter { patients.modalities[$0].isMeasured[i] }
      for c in 0..<3 {
        let mean = present.map { single[$0][i, c] }.reduce(0, +) / Double(present.count)
        #expect(abs(late[i, c] - mean) < 1e-12)
      }
    }
  }

  @Test func learnedWeightsTellSignalFromNoise() throws {
    let fitted = try Self.learner("logistic-balanced:late-learned")
      .fit(Self.cohort.training(70), Self.context())
    let record = try #require(fitted.record).ordered(by: Self.modalities)
    #expect(record.modalities.map(\.name) == Self.modalities)
    let emphasis = record.modalities.compactMap(\.emphasis)
    #expect(emphasis.count == 3 && abs(emphasis.reduce(0, +) - 3) < 1e-9)
    #expect(emphasis[0] > 1 && emphasis[2] < 0.5 * emphasis[0])
    #expect((record.modalities[0].macroF1 ?? 0) > 0.7)
  }

  @Test("Labels of patients who lack a modality do not move what is fitted on it alone")
  func measuredRowsAlone() throws {
    let table = Self.cohort.table.selecting(rows: Array(0..<70))
    let labels = Array(Self.cohort.labels[..<70])
    let lacking = labels.indices.filter { labels[$0] >= 0 && !table.modalities[1].isMeasured[$0] }
    #expect(lacking.count > 5)
    // Every class keeps as many patients, so that nothing else moves.
    var rotated = labels
    for (row, source) in zip(lacking, lacking.dropFirst() + lacking.prefix(1)) {
      rotated[row] = labels[source]
    }
    #expect(rotated != labels)
    let patients = Self.cohort.patients(from: 70)
    for name in ["logistic:weak", "logistic-balanced:weak"] {
      let answers = try [labels, rotated].map { labels in
        try Self.learner(name).fit(
          TrainingView(table: table, labels: labels, classes: Self.cohort.classes),
          Self.context()
        ).predict(patients).probabilities
      }
      #expect(answers[0] == answers[1], "\(name)")
    }
  }

  @Test("A rare class that often lacks an assay is recognized where the assay is there")
  func rareClassWithoutAssay() throws {
    var stream = RandomStream(seed: 11, name: "rare")
    let labels = (0..<200).map { $0 % 5 == 0 ? 1 : 0 }
    var values = stream.normalMatrix(rows: 200, columns: 10)
    for i in 0..<200 {
      for j in 0..<10 { values[i, j] += labels[i] == 1 ? 1 : 0 }
      // Of the rare class two thirds lack the assay in training, nobody in the test.
      if i < 150, labels[i] == 1, stream.uniform() < 0.66 {
        for j in 0..<10 { values[i, j] = .nan }
      }
    }
    let table = PatientTable(
      patients: (0..<200).map { "P\($0)" },
      modalities: [
        ModalityTable(
          name: "assay", featureNames: (0..<10).map { "f\($0)" }, values: values)
      ])
    let learner = try #require(
      BaselineMethods.learner(
        named: "logistic-balanced:assay", modalities: ["assay"], hasCovariates: false))
    let fitted = try learner.fit(
      TrainingView(
        table: table.selecting(rows: Array(0..<150)), labels: Array(labels[..<150]),
        classes: ["common", "rare"]), Self.context())
    let tested = Array(150..<200)
    let predicted = try fitted.predict(table.selecting(rows: tested)).classes
    // Ten features one deviation apart: the best classifier errs in 6 % of either class.
    #expect(Self.macroRecall(predicted, tested.map { labels[$0] }) > 0.85)
    // Nobody's assay, nobody's evidence: class frequencies.
    let nothing = PatientTable(patients: ["new"], modalities: [])
    let absent = try fitted.predict(nothing).probabilities
    #expect(abs(absent[0, 1] - 0.2) < 1e-12)
  }

  @Test func unlabelledPatientsShareInScalingAlone() throws {
    // With standardised columns untouched, dropping unlabelled patients changes the scale only.
    let training = Self.cohort.training(70)
    let rows = training.labelledRows
    let labelledOnly = TrainingView(
      table: training.table.selecting(rows: rows), labels: rows.map { training.labels[$0] },
      classes: training.classes)
    let patients = Self.cohort.patients(from: 70)
    let learner = try Self.learner("logistic-balanced:strong")
    let a = try learner.fit(training, Self.context()).predict(patients).probabilities
    let b = try learner.fit(labelledOnly, Self.context()).predict(patients).probabilities
    #expect(a != b)
    #expect(a.maximumDifference(from: b) < 0.1)
    // Majority counts labelled patients only.
    let floor = try Self.learner("majority")
    #expect(
      try floor.fit(training, Self.context()).predict(patients)
        == floor.fit(labelledOnly, Self.context()).predict(patients))
  }

  @Test func fewLabelsAndUnseenClassesStayFinite() throws {
    let whole = Self.cohort.training(70)
    // Two patients of class 0, one of class 1, none of class 2.
    let zero = whole.labels.indices.filter { whole.labels[$0] == 0 }.prefix(2)
    let one = whole.labels.indices.filter { whole.labels[$0] == 1 }.prefix(1)
    let labels = whole.labels.indices.map { zero.contains($0) ? 0 : one.contains($0) ? 1 : -1 }
    let few = TrainingView(table: whole.table, labels: labels, classes: whole.classes)
    let patients = Self.cohort.patients(from: 70)
    for name in Self.names {
      let probabilities = try Self.learner(name).fit(few, Self.context()).predict(patients)
        .probabilities
      for sum in probabilities.rowSums() { #expect(abs(sum - 1) < 1e-9, "\(name)") }
      for i in 0..<20 { #expect(probabilities[i, 2] == 0, "\(name)") }
    }
  }

  @Test func aSingleClassIsCertain() throws {
    let whole = Self.cohort.training(70)
    let labels = whole.labels.map { $0 == 1 ? 1 : -1 }
    let single = TrainingView(table: whole.table, labels: labels, classes: whole.classes)
    for name in Self.names {
      let probabilities = try Self.learner(name).fit(single, Self.context())
        .predict(Self.cohort.patients(from: 70)).probabilities
      for i in 0..<20 { #expect(Array(probabilities.row(i)) == [0, 1, 0], "\(name)") }
    }
  }
}
