/// Whether a label looks like a number: an outcome to be measured, not classes to be told apart.
///
/// It does if at least 19 of 20 labelled patients have a number, and these numbers are decimals, or
/// whole numbers of more distinct values than min(20, √n). Few whole numbers (0 and 1, stages 1 to
/// 4) are classes.
struct NumericLabel {
  /// Column of the label.
  let column: String
  /// Distinct numbers.
  let distinct: Int
  /// Distinct numbers that at most two patients have.
  let rare: Int
  /// Patients with a number.
  let patients: Int
  private let examples: [String]

  /// Nil where the label is no such number.
  init?(column: String, texts: [String]) {
    var counts = [Double: (count: Int, text: String)]()
    for text in texts {
      guard let number = CellText.number(text), number.isFinite else { continue }
      counts[number, default: (0, text)].count += 1
    }
    let numeric = counts.values.reduce(0) { $0 + $1.count }
    guard numeric > 0, 20 * numeric >= 19 * texts.count else { return nil }
    let limit = min(20, Double(numeric).squareRoot())
    let hasDecimals = counts.keys.contains { $0 != $0.rounded() }
    guard hasDecimals || Double(counts.count) > limit else { return nil }
    self.column = column
    distinct = counts.count
    rare = counts.values.count { $0.count <= 2 }
    patients = numeric
    examples = counts.keys.sorted().prefix(3).compactMap { counts[$0]?.text }
  }

  /// Whether most values occur once or twice, so that nothing can be learned of them as classes.
  var isHopeless: Bool { 2 * rare > distinct }

  private var found: String {
    "the label looks like a number: \(distinct) distinct numbers among \(patients) patients ("
      + examples.map(CohortError.quoting).joined(separator: ", ") + ", …)"
  }

  private static let advice =
    "choose a column of classes with --label, or write classes such as low and high"

  /// For a label that cannot be classes.
  var error: CohortError {
    CohortError(.numericLabel, columnName: column, found: found, remedy: Self.advice)
  }

  /// For a label that might be classes after all.
  var warning: CohortNotice {
    .warning(
      "numeric-label",
      CohortNotice.opened(found) + "; each number is taken for a class.", place: column,
      remedy: Self.advice)
  }
}
