/// A covariate of numbers that counts as categorical because of a few texts, such as an age of `>90`.
struct CovariateDoubts {
  let covariate: Covariate

  /// Fewest distinct numbers of a column of numbers; stages 1 to 4 and `X` are categories.
  private static let fewest = 10

  /// Nil where the covariate is what it seems.
  var notice: CohortNotice? {
    guard case .categorical(let values) = covariate.values else { return nil }
    let texts = values.compactMap { $0 }
    var others = [String: Int]()
    var numbers = Set<Double>()
    for text in texts {
      if let number = CellText.number(text) {
        numbers.insert(number)
      } else {
        others[text, default: 0] += 1
      }
    }
    let otherCount = others.values.reduce(0, +)
    guard otherCount > 0, numbers.count >= Self.fewest, 5 * otherCount <= texts.count else {
      return nil
    }
    let names = others.keys.sorted { $0.precedes($1) }
    let shown = names.prefix(5).map { "\(CohortError.quoting($0)) (\(others[$0] ?? 0))" }
    return .warning(
      "numbers-as-categories",
      "\(texts.count - otherCount) of \(texts.count) values are numbers, but "
        + shown.joined(separator: ", ") + (names.count > 5 ? ", …" : "")
        + (otherCount == 1 ? " is not" : " are not")
        + ": each value counts as a category of its own.",
      place: covariate.name,
      remedy: "write numbers instead, or missing: "
        + "[\(names.prefix(8).map(\.asYAML).joined(separator: ", "))] in cohort.yaml")
  }
}
