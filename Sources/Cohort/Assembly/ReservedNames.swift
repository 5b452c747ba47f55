/// Names of modalities that are words of `--methods` as well.
enum ReservedNames {
  /// Inputs of methods that are no modality: `logistic:late` is a fusion.
  static let inputs: Set<String> = [
    "best", "clinical", "concat", "late", "late-learned", "stack",
  ]

  private static let separators: Set<Character> = [":", ",", "+", "|"]

  /// The modality's name in methods and files: `modality.late` for a file `late.csv`.
  static func name(of stem: String) -> String {
    inputs.contains(stem) ? "modality.\(stem)" : stem
  }

  /// What to say of a name; nil for an ordinary one.
  static func notice(_ stem: String, file: String) -> CohortNotice? {
    if inputs.contains(stem) {
      return .warning(
        "reserved-name",
        "'\(stem)' is also an input of methods; the assay is called \(name(of: stem)) in methods and "
          + "files.", place: file, remedy: "rename the file if that is not wanted")
    }
    guard stem.contains(where: separators.contains) else { return nil }
    return .warning(
      "reserved-character",
      "The name \(CohortError.quoting(stem)) holds a character that separates words in --methods.",
      place: file,
      remedy: "rename the file, or write the name in double quotes in --methods")
  }
}
