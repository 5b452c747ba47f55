/// Doubts about the names of classes: some that are nearly equal, some that look like a missing value.
struct ClassNameDoubts {
  let outcome: NominalOutcome

  /// Warnings, each with the line to write into `cohort.yaml`.
  var notices: [CohortNotice] { [nearEqual, missing].compactMap { $0 } }

  private var occupied: [(name: String, count: Int)] {
    zip(outcome.classes, outcome.classCounts).filter { $0.1 > 0 }.map { (name: $0, count: $1) }
  }

  /// Groups of names that differ in case, spaces, hyphens and underscores only, or are the same
  /// number; the most frequent spelling first, ties in order of classes.
  var nearEqualGroups: [[String]] {
    var groups = [String: [(name: String, count: Int)]]()
    for entry in occupied { groups[Self.key(entry.name), default: []].append(entry) }
    return groups.values.filter { $0.count > 1 }
      .map { group in
        group.sorted { a, b in
          a.count != b.count ? a.count > b.count : a.name.precedes(b.name)
        }.map(\.name)
      }.sorted { $0[0].precedes($1[0]) }
  }

  private var nearEqual: CohortNotice? {
    let groups = nearEqualGroups
    guard !groups.isEmpty else { return nil }
    let shown = groups.prefix(4).map { $0.map(CohortError.quoting).joined(separator: " and ") }
    let pairs = groups.flatMap { group in
      group.dropFirst().map { "\($0.asYAML): \(group[0].asYAML)" }
    }
    return .warning(
      "near-equal-classes",
      "Classes with nearly equal names are taken for different ones: "
        + shown.joined(separator: "; ") + (groups.count > 4 ? "; …" : "") + ".",
      place: outcome.column,
      remedy: "if they are the same, write classes: {\(pairs.joined(separator: ", "))} "
        + "in cohort.yaml")
  }

  private var missing: CohortNotice? {
    let names = occupied.filter { MissingWord.isLikely($0.name) }
    guard !names.isEmpty else { return nil }
    let shown = names.map { "\(CohortError.quoting($0.name)) (\($0.count))" }
    return .warning(
      "missing-as-class",
      (names.count == 1 ? "A class has a name" : "Classes have names")
        + " that usually mean"
        + (names.count == 1 ? "s" : "") + " a missing value: " + shown.joined(separator: ", ")
        + ".",
      place: outcome.column,
      remedy: "if it is missing, write missing: "
        + "[\(names.map(\.name.asYAML).joined(separator: ", "))] in cohort.yaml")
  }

  /// What near-equal names have in common.
  private static func key(_ name: String) -> String {
    if let number = CellText.number(name), number.isFinite { return "number \(number + 0)" }
    let words = name.lowercased().split { $0.isWhitespace || $0 == "-" || $0 == "_" }
    // A sign at either end has a meaning (`ER+`, `ER-`); between words it separates.
    let signs = [name.first, name.last].map { $0 == "-" ? "-" : "" }
    return signs[0] + words.joined(separator: " ") + signs[1]
  }
}

/// Words for a missing value that the reader does not take for one by itself.
enum MissingWord {
  private static let words: Set<String> = [
    "n/a", "#n/a", "na", "nan", "null", "none", "nil", "missing", "unknown", "not reported",
    "not available", "not applicable", "not evaluated", "not determined", "no data", "undefined",
    "-999", "-99", "-9999", "999", "9999", "?", "-", "--", "'--", "unk", ".",
  ]

  /// Whether a text usually means that a value is missing; brackets as of TCGA's `[Unknown]`, case
  /// and outer spaces do not matter.
  static func isLikely(_ text: String) -> Bool {
    var name = text.lowercased()[...]
    while name.first?.isWhitespace == true { name.removeFirst() }
    while name.last?.isWhitespace == true { name.removeLast() }
    if name.first == "[", name.last == "]", name.count > 2 { name = name.dropFirst().dropLast() }
    return words.contains(String(name))
  }
}
