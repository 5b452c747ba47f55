import Evaluation

/// The report of a robustness study: one HTML file that needs no network, no script and no other
/// file. Equal inputs give equal bytes.
public struct RobustnessReport: Sendable {
  private let context: RobustnessContext

  /// A report of a robustness study.
  public init(_ input: RobustnessReportInput) {
    context = RobustnessContext(input)
  }

  /// The page, UTF-8.
  ///
  /// - Complexity: linear in the size of the input.
  public func html() -> String {
    let summary = context.summary
    let name = summary.cohort.title ?? summary.cohort.name
    let methods = Numbers.count(context.summary.settings.first?.methods.count ?? 0, "method")
    return ReportPage(
      title: "\(name): \(summary.outcome.label), robustness (Equipoise)", heading: name,
      kind: "Robustness of \(methods) under "
        + "\(Numbers.count(summary.settings.count, "setting")): \(RobustnessWords.kind(summary.kind))",
      version: summary.design.version,
      firstScreen: RobustnessSections.firstScreen.rendered(context),
      below: RobustnessSections.below.rendered(context)
    ).html()
  }
}

/// The parts of a robustness report, in their order.
package enum RobustnessSections {
  /// The first screen.
  package static let firstScreen: [any ReportSection<RobustnessContext>] = [
    RobustnessCohortSection(), RobustnessAnswerSection(), RobustnessDesignSection(),
    RobustnessTrustSection(), RobustnessUseSection(), RobustnessRepeatSection(),
  ]

  /// What stands below it.
  package static let below: [any ReportSection<RobustnessContext>] = [
    SettingsSection(), CurvesSection(), ChangesSection(), SettingMethodsSection(),
    SettingComparisonsSection(), SettingGuidanceSection(), DrawnLabelsSection(),
    RobustnessFittedSection(), RobustnessNotesSection(),
  ]
}

/// Words for robustness studies.
package enum RobustnessWords {
  /// What a kind of study varies.
  package static func kind(_ kind: String) -> String {
    switch kind {
    case "samples": "fewer labels"
    case "information": "poorer information"
    case "missing": "missing modalities"
    default: kind
    }
  }

  /// What intervals of a setting run over.
  package static func replicates(_ setting: RobustnessSummary.Setting) -> String {
    setting.replicates == .draws ? "draws" : "folds"
  }

  /// What intervals of a curve run over.
  static func replicates(_ curve: RobustnessSummary.Curve, _ summary: RobustnessSummary) -> String {
    curve.points.first?.settings.first.flatMap { summary.setting(named: $0) }.map(replicates)
      ?? "folds"
  }
}
