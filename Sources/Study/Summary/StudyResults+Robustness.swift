import Cohort
import Evaluation
import LinearAlgebra

extension StudyResults {
  /// A robustness study in numbers: every setting’s methods and comparisons, what each setting
  /// changes, and areas under curves of strengths.
  ///
  /// - Precondition: the plan was made with robustness options.
  public func robustnessSummary(
    _ context: SummaryContext = SummaryContext()
  ) throws -> RobustnessSummary {
    precondition(plan.options.robustness != nil, "a study as the cohort stands has no settings")
    let bySetting = bySetting
    let predictions = bySetting.map { $0.methodPredictions() }
    let scores = try SettingScores(plan: plan, predictions: predictions, threads: context.threads)
    var settings = [RobustnessSummary.Setting]()
    for (index, results) in bySetting.enumerated() {
      settings.append(
        try setting(results, index: index, predictions[index], scores, threads: context.threads))
    }
    correctOverSettings(&settings)
    return RobustnessSummary(
      kind: plan.options.robustness?.kind.rawValue ?? "", cohort: cohortFacts(context),
      outcome: outcomeFacts, classes: plan.outcome.classes, design: robustnessDesign(context),
      primary: contrast, settings: settings, curves: curves(scores),
      modalities: cohortModalities, transductive: plan.options.transductive,
      warnings: warnings(), checks: checks(),
      notes: plan.notes + fitNotes(bySetting))
  }

  private func setting(
    _ results: SettingResults, index: Int, _ predictions: [MethodPredictions],
    _ scores: SettingScores, threads: Int
  ) throws -> RobustnessSummary.Setting {
    let setting = results.setting
    let splits = plan.replicates(of: setting).map { plan.split(setting, $0) }
    let resampled = plan.methods.indices.map {
      scores.entry(setting: index, method: $0).resampled
    }
    func bounds(_ counts: [Int]) -> StudySummary.Bounds {
      StudySummary.Bounds(Double(counts.min() ?? 0), Double(counts.max() ?? 0))
    }
    let classCounts = plan.outcome.classes.indices.map { label in
      orderedMean(
        splits.map { split in
          Double(split.labelledRows.count { plan.outcome.labels[$0] == label })
        })
    }
    return RobustnessSummary.Setting(
      name: setting.name, words: setting.words,
      replicates: plan.hasDraws(setting) ? .draws : .folds, replicateCount: splits.count,
      trainingCounts: bounds(splits.map(\.labelledRows.count)),
      testCounts: bounds(splits.map(\.testRows.count)), classCounts: classCounts,
      methods: results.methodSummaries(predictions, resampled: resampled),
      comparisons: try results.comparisons(predictions, resampled: resampled, threads: threads),
      changes: changes(index, scores), modalities: results.modalitySummaries(),
      distillation: results.distillationSummaries())
  }

  /// Each method under a setting minus itself under the clean one, where the study has it.
  private func changes(_ index: Int, _ scores: SettingScores) -> [RobustnessSummary.Change] {
    let setting = plan.settings[index]
    guard !setting.degradations.isEmpty,
      let clean = plan.settings.firstIndex(of: setting.clean),
      scores.replicates[clean] == scores.replicates[index]
    else { return [] }
    return plan.methods.indices.map { method in
      let (now, before) = (
        scores.entry(setting: index, method: method), scores.entry(setting: clean, method: method)
      )
      let test = PairedTest(
        differences: now.differences(to: before),
        design: plan.design(of: setting, testTrainRatio: now.testTrainRatio))
      return RobustnessSummary.Change(
        method: plan.methods[method], from: plan.settings[clean].name,
        difference: test?.difference, standardError: test?.standardError,
        ci95: test.map { StudySummary.Bounds($0.interval()) },
        bootstrapCI95: PatientBootstrap.interval(now.resampled, minus: before.resampled)
          .map(StudySummary.Bounds.init))
    }
  }

  /// The declared contrast is tested in every setting: Holm’s correction over all of them.
  private func correctOverSettings(_ settings: inout [RobustnessSummary.Setting]) {
    let tested = settings.indices.filter { settings[$0].primaryComparison?.p != nil }
    let corrected = MultipleTesting.holm(tested.map { settings[$0].primaryComparison?.p ?? 1 })
    for (index, p) in zip(tested, corrected) { settings[index].primaryHolmOverSettings = p }
  }

  private func robustnessDesign(_ context: SummaryContext) -> RobustnessSummary.Design {
    let study = design(context)
    let isDrawn = plan.settings.contains { $0.labelledCount != nil && plan.hasDraws($0) }
    return RobustnessSummary.Design(
      folds: study.folds, repeats: study.repeats,
      draws: isDrawn ? plan.options.robustness?.draws : nil,
      minimumPerClass: isDrawn ? LabelDraws.minimumPerClass : nil,
      commonTestPatients: isDrawn ? plan.folds.testRows(repeat: 0, fold: 0).count : nil,
      seed: study.seed, foldsFile: study.foldsFile, labelledFile: context.labelledFileName,
      unlabelled: study.unlabelled, gate: study.gate, version: study.version)
  }

  private var cohortModalities: [StudySummary.Modality] {
    plan.cohort.table.modalities.map { modality in
      StudySummary.Modality(
        name: modality.name, featureCount: modality.featureCount,
        measuredCount: modality.measuredRows.count,
        measuredLabelled: modality.measuredRows.count { plan.outcome.labels[$0] >= 0 })
    }
  }

  /// Remarks of the fits, each once, with the first setting and the method that made it.
  private func fitNotes(_ bySetting: [SettingResults]) -> [String] {
    var seen = Set<String>()
    return bySetting.flatMap { results in
      results.fitNotes().filter { seen.insert($0).inserted }.map {
        "\(results.setting.name): \($0)"
      }
    }
  }
}
