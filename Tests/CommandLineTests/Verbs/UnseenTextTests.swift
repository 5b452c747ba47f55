import Foundation
import Testing

@Suite struct UnseenTextTests {
  /// A cohort whose names reorder, hide and steer.
  private func hostile() throws -> CohortFolder {
    let cohort = try CohortFolder()
    var labels = "sample,la\u{202E}bel\n"
    for (i, patient) in cohort.patients.enumerated() {
      labels += "\(patient),\(i % 2 == 0 ? "n\u{1B}[31mo" : "y\u{200B}es")\n"
    }
    try cohort.write(labels, to: "labels.csv")
    try cohort.write(cohort.modality("cnv"), to: "cn\u{2066}v.csv")
    try cohort.remove("cnv.csv")
    try cohort.write(
      "title: \"My\\u202Etitle\"\nlabel_from: [\"cn\u{2066}v\"]\n", to: "cohort.yaml")
    return cohort
  }

  private let unseen: [Unicode.Scalar] = ["\u{202E}", "\u{200B}", "\u{2066}", "\u{1B}"]

  private func expectVisible(_ text: String, _ place: Comment) {
    for scalar in unseen { #expect(!text.unicodeScalars.contains(scalar), place) }
  }

  @Test func namesAreShownEscapedEverywhere() throws {
    let cohort = try hostile()
    let label = "--label 'la\u{202E}bel'"
    let commands = [
      "$E inspect c \(label)", "$E inspect c \(label) --json",
      "$E study c \(label) --methods quick --repeats 1 --folds 2 --out out",
      "$E audit c \(label) --folds 2 --repeats 1 --out audit", "$E fuse c \(label) --out fused",
      "$E train c \(label) --model m", "$E predict m c --out p.csv",
      "$E explain m c --out why", "$E validate m c \(label) --exclude-seen --out val",
      "$E robustness c \(label) --kind missing --methods quick --folds 2 --repeats 1 --out rob",
    ]
    for command in commands {
      let outcome = try shell(command, cohort)
      expectVisible(outcome.output, "\(command), output")
      expectVisible(outcome.errors, "\(command), errors")
    }
    let inspected = try shell(commands[0], cohort).output
    #expect(inspected.contains("la\\u{202E}bel"))
    #expect(inspected.contains("cn\\u{2066}v"))
    for name in [
      "out/report.html", "audit/report.html", "why/report.html", "rob/report.html", "m.card.md",
    ] {
      let text = try String(contentsOfFile: "\(cohort.parent)/\(name)", encoding: .utf8)
      expectVisible(text, "\(name)")
      #expect(text.contains("u{2066}"), "\(name)")
    }
  }

  @Test func quietShowsEachWarningOnceInALine() throws {
    let cohort = try CohortFolder()
    let outcome = try shell(
      """
      mkdir out; touch "out/mine$(printf '\\n\\342\\200\\256')x" out/notes.txt
      $E study c --methods majority --repeats 1 --folds 3 --quiet --force --out out >/dev/null
      """, cohort)
    #expect(outcome.code == 0)
    #expect(
      outcome.errorLines == [
        "warning: the output folder holds files that are not a run's; they stay: "
          + "mine\\u{A}\\u{202E}x, notes.txt"
      ])
  }
}

@Suite struct SpreadsheetTests {
  @Test func cellsThatRunAreMarkedOnlyOnDemand() throws {
    let cohort = try CohortFolder()
    for name in ["labels.csv", "mrna.csv", "cnv.csv"] {
      let text = try String(contentsOfFile: "\(cohort.path)/\(name)", encoding: .utf8)
      try cohort.write(
        text.replacing("P3,", with: "=1+1,").replacing(",no", with: ",-"), to: name)
    }
    let options = "--methods majority --repeats 1 --folds 2 --quiet"
    let outcome = try shell(
      """
      $E study c \(options) --out plain >/dev/null; echo $?
      $E study c \(options) --out safe --spreadsheet-safe >/dev/null; echo $?
      cmp plain/results.csv safe/results.csv; cmp plain/report.html safe/report.html
      grep -c "^=1+1,majority" plain/predictions.csv; grep -c "^'=1+1,majority" safe/predictions.csv
      grep -c ",'-," safe/predictions.csv; grep -c "^'=1+1," safe/folds.csv
      cp safe/report.html before.html; $E report safe --quiet; echo $?
      $E study c \(options) --out safe --resume 2>/dev/null; echo $?
      """, cohort)
    let lines = outcome.output.split(separator: "\n").map(String.init)
    #expect(lines.first == "0" && lines.dropFirst().first == "0")
    #expect(lines.suffix(6).map { $0 } == ["1", "1", "24", "1", "0", "78"])
  }
}
