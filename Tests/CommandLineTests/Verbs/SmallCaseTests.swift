import Foundation
import Testing

/// Files as people make them: each is read as it was meant, or refused with what to do; nothing is
/// misread without a word.
@Suite struct SmallCaseTests {
  private static let study = [
    "study", "cohort", "--methods", "majority,logistic-balanced:mrna", "--repeats", "1",
    "--threads", "1", "--quiet", "--out", "out",
  ]

  static let tables: [SmallCase] = [
    SmallCase("01-trailing-comma", says: ["mrna: 12 features, 45 patients", "end in a separator"]),
    SmallCase(
      "02-cbioportal",
      says: ["patients: 45,", "mrna: 12 features", "'Entrez_Gene_Id' is no sample"]),
    SmallCase(
      "03b-csv2-decimal-comma",
      says: ["mrna: 12 features, 45 patients, values -3.251 to 4", "with a comma"]),
    SmallCase("03h-sep-hint", says: ["mrna: 12 features, 45 patients, values -3.251 to 4"]),
    SmallCase(
      "05f-description-column",
      says: ["mrna: 12 features, 45 patients", "columns: {mrna.tsv: {Description: ignore}}"]),
    SmallCase(
      "05i-featurecounts",
      says: ["mrna: 12 features, 45 patients", "comment line", "'Chr'", "'Start'", "'Length'"]),
    SmallCase(
      "06b-cbio-clinical-as-labels-display-name", study + ["--label", "Subtype"],
      says: ["macro-F1"], absent: ["#STRING"]),
    SmallCase("20h-uppercase-ext", says: ["mrna: 12 features, 45 patients"]),
    SmallCase("20i-labels-uppercase", says: ["45 labelled", "Taken as the file of labels"]),
    SmallCase("21a-xena-noext-gz", says: ["modality HiSeqV2: 12 features, 45 patients"]),
    SmallCase("21d-only-foreign", code: 65, says: ["mrna.h5ad"]),
    SmallCase(
      "21f-survival-csv-numeric", says: ["survival.csv", "files: {survival.csv: covariates}"],
      absent: ["modality survival"]),
    SmallCase("21n-modality-no-header", code: 65, says: ["mrna.csv, line 1", "no header"]),
    SmallCase("92-yaml-yml", code: 65, says: ["'P0'", "sample_id: {prefix: 2}"]),
    SmallCase(
      "95b-integer-names-five-missing", says: ["patients: 45,", "mrna: 60 features, 40 patients"]),
    SmallCase("96a-label-first-then-sample", says: ["45 labelled", "column 2 (sample)"]),
    SmallCase("96c-many-duplicate-genes", code: 65, says: ["'G1'", "'G2'", "'G3'"]),
  ]

  static let identifiers: [SmallCase] = [
    SmallCase(
      "07c-tcga-dots-from-R", code: 65,
      says: ["45 of 45 would join", "sample_id: [dots-as-dashes, tcga-patient]"]),
    SmallCase(
      "08a-leading-zeros-lost",
      says: [
        "warning: mrna.csv: 99 of 120", "120 of 120 would join", "sample_id: drop-leading-zeros",
      ]),
    SmallCase("08c-R-X-prefix", code: 65, says: ["R's make.names", "sample_id: drop-x"]),
    SmallCase("10c-excel-dates", says: ["'1-Mar'", "'Mar-03'", "'43891'", "dates"]),
    SmallCase(
      "93d-clinical-other-ids", code: 65, says: ["clinical.csv", "sample_id: drop-suffix"]),
    SmallCase(
      "98b-group-file-other-ids", ["inspect", "cohort", "--group", "site"], code: 65,
      says: ["site.csv"]),
  ]

  static let meanings: [SmallCase] = [
    SmallCase("05a-gct-ext", says: ["mrna: 12 features, 45 patients, values -3.251 to 4"]),
    SmallCase("12-label-N_2fA", says: ["usually means a missing value", "missing: ['N/A']"]),
    SmallCase("12b-case-variants", says: ["'A' and 'a'", "classes: {a: A, b: B, c: C}"]),
    SmallCase("12c-float-and-int", says: ["'0' and '0.0'", "classes: {'0.0': '0'"]),
    SmallCase("12e-continuous", study, code: 65, says: ["the label looks like a number"]),
    SmallCase(
      "12g-age-integers",
      ["study", "cohort", "--methods", "majority", "--repeats", "1", "--quiet", "--out", "out"],
      says: ["warning: label: The label looks like a number"]),
    SmallCase(
      "12h-class-with-comma-quote", ["inspect", "cohort", "--where", "label!=Stage I, early"],
      says: ["no patient has 'Stage I'", "--where 'label!=\"Stage I, early\"'"]),
    SmallCase(
      "12h-class-with-comma-quote", ["inspect", "cohort", "--where", "label!=\"Stage I, early\""],
      says: ["--where keeps"], absent: ["no patient has"]),
    SmallCase("60c-molar", says: ["metab: 12 features, 60 patients, values 1.48e-08 to 4.91e-06"]),
    SmallCase("93b-clinical-mixed-age", says: ["44 of 45 values are numbers", "'>90'"]),
    SmallCase("98a-sentinel-minus999", says: ["20 cells hold -999", "missing: ['-999']"]),
    SmallCase(
      "91b-modality-late-best",
      [
        "study", "cohort", "--methods", "logistic-balanced:modality.late,logistic-balanced:late",
        "--repeats", "1", "--threads", "1", "--quiet", "--out", "out",
      ],
      says: ["'late' is also an input of methods", "logistic-balanced:modality.late"]),
  ]

  static let folds: [SmallCase] = [
    SmallCase(
      "50g-foldsfile", study + ["--folds-file", "folds/noclass.csv"],
      says: ["Class A is absent from the training part"]),
    SmallCase(
      "50g-foldsfile", study + ["--folds-file", "folds/partial.csv"],
      says: ["15 of 45 labelled patients are in no fold"]),
    SmallCase(
      "50h-classinonegroup", study + ["--group", "site"],
      says: ["All 10 patients of class C are in group"]),
  ]

  @Test("meanings of labels, values and names", arguments: meanings)
  func meaning(_ small: SmallCase) throws { try check(small) }

  @Test("folds", arguments: folds)
  func fold(_ small: SmallCase) throws { try check(small) }

  @Test("the right values are those of the clean table")
  func figures() throws {
    // Macro-F1 of logistic regression on the clean table is .764 on these folds.
    for name in ["02-cbioportal", "05a-gct-ext"] {
      try SmallCase(name, Self.study, says: []).run { outcome, _ in
        #expect(outcome.code == 0, "\(outcome.errors)")
        let row = outcome.output.split(separator: "\n").first {
          $0.contains("logistic-balanced:mrna")
        }
        #expect(row?.contains("0.764") == true, "\(outcome.output)")
      }
    }
    var rows = [Substring?]()
    for name in ["60c-molar", "60c-molar-ref"] {
      let arguments = Self.study.map { $0.replacing("mrna", with: "metab") }
      try SmallCase(name, arguments, says: []).run { outcome, _ in
        rows.append(
          outcome.output.split(separator: "\n").first { $0.contains("logistic-balanced:metab") })
      }
    }
    #expect(rows[0] != nil && rows[0] == rows[1])
  }

  @Test("a warning reaches the summary and the report")
  func everywhere() throws {
    try SmallCase("02-cbioportal", Self.study, says: []).run { outcome, folder in
      #expect(outcome.errors.contains("warning: mrna.txt: 'Entrez_Gene_Id' is no sample"))
      for file in ["summary.json", "report.html"] {
        let text = try String(contentsOfFile: "\(folder)/out/\(file)", encoding: .utf8)
        #expect(
          text.contains("Entrez_Gene_Id")
            && text.contains("annotation-columns") == (file == "summary.json"))
      }
    }
  }

  @Test("tables", arguments: tables)
  func table(_ small: SmallCase) throws { try check(small) }

  @Test("identifiers", arguments: identifiers)
  func identifier(_ small: SmallCase) throws { try check(small) }

  private func check(_ small: SmallCase) throws {
    try small.run { outcome, folder in
      let text = outcome.output + outcome.errors
      #expect(outcome.code == small.code, "\(text)")
      for word in small.words { #expect(text.contains(word), "\(word) in: \(text)") }
      for word in small.absent { #expect(!text.contains(word), "\(word) in: \(text)") }
      if outcome.code != 0 {
        #expect(outcome.errors.hasPrefix("error[\(small.code)]: "), "\(outcome.errors)")
        #expect(!FileManager.default.fileExists(atPath: "\(folder)/out"))
      }
    }
  }
}
