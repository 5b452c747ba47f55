import Testing
import _TestSupport

/// Formats of the field from the command line.
@Suite("Formats of the field, as verbs read them")
struct FieldFormatVerbTests {
  private func fixture(_ name: String) -> String {
    repositoryRoot.appending(path: "Tests/Fixtures/formats/\(name)").path(percentEncoded: false)
  }

  @Test func studyOfACBioPortalFolderTakesOneCommand() throws {
    let cohort = try CohortFolder()
    let outcome = try Program.run([
      "study", fixture("cbioportal"), "--label", "SUBTYPE", "--methods",
      "majority,logistic-balanced:mrna", "--folds", "3", "--repeats", "1", "--out", cohort.out,
      "--quiet",
    ])
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("logistic-balanced:mrna"))
    #expect(outcome.errors.contains("limit-values") || outcome.errors.contains("'>8'"))
    let predictions = try cohort.output("predictions.csv")
    #expect(predictions.contains("PT-29"))
    let summary = try cohort.output("summary.json")
    #expect(summary.contains("several-samples"))
  }

  @Test func zipOfACohortIsACohort() throws {
    let outcome = try Program.run(["inspect", fixture("zip-cohort/brca.zip")])
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("cohort: brca\n"))
    #expect(outcome.output.contains("modality rppa: 4 features"))
  }

  @Test func mutationsAreReadOnRequest() throws {
    let arguments = ["inspect", fixture("cbioportal"), "--label", "subtype"]
    let without = try Program.run(arguments)
    #expect(!without.output.contains("modality mutations"))
    let with = try Program.run(arguments + ["--mutations"])
    #expect(with.output.contains("modality mutations: 2 features, 20 patients"))
  }

  @Test(arguments: ["x", "", "-1", "0", "8Q", "1e3", "NaN", "99999999999G", "G"])
  func nonsenseAsSizeIsRefused(size: String) throws {
    let outcome = try Program.run(["inspect", fixture("gct-gz"), "--max-uncompressed=\(size)"])
    #expect(outcome.code == 64)
    #expect(outcome.errors.contains("max-uncompressed"))
  }

  @Test func sizeOfCompressedFilesIsBounded() throws {
    let small = try Program.run(["inspect", fixture("gct-gz"), "--max-uncompressed", "100"])
    #expect(small.code == 65)
    #expect(small.errors.contains("--max-uncompressed"))
    let zipped = try Program.run(["inspect", fixture("zip-table"), "--max-uncompressed", "100"])
    #expect(zipped.code == 65)
    for size in ["1M", "1.5GiB", "4096", "500MB"] {
      let outcome = try Program.run(["inspect", fixture("gct-gz"), "--max-uncompressed", size])
      #expect(outcome.code == 0, "\(size)")
    }
  }

  @Test func unknownFormatIsRefusedWithTheKnownOnes() throws {
    let outcome = try Program.run(["inspect", fixture("gdc"), "--format", "cbioprotal"])
    #expect(outcome.code == 64)
    #expect(outcome.errors.contains("cbioportal"))
  }

  @Test func formatOptionsAreKeysOfTheConfiguration() throws {
    let cohort = try CohortFolder()
    try cohort.write(
      "format: cbioportal\nlabel: subtype\nmutations: true\nmax-uncompressed: 1G\n",
      to: "../config.yaml")
    let config = "\(cohort.parent)/config.yaml"
    let outcome = try Program.run(["inspect", fixture("cbioportal"), "--config", config])
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("modality mutations"))
    try cohort.write("max-uncompressed: much\n", to: "../config.yaml")
    #expect(try Program.run(["inspect", fixture("gdc"), "--config", config]).code == 78)
  }

  @Test func studyWithoutALabelNamesTheColumns() throws {
    let cohort = try CohortFolder()
    let outcome = try Program.run(["study", fixture("cbioportal"), "--out", cohort.out])
    #expect(outcome.code == 64)
    #expect(outcome.errors.contains("--label SUBTYPE"))
    #expect(!cohort.hasOutput)
  }
}
