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
