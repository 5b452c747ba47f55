extension String {
  /// The text as it is to be written within a list or map of `cohort.yaml`: as it stands if YAML
  /// reads it as this text, else in single quotes (YAML 1.2, 7.3.2).
  package var asYAML: String {
    let isPlain =
      first?.isLetter == true
      && allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "_.".contains($0)) }
    let isWord = ["null", "true", "false", "yes", "no", "on", "off", "y", "n", "nan", "none"]
      .contains(lowercased())
    guard !isPlain || isWord else { return self }
    return "'" + split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''")
      + "'"
  }
}

extension CohortNotice {
  /// A sentence with a capital letter at its begin.
  static func opened(_ sentence: String) -> String {
    sentence.prefix(1).uppercased() + sentence.dropFirst()
  }
}
