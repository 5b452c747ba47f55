import Cohort
import Evaluation
import LinearAlgebra
import Study
import Testing

@Suite struct RobustnessPlanTests {
  private func plan(
    _ settings: [String], kind: RobustnessKind = .information, draws: Int = 4,
    unlabelled: UnlabelledUse = .use, transductive: Bool = false,
    cohort: Cohort = smallCohort(), folds: String? = nil, labelled: String? = nil
  ) throws -> StudyPlan {
    var options = quickOptions(transductive: transductive, unlabelled: unlabelled)
    options.robustness = RobustnessOptions(kind: kind, settings: settings, draws: draws)
    return try StudyPlan(
      cohort: cohort, options: options, foldsCSV: folds, labelledCSV: labelled,
      providers: [.forTests])
  }

  @Test func tasksAreSettingsTimesMethodsTimesReplicates() throws {
    let plan = try plan(["full", "n=9", "noise:alpha=2"])
    #expect(plan.tasks.count == 3 * (6 + 4 + 6))
    #expect(Set(plan.tasks).count == plan.tasks.count)
    #expect(plan.tasks[20].setting == "n=9")
    #expect(plan.tasks[20].identifier == "setting=n=9/repeat=2/fold=0/method=majority")
    #expect(plan.fits.count == 6 + 4 + 6)
  }

  @Test func aStudyIsTheCaseOfOneSetting() throws {
    let study = try StudyPlan(
      cohort: smallCohort(), options: quickOptions(), providers: [.forTests])
    let robust = try plan(["full"])
    #expect(study.settings == robust.settings)
    #expect(study.tasks.allSatisfy { $0.setting == nil })
    let (a, b) = (try StudyRun(plan: study).results(), try StudyRun(plan: robust).results())
    #expect(a.results.map(\.probabilities) == b.results.map(\.probabilities))
  }

  @Test func settingsThatDifferInTestAloneShareTheirFits() throws {
    let settings = ["full", "missing:alpha", "gaps:beta=0.5", "gaps:beta=0.5+missing:beta"]
    let shared = try plan(settings, kind: .missing).fits
    #expect(shared.count == 2 * 6)
    #expect(shared[0].settings.map(\.name) == ["full", "missing:alpha"])
    // In transductive mode a fit has seen what tested patients lack.
    #expect(try plan(settings, kind: .missing, transductive: true).fits.count == 4 * 6)
  }

  @Test func drawsHideLabelsOfTheSameTestSetsTrainingSide() throws {
    let plan = try plan(["n=9", "n=12"], kind: .samples)
    let full = try self.plan(["full"], kind: .samples)
    let whole = full.material(of: full.fits[0])
    for fit in plan.fits {
      let material = plan.material(of: fit)
      #expect(material.testRows == whole.testRows)
      #expect(material.training.table.patients == whole.training.table.patients)
      let count = fit.settings[0].labelledCount ?? 0
      #expect(material.labelledCount == count)
      #expect(material.training.labelledRows.count == count)
      for row in material.training.labelledRows {
        #expect(material.training.labels[row] == whole.training.labels[row])
      }
      #expect(material.streams.prefix == "draw=\(fit.replicate.repeatIndex)")
    }
  }

  @Test func hiddenLabelsAreDroppedIfUnlabelledPatientsAreIgnored() throws {
    let plan = try plan(["n=9"], kind: .samples, unlabelled: .ignore)
    let material = plan.material(of: plan.fits[0])
    #expect(material.training.trainingCount == 9)
    #expect(material.training.labels.allSatisfy { $0 >= 0 })
    let other = try self.plan(["n=9"], kind: .samples)
    let used = other.material(of: other.fits[0])
    let labelled = used.training.labelledRows.map { used.training.table.patients[$0] }
    #expect(material.training.table.patients == labelled)
  }

  @Test func degradationsDoNotDependOnLabels() throws {
    let plan = try plan(["n=9+noise:alpha=2", "n=15+noise:alpha=2"], kind: .samples)
    let (few, more) = (plan.material(of: plan.fits[0]), plan.material(of: plan.fits[4]))
    #expect(few.labelledCount == 9)
    #expect(more.labelledCount == 15)
    #expect(few.training.table == more.training.table)
    #expect(few.tests == more.tests)
  }

  @Test func testLabelsReachNeitherTrainingNorDegradation() throws {
    let names = [
      "noise:alpha=2", "replace:beta", "features:alpha=2", "permute:beta=0.5",
      "n=9+permute:alpha=1",
    ]
    let cohort = smallCohort()
    let first = try plan(names, cohort: cohort)
    let folds = first.folds.csvText(patients: cohort.table.patients)
    var labels = cohort.nominalOutcome?.labels ?? []
    let tested = first.folds.testRows(repeat: 0, fold: 0)
    for (row, label) in zip(tested, tested.map({ labels[$0] }).reversed()) { labels[row] = label }
    #expect(labels != cohort.nominalOutcome?.labels)
    let second = try plan(names, cohort: cohort.with(labels: labels), folds: folds)
    func predictions(_ plan: StudyPlan) throws -> [[[Double]]] {
      try StudyRun(plan: plan).results().results.filter {
        ($0.task.repeatIndex == 0 && $0.task.fold == 0) || $0.task.setting?.hasPrefix("n=") == true
      }.map(\.probabilities)
    }
    #expect(try predictions(first) == predictions(second))
  }

  /// Each kind of degradation of the test side alone leaves what is fitted as it is.
  @Test func testFeaturesReachNoFit() throws {
    let cohort = smallCohort()
    let names = ["noise:alpha=2", "replace:beta", "permute:beta=0.5", "n=9+noise:beta=1"]
    let first = try plan(names, cohort: cohort)
    let folds = first.folds.csvText(patients: cohort.table.patients)
    let tested = first.folds.testRows(repeat: 0, fold: 0)
    let modalities = cohort.table.modalities.map { modality in
      var values = modality.values
      for row in tested { for j in 0..<3 { values[row, j] = Double(row * 100 + j) } }
      return ModalityTable(name: modality.name, featureNames: modality.featureNames, values: values)
    }
    let changed = Cohort(
      name: "changed",
      table: PatientTable(patients: cohort.table.patients, modalities: modalities),
      outcome: cohort.outcome)
    let second = try plan(names, cohort: changed, folds: folds)
    for (a, b) in zip(first.fits, second.fits)
    where a.replicate == Replicate(repeatIndex: 0) || a.settings[0].labelledCount != nil {
      let (before, after) = (first.material(of: a), second.material(of: b))
      #expect(before.training.table == after.training.table)
      #expect(before.training.labels == after.training.labels)
    }
  }

  @Test func givenLabelsAreUsedOnTheirFolds() throws {
    let cohort = smallCohort()
    let study = try StudyPlan(cohort: cohort, options: quickOptions(), providers: [.forTests])
    let folds = study.folds.csvText(patients: cohort.table.patients)
    var text = "n,repeat,fold,sample\n"
    for fold in 0..<3 {
      let rows = study.folds.trainingRows(repeat: 1, fold: fold, includingUnlabelled: false)
      for row in rows.prefix(9) { text += "9,1,\(fold),P\(row)\n" }
    }
    let plan = try plan(["n=9"], kind: .samples, folds: folds, labelled: text)
    #expect(
      plan.replicates(of: plan.settings[0]) == (0..<3).map { Replicate(repeatIndex: 1, fold: $0) })
    let material = plan.material(of: plan.fits[2])
    #expect(material.testRows == study.folds.testRows(repeat: 1, fold: 2))
    #expect(material.labelledCount == 9)
    #expect(material.streams.prefix == "repeat=1/fold=2")
    // Folds share training patients, so the interval is the corrected one.
    #expect(
      plan.design(of: plan.settings[0], testTrainRatio: 1) == .crossValidation(testTrainRatio: 1))
  }

  @Test func groupsStayApartInDraws() throws {
    let groups = (0..<30).map { "G\($0 % 10)" }
    let plan = try plan(["n=9"], kind: .samples, cohort: smallCohort(groups: groups))
    for fit in plan.fits {
      let material = plan.material(of: fit)
      let tested = Set(material.testRows.map { groups[$0] })
      #expect(tested.isDisjoint(with: material.training.groups ?? []))
    }
  }

  @Test func numberOfDrawsMustBePositive() {
    let error = #expect(throws: StudyError.self) { try plan(["n=9"], draws: 0) }
    #expect(error?.location == "draws")
  }
}
