import Cohort
import Testing

/// Identifiers that differ between files: what joins, what would under which rule, and what is refused.
@Suite("Identifiers across files")
struct IdentifierJoinTests {
  /// How a file of an assay writes the patients of the labels, and the rule under which all join.
  struct Spelling: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let labels: [String]
    let table: [String]
    let rule: String
  }

  static let spellings: [Spelling] = [
    Spelling(
      testDescription: "lost zeros", labels: ["001", "002", "010"], table: ["1", "2", "10"],
      rule: "drop-leading-zeros"),
    Spelling(
      testDescription: "R's X", labels: ["1a", "2a", "3a"], table: ["X1a", "X2a", "X3a"],
      rule: "drop-x"),
    Spelling(
      testDescription: "R's points", labels: ["P-1", "P-2", "P-3"], table: ["P.1", "P.2", "P.3"],
      rule: "dots-as-dashes"),
    Spelling(
      testDescription: "R's X and points", labels: ["1-a", "2-a", "3-a"],
      table: ["X1.a", "X2.a", "X3.a"], rule: "[drop-x, dots-as-dashes]"),
    Spelling(
      testDescription: "case", labels: ["pA", "pB", "pC"], table: ["PA", "PB", "PC"],
      rule: "ignore-case"),
    Spelling(
      testDescription: "blanks", labels: ["P 1", "P 2", "P 3"], table: ["P1", "P2", "P3"],
      rule: "drop-blanks"),
    Spelling(
      testDescription: "numbers as decimals", labels: ["1", "2", "3"],
      table: ["1.0", "2.0", "3.0"],
      rule: "drop-point-zero"),
    Spelling(
      testDescription: "suffix", labels: ["P1", "P2", "P3"], table: ["P1-T", "P2-T", "P3-T"],
      rule: "drop-suffix"),
    Spelling(
      testDescription: "TCGA barcodes", labels: ["TCGA-A1-0001", "TCGA-A1-0002", "TCGA-A1-0003"],
      table: ["TCGA-A1-0001-01A-11R", "TCGA-A1-0002-01A-11R", "TCGA-A1-0003-01A-11R"],
      rule: "tcga-patient"),
  ]

  private func files(_ spelling: Spelling, configuration: String? = nil) -> Files {
    var files = [
      "labels.csv": "sample,label\n"
        + zip(spelling.labels, ["x", "y", "x"]).map { "\($0),\($1)\n" }.joined(),
      "m.csv": "sample,G\n" + spelling.table.enumerated().map { "\($1),\($0)\n" }.joined(),
    ]
    files["cohort.yaml"] = configuration
    return files
  }

  @Test(
    "a file that matches nobody is refused with the rule that would join it", arguments: spellings)
  func refused(_ spelling: Spelling) {
    let error = failure(files(spelling))
    #expect(error?.code == .noOverlap && error?.exitCode == 65)
    #expect(error?.remedy?.contains("3 of 3 would join") == true)
    #expect(error?.remedy?.contains("write sample_id: \(spelling.rule) into") == true)
  }

  @Test("the rule joins it", arguments: spellings)
  func joined(_ spelling: Spelling) throws {
    let cohort = try read(files(spelling, configuration: "sample_id: \(spelling.rule)\n"))
    #expect(cohort.table.patientCount == 3)
    #expect(try cohort.modality("m").values.values == [0, 1, 2])
    #expect(cohort.nominalOutcome?.classCounts == [2, 1])
  }

  @Test("a partial join is a warning with the rule that would complete it")
  func partial() throws {
    let cohort = try read([
      "labels.csv": "sample,label\n" + (1...12).map { "P\($0),x\n" }.joined(),
      "m.csv": "sample,G\n" + (1...12).map { "\($0 > 6 ? "p" : "P")\($0),1\n" }.joined(),
    ])
    let warning = try #require(cohort.notices.first { $0.code == "partial-join" })
    #expect(warning.severity == .warning && warning.place == "m.csv")
    #expect(warning.message.contains("6 of 12"))
    #expect(warning.remedy?.contains("12 of 12 would join") == true)
  }

  @Test("unlabelled patients are a note where another file knows them, a warning where none does")
  func unlabelled() throws {
    let labels = "sample,label\n" + (1...20).map { "P\($0),x\n" }.joined()
    func table(_ names: [String]) -> String { "sample,G\n" + names.map { "\($0),1\n" }.joined() }
    let more = (1...20).map { "P\($0)" } + (1...5).map { "Q\($0)" }
    let both = try read(["labels.csv": labels, "m.csv": table(more), "n.csv": table(more)])
    #expect(!both.notices.contains { $0.code == "partial-join" })
    #expect(both.notices.count { $0.code == "absent-from-labels" } == 2)
    let one = try read(["labels.csv": labels, "m.csv": table(more)])
    #expect(one.notices.contains { $0.code == "partial-join" && $0.severity == .warning })
  }

  @Test("a rule that makes two patients equal is not offered, and refused where it is asked for")
  func collisions() {
    let files = [
      "labels.csv": "sample,label\nP1,x\nP2,y\n", "m.csv": "sample,G\nP1-a,1\nP1-b,2\nP2-a,3\n",
    ]
    #expect(failure(files)?.remedy?.contains("would join") != true)
    var asked = files
    asked["cohort.yaml"] = "sample_id: drop-suffix\n"
    let error = failure(asked)
    #expect(error?.code == .duplicateSample)
    #expect(error?.found?.contains("after sample_id: drop-suffix") == true)
  }

  @Test("every repeated name is given with its places")
  func repeatedNames() {
    let error = failure([
      "labels.csv": "sample,label\nP1,x\nP2,y\n", "m.csv": "sample,G,H,G,H,G\nP1,1,2,3,4,5\n",
    ])
    #expect(error?.found == "2 names: 'G' in columns 2, 4 and 6; 'H' in columns 3 and 5")
  }
}
