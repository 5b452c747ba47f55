import Cohort

extension RunManifest.Configuration {
  /// The command that repeats a study or an audit: every option that differs from its default, and
  /// nothing of where or how fast it ran. Empty for other verbs.
  public var repeatingCommand: String {
    if let study {
      return text(study.robustness == nil ? "study" : "robustness", words(of: study))
    }
    if let audit { return text("audit", words(of: audit)) }
    return ""
  }

  private func text(_ verb: String, _ options: [String]) -> String {
    var words = ["equipoise", verb, cohort]
    if let label, label != "label" { words += ["--label", label] }
    if let group { words += ["--group", group] }
    for filter in filters { words += ["--where", filter] }
    if chosenModalities { words += ["--modalities", modalities.joined(separator: ",")] }
    words += reading ?? []
    if spreadsheetSafe == true { words.append("--spreadsheet-safe") }
    return (words + options).map(shellQuoted).joined(separator: " ")
  }

  private func words(of study: StudyOptions) -> [String] {
    var words = OptionWords()
    let defaults = StudyOptions()
    if let robustness = study.robustness {
      let standard = RobustnessOptions(kind: robustness.kind)
      words.add("kind", robustness.kind.rawValue)
      words.add(
        "settings", robustness.settings.joined(separator: ","), unless: robustness.settings.isEmpty)
      words.add(
        "draws", robustness.draws.description, unless: robustness.draws == standard.draws)
      words.add("labelled-file", labelledFile)
    }
    words.add(
      "methods", study.methods.joined(separator: ","), unless: study.methods == defaults.methods)
    words.add("primary", study.primary?.joined(separator: ","))
    words.addFolds(foldsFile, folds: study.folds, default: defaults.folds, repeats: study.repeats)
    words.add(
      "unlabelled", study.unlabelled.rawValue, unless: study.unlabelled == defaults.unlabelled)
    if study.transductive { words.list.append("--transductive") }
    words.add("gate", study.gate)
    words.add("seed", study.seed.description, unless: study.seed == defaults.seed)
    words.addConfiguration(
      unless: study.preprocessing == defaults.preprocessing
        && study.innerFolds == defaults.innerFolds)
    return words.list
  }

  private func words(of audit: AuditOptions) -> [String] {
    var words = OptionWords()
    let defaults = AuditOptions()
    words.addFolds(foldsFile, folds: audit.folds, default: defaults.folds, repeats: audit.repeats)
    words.add(
      "unlabelled", audit.unlabelled.rawValue, unless: audit.unlabelled == defaults.unlabelled)
    words.add("gate", audit.gate, unless: audit.gate == "auto")
    words.add("seed", audit.seed.description, unless: audit.seed == defaults.seed)
    words.addConfiguration(
      unless: audit.preprocessing == defaults.preprocessing
        && audit.innerFolds == defaults.innerFolds)
    return words.list
  }
}

/// Options of a command, in order.
private struct OptionWords {
  var list: [String] = []

  mutating func add(_ flag: String, _ value: String?, unless isDefault: Bool = false) {
    if let value, !isDefault { list += ["--\(flag)", value] }
  }

  mutating func addFolds(_ file: String?, folds: Int, default standard: Int, repeats: Int?) {
    if let file {
      add("folds-file", file)
    } else {
      add("folds", folds.description, unless: folds == standard)
      add("repeats", repeats?.description)
    }
  }

  /// Preprocessing has no flags: run.json lists what such a file must hold.
  mutating func addConfiguration(unless isDefault: Bool) {
    add("config", "preprocessing.yaml", unless: isDefault)
  }
}

/// A word of a command, quoted for a shell where it must be.
package func shellQuoted(_ word: String) -> String {
  let isPlain = word.unicodeScalars.allSatisfy { scalar in
    scalar.isASCII
      && (scalar.properties.isAlphabetic || "0123456789-_./:=,+@%".unicodeScalars.contains(scalar))
  }
  if isPlain && !word.isEmpty { return word }
  let inner = word.split(separator: "'", omittingEmptySubsequences: false)
    .joined(separator: "'\\''")
  return "'\(inner)'"
}
