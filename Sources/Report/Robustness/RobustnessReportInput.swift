import Evaluation

/// All that the report of a robustness study is made from.
public struct RobustnessReportInput: Sendable {
  /// Content of `summary.json`.
  public var summary: RobustnessSummary
  /// Command that repeats the study, without output folder or thread count.
  public var command: String

  /// An input from its parts.
  public init(summary: RobustnessSummary, command: String) {
    self.summary = summary
    self.command = command
  }
}

/// The input of a robustness report, with what several parts derive from it.
package struct RobustnessContext: Sendable {
  /// All that the report is made from.
  package let input: RobustnessReportInput
  /// Which methods answer which question, by their mean over settings.
  package let roles: MethodRoles
  /// One finding a setting.
  package let findings: [SettingFinding]

  /// A context for an input.
  package init(_ input: RobustnessReportInput) {
    self.input = input
    let summary = input.summary
    roles = MethodRoles(
      methods: RobustnessContext.averaged(summary.settings),
      modalities: summary.modalities.map(\.name), primary: summary.primary)
    findings = summary.settings.map { SettingFinding($0, settingCount: summary.settings.count) }
  }

  /// Content of `summary.json`.
  package var summary: RobustnessSummary { input.summary }

  /// Method that the others are compared with.
  var reference: String? {
    summary.primary?.a ?? summary.settings.lazy.compactMap { $0.comparisons.first?.a }.first
      ?? roles.together?.name
  }

  /// Methods for charts, at most as many as lines can be told apart: the declared contrast, fixed
  /// equal weights, one single modality, and further ones that answer a question.
  func shown(bestSingle: String?) -> [String] {
    let family = roles.aloneFamily ?? "logistic-balanced"
    let wanted = [
      reference, summary.primary?.b, "joint", bestSingle ?? roles.bestSingleAssay?.name,
      "\(family):concat", "paper",
    ]
    var names = [String]()
    for case let name? in wanted where roles.method(named: name) != nil && !names.contains(name) {
      names.append(name)
    }
    return names.isEmpty
      ? Array((summary.settings.first?.methods ?? []).prefix(6).map(\.name)) : names
  }

  /// Methods with their macro-F1 averaged over settings, to tell roles by.
  private static func averaged(_ settings: [RobustnessSummary.Setting]) -> [StudySummary.Method] {
    (settings.first?.methods ?? []).map { method in
      let means = settings.compactMap { $0.method(named: method.name)?.metrics["macro_f1"]?.mean }
      let mean = means.isEmpty ? nil : means.reduce(0, +) / Double(means.count)
      return StudySummary.Method(
        name: method.name,
        metrics: ["macro_f1": StudySummary.MetricSpread(mean: mean, sd: nil, ci95: nil)])
    }
  }
}
