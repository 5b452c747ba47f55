import Evaluation

extension ExampleStudy {
  /// Content of `summary.json` for simulated predictions.
  func summary(_ rows: [Row]) -> StudySummary {
    var scores = [String: [Double]]()
    for (name, _) in methods { scores[name] = foldScores(rows, name).map(\.f1) }
    let (a, b) = ("equipoise", "logistic-balanced:late-learned")
    return StudySummary(
      cohort: cohort, outcome: .init(label: "subtype"), classes: classes,
      design: .init(folds: folds, repeats: repeats, seed: 1, version: "0.1.0"),
      primary: .init(a: a, b: b),
      methods: methods.map { method in
        let spread = spread(scores[method.name] ?? [])
        return .init(
          name: method.name, metrics: ["macro_f1": spread], pooledMacroF1: spread.mean,
          byGroup: groups)
      },
      comparisons: methods.filter { $0.name != a }.map { other in
        comparison(
          a, other.name, zip(scores[a] ?? [], scores[other.name] ?? []).map { $0 - $1 },
          isPrimary: other.name == b)
      },
      modalities: modalitySummaries, distillation: distillation, transductive: transductive,
      warnings: [
        .init(
          code: "covariate-predicts-label",
          message: "Column site predicts the label (Cramér’s V 0.41): look at results by group.")
      ],
      checks: [
        "No patient stands twice.", "Labels permuted within the pipeline score as chance does.",
      ],
      notes: ["Unlabelled patients joined scaling and graph of methods that use them."])
  }

  private var cohort: StudySummary.CohortFacts {
    .init(
      name: cohortName, title: "A made-up cohort", sha256: String(repeating: "0f1e2d3c", count: 8),
      source: "drawn from a generator", licence: "none needed", patients: 560,
      labelled: classCounts.reduce(0, +), unlabelled: 60, classCounts: classCounts,
      groupColumn: "site", groups: 3, covariates: ["age", "stage"],
      labelDerivedFrom: [modalities[1]])
  }

  private var groups: [StudySummary.GroupResult] {
    [("north", 260, 0.78), ("south", 170, 0.74), ("west", 70, 0.66)].map {
      .init(group: $0.0, patients: $0.1, macroF1: $0.2, accuracy: $0.2 + 0.07)
    }
  }

  private var modalitySummaries: [StudySummary.Modality] {
    zip(modalities, [(515, 520, 0.31, 0.02), (909, 560, 0.64, 0.21), (164, 431, 0.44, 0.06)])
      .enumerated().map { index, pair in
        let (name, facts) = pair
        let fits = (0..<25).map { fit in
          (0..<8).map { round in
            1 + Double(1 - index) * (1 - 1 / Double(round + 1)) * 0.4
              + (ExampleStudy.uniform(fit * 8 + round, index) - 0.5) * 0.1
          }
        }
        return .init(
          name: name, featureCount: facts.0, measuredCount: facts.1,
          measuredLabelled: facts.1 - 50, informativeness: facts.2,
          informativenessRange: .init(facts.2 - 0.1, facts.2 + 0.1), unique: facts.3,
          uniqueInterval: .init(facts.3 - 0.05, facts.3 + 0.05),
          weightTrajectories: [
            .init(method: "equipoise", fits: fits.map { _ in [1] }, emphases: [facts.2 * 2]),
            .init(method: "paper", fits: fits, emphases: [facts.2 * 1.6]),
          ])
      }
  }

  private var distillation: [StudySummary.Distillation] {
    [
      pair(1, 0, gate: 0.93, "distil", "the teacher knows more of the label"),
      pair(1, 2, gate: 0.55, "uncertain", "the inner check shows no gain for the student"),
      pair(2, 0, gate: 0.04, "no", "the student knows what the teacher does not"),
    ]
  }

  private func pair(
    _ teacher: Int, _ student: Int, gate: Double, _ decision: String, _ reason: String
  ) -> StudySummary.Distillation {
    let excess = gate / 3 - 0.1
    return StudySummary.Distillation(
      method: "equipoise", teacher: modalities[teacher], student: modalities[student],
      gate: gate, decision: decision, decisions: [decision: 18, "between": 7],
      teacherStudentNats: 0.5 + excess, studentLabelNats: 0.5,
      interval: .init(excess - 0.12, excess + 0.12), expectedGain: gate / 10 - 0.05,
      reason: reason)
  }

  private func spread(_ values: [Double]) -> StudySummary.MetricSpread {
    let mean = values.reduce(0, +) / Double(values.count)
    let variance =
      values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(max(1, values.count - 1))
    let error = ((1 / Double(values.count) + 0.25) * variance).squareRoot()
    return .init(
      mean: mean, sd: variance.squareRoot(), ci95: .init(mean - 2 * error, mean + 2 * error))
  }

  private func comparison(
    _ a: String, _ b: String, _ differences: [Double], isPrimary: Bool
  ) -> StudySummary.PairedComparison {
    let isIdentical = b == "equipoise-no-distillation"
    let spread = spread(differences)
    let error = ((spread.ci95?.upper ?? 0) - (spread.ci95?.lower ?? 0)) / 4
    let p = abs(spread.mean ?? 0) > 2 * error ? 0.0004 : 0.41
    return .init(
      a: a, b: b, difference: isIdentical ? 0 : spread.mean, standardError: error,
      p: isIdentical ? 1 : p, pHolm: isIdentical ? 1 : min(1, p * 15), ci95: spread.ci95,
      bootstrapCI95: spread.ci95.map { .init($0.lower * 1.1, $0.upper * 1.1) },
      detectable: 2.9 * error, primary: isPrimary, identical: isIdentical)
  }
}
