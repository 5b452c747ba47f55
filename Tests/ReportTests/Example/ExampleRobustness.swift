import Evaluation
import Report

/// A made-up robustness study, for tests and for looking at the report. None of its numbers was
/// measured on anything.
struct ExampleRobustness {
  var methods = [
    "majority", "logistic-balanced:mrna", "logistic-balanced:protein",
    "logistic-balanced:late-learned", "joint", "equipoise",
  ]
  var cohortName = "made-up"
  var classes = ["Alpha", "Beta"]
  /// Gain of equipoise over late fusion by number of labels, with the half width of its interval.
  var gains: [(labels: Int, gain: Double, half: Double)] = [
    (20, 0.05, 0.02), (40, 0.03, 0.02), (80, 0.005, 0.02),
  ]
  /// Whether the interval by patients is wide enough to hold 0.
  var patientsDoubt = false

  func summary() -> RobustnessSummary {
    RobustnessSummary(
      kind: "samples",
      cohort: .init(
        name: cohortName, patients: 300, labelled: 250, unlabelled: 50, classCounts: [150, 100]),
      outcome: .init(label: "subtype"), classes: classes,
      design: .init(
        folds: 5, repeats: 3, draws: 30, minimumPerClass: 2, commonTestPatients: 50, seed: 1,
        version: "0.1.0"),
      primary: .init(a: "equipoise", b: "logistic-balanced:late-learned"),
      settings: gains.map(setting) + [full], curves: [curve],
      modalities: ["mrna", "protein"].map {
        .init(name: $0, featureCount: 100, measuredCount: 280)
      },
      warnings: [.init(code: "cohort", message: "Something to look at.")],
      checks: ["No patient is trained on and tested in the same fold."], notes: ["A remark."])
  }

  private func score(_ method: Int, _ labels: Int) -> Double {
    0.3 + 0.08 * Double(method) + 0.001 * Double(labels)
  }

  private func methodResults(_ labels: Int, interval: Bool) -> [StudySummary.Method] {
    methods.enumerated().map { index, name in
      let mean = score(index, labels)
      return .init(
        name: name,
        metrics: [
          "macro_f1": .init(
            mean: mean, sd: 0.02, ci95: interval ? .init(mean - 0.01, mean + 0.01) : nil)
        ])
    }
  }

  private func setting(
    _ labels: Int, _ gain: Double, _ half: Double
  ) -> RobustnessSummary.Setting {
    let isClear = abs(gain) > half
    return .init(
      name: "n=\(labels)", words: "\(labels) labelled training patients", replicates: .draws,
      replicateCount: 30, trainingCounts: .init(Double(labels), Double(labels)),
      testCounts: .init(50, 50), classCounts: [0.6 * Double(labels), 0.4 * Double(labels)],
      methods: methodResults(labels, interval: true),
      comparisons: [
        .init(
          a: "equipoise", b: "logistic-balanced:late-learned", difference: gain,
          standardError: half / 2, p: isClear ? 0.004 : 0.4, pHolm: isClear ? 0.02 : 1,
          ci95: .init(gain - half, gain + half),
          bootstrapCI95: patientsDoubt
            ? .init(-0.1, 0.2) : .init(gain - 1.1 * half, gain + 1.1 * half),
          detectable: 1.4 * half, primary: true)
      ], primaryHolmOverSettings: isClear ? (labels == 20 ? 0.012 : 0.06) : 0.4,
      changes: labels == 40
        ? [
          .init(
            method: "equipoise", from: "full", difference: -0.1, standardError: 0.02,
            ci95: .init(-0.14, -0.06), bootstrapCI95: .init(-0.15, -0.05))
        ] : [],
      modalities: [
        .init(
          name: "mrna", featureCount: 100, measuredCount: 280, informativeness: 0.4,
          weightTrajectories: [.init(method: "equipoise", fits: [[1]], emphases: [1.7])])
      ])
  }

  private var full: RobustnessSummary.Setting {
    .init(
      name: "full", words: "nothing changed", replicates: .draws, replicateCount: 1,
      trainingCounts: .init(200, 200), testCounts: .init(50, 50), classCounts: [120, 80],
      methods: methodResults(200, interval: false))
  }

  private var curve: RobustnessSummary.Curve {
    .init(
      condition: "n", under: "full", axis: "labelled training patients", logarithmic: true,
      points: gains.map { .init(x: Double($0.labels), settings: ["n=\($0.labels)"]) },
      areas: methods.enumerated().map { index, name in
        .init(method: name, mean: score(index, 40), sd: 0.02, ci95: .init(0.4, 0.8))
      },
      comparisons: ["joint", "logistic-balanced:protein"].flatMap { opponent in
        methods.filter { $0 != opponent }.map { method in
          StudySummary.PairedComparison(
            a: method, b: opponent, metric: "macro_f1_area", difference: 0.03,
            standardError: 0.01, p: 0.01, pHolm: 0.03, ci95: .init(0.01, 0.05),
            bootstrapCI95: .init(0.005, 0.06))
        }
      }, bestSingle: "logistic-balanced:protein")
  }

  /// The page.
  func page(command: String = "equipoise robustness made-up --kind samples") -> String {
    RobustnessReport(RobustnessReportInput(summary: summary(), command: command)).html()
  }
}
