import Cohort

extension RunManifest.Configuration {
  /// The command that repeats a study: every option that differs from its default, and nothing of
  /// where or how fast it ran.
  public var repeatingCommand: String {
    guard let study else { return "" }
    var words = ["equipoise", "study", cohort]
    func add(_ flag: String, _ value: String?) {
      if let value { words += ["--\(flag)", value] }
    }
    let defaults = StudyOptions()
    add("label", label == "label" ? nil : label)
    add("group", group)
    for filter in filters { add("where", filter) }
    add("modalities", chosenModalities ? modalities.joined(separator: ",") : nil)
    if study.methods != defaults.methods {
      add("methods", study.methods.joined(separator: ","))
    }
    add("primary", study.primary?.joined(separator: ","))
    if let foldsFile {
      add("folds-file", foldsFile)
    } else {
      if study.folds != defaults.folds { add("folds", study.folds.description) }
      add("repeats", study.repeats?.description)
    }
    if study.unlabelled != defaults.unlabelled { add("unlabelled", study.unlabelled.rawValue) }
    if study.transductive { words.append("--transductive") }
    add("gate", study.gate)
    if study.seed != defaults.seed { add("seed", study.seed.description) }
    // Preprocessing has no flags: run.json lists what such a file must hold.
    if study.preprocessing != defaults.preprocessing || study.innerFolds != defaults.innerFolds {
      add("config", "preprocessing.yaml")
    }
    return words.map(shellQuoted).joined(separator: " ")
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
