import Evaluation

/// The report of a study: one HTML file that needs no network, no script and no other file.
///
/// Equal inputs give equal bytes. The first screen answers in words; below it stand the numbers,
/// every chart beside its table and its files.
public struct StudyReport: Sendable {
  private let context: ReportContext

  /// A report of a study.
  public init(_ input: StudyReportInput) {
    context = ReportContext(input)
  }

  /// The page, UTF-8.
  ///
  /// - Complexity: linear in the size of the input.
  public func html() -> String {
    let summary = context.summary
    let name = summary.cohort.title ?? summary.cohort.name
    return ReportPage(
      title: "\(name): \(summary.outcome.label) (Equipoise)", heading: name,
      kind: "Study of \(Numbers.count(summary.methods.count, "method")), cross-validated",
      version: summary.design.version,
      firstScreen: ReportSections.firstScreen.rendered(context),
      below: ReportSections.below.rendered(context)
    ).html()
  }
}
