import Evaluation

/// A part of a report.
///
/// To add one: conform a type, and add it to the list of its report, such as ``ReportSections``.
package protocol ReportSection<Context>: Sendable {
  /// What the report is made from.
  associatedtype Context: Sendable
  /// Identifier within the page, in kebab case.
  var id: String { get }
  /// Heading.
  var title: String { get }
  /// The part's content; nil where there is nothing to say on it.
  func body(_ context: Context) -> Markup?
}

extension Array {
  /// The parts that have something to say, in order.
  func rendered<Context>(_ context: Context) -> [ReportPage.Part]
  where Element == any ReportSection<Context> {
    compactMap { section in
      section.body(context).map { ReportPage.Part(id: section.id, title: section.title, body: $0) }
    }
  }
}

/// The parts of a study's report, in their order.
package enum ReportSections {
  /// The first screen.
  package static let firstScreen: [any ReportSection<ReportContext>] = [
    CohortSection(), AnswerSection(), DetectabilitySection(), TrustSection(), AssaysSection(),
    UseSection(), RepeatSection(),
  ]

  /// What stands below it.
  package static let below: [any ReportSection<ReportContext>] = [
    MethodsSection(), ComparisonsSection(), FoldsSection(), DistillationSection(),
    WeightsSection(), ConfusionSection(), CalibrationSection(), ClassesSection(), GroupsSection(),
    FittedSection(), NotesSection(),
  ]
}

/// The input of a report, with what several parts derive from it.
package struct ReportContext: Sendable {
  /// All that the report is made from.
  package let input: StudyReportInput
  /// Which methods answer which question.
  package let roles: MethodRoles

  /// A context for an input.
  package init(_ input: StudyReportInput) {
    self.input = input
    roles = MethodRoles(input.summary)
  }

  /// Content of `summary.json`.
  package var summary: StudySummary { input.summary }

  /// Details of the methods shown at length, each with its mark.
  var shownDetails: [(detail: MethodDetail, mark: Mark)] {
    roles.shown.compactMap { shown in
      input.detail(named: shown.method.name).map { ($0, shown.mark) }
    }
  }

  /// A method's macro-F1 with its interval, in words.
  func scoreClause(_ method: StudySummary.Method) -> String {
    let spread = method.metrics["macro_f1"]
    guard let mean = spread?.mean else { return "macro-F1 undefined" }
    guard let ci95 = spread?.ci95 else { return "macro-F1 \(Numbers.fixed(mean))" }
    return "macro-F1 \(Numbers.fixed(mean)) (95 % interval \(Numbers.range(ci95)))"
  }

  /// Legend of the two methods shown at length.
  var legend: Markup {
    let keys = roles.shown.map { $0.mark.key($0.method.name) }
    return "<span class=\"legend\">\(keys)</span>"
  }
}

extension Markup {
  /// A list of sentences.
  static func list(_ items: [Markup], style: Markup = "plain") -> Markup {
    "<ul class=\"\(style)\">\n\(items.map { "<li>\($0)</li>\n" as Markup })</ul>\n"
  }

  /// Names with their values.
  static func facts(_ pairs: [(name: String, value: Markup)]) -> Markup {
    let items = pairs.map { "<div><dt>\($0.name)</dt><dd>\($0.value)</dd></div>\n" as Markup }
    return "<dl class=\"facts\">\n\(items)</dl>\n"
  }
}
