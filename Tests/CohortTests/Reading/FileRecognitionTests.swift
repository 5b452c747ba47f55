import Cohort
import Testing

/// Which files of a folder are taken for what, and what is said of the others.
@Suite("Files of a cohort folder")
struct FileRecognitionTests {
  static let labels = "sample,label\nP1,x\nP2,y\n"
  static let table = "sample,G\nP1,1\nP2,2\n"

  @Test(
    "a file that nobody reads is a warning",
    arguments: ["a.parquet", "a.xlsx", "a.rds", "a.csv.bz2", "a.tsv.xz", "a.bam", "a.unknown"])
  func unread(_ name: String) throws {
    let cohort = try read(["labels.csv": Self.labels, "m.csv": Self.table, name: "PAR1\u{1}x"])
    let warning = try #require(cohort.notices.first { $0.code == "unread-file" })
    #expect(warning.severity == .warning && warning.place == name && warning.remedy != nil)
  }

  @Test("where nothing else is left it is refused with what can be read")
  func onlyUnread() {
    let error = failure(["labels.csv": Self.labels, "a.xlsx": "PK"])
    #expect(error?.code == .noModality && error?.exitCode == 65)
    #expect(error?.found?.contains("a.xlsx") == true)
    #expect(error?.remedy?.contains("save each sheet as CSV") == true)
  }

  @Test(
    "documentation is passed over without a warning",
    arguments: ["README.txt", "notes.md", "plot.png", "script.R", "SHA256SUMS", ".hidden"])
  func documentation(_ name: String) throws {
    let cohort = try read(["labels.csv": Self.labels, "m.csv": Self.table, name: "x"])
    #expect(!cohort.notices.contains { $0.severity == .warning })
    #expect(cohort.notices.contains { $0.code == "ignored" && $0.message.contains(name) })
  }

  @Test(
    "other spellings of the file of labels",
    arguments: ["Labels.csv", "LABELS.TSV", "label.csv", "labels.txt"])
  func labelFile(_ name: String) throws {
    let text = name.hasSuffix("TSV") ? Self.labels.replacing(",", with: "\t") : Self.labels
    let cohort = try read([name: text, "m.csv": Self.table])
    #expect(cohort.nominalOutcome?.classes == ["x", "y"])
    #expect(cohort.table.modalities.map(\.name) == ["m"])
  }

  @Test("other spellings of cohort.yaml", arguments: ["cohort.yml", "Cohort.YAML"])
  func configurationFile(_ name: String) throws {
    let cohort = try read(["labels.csv": Self.labels, "m.csv": Self.table, name: "title: T\n"])
    #expect(cohort.details.title == "T")
    #expect(cohort.notices.contains { $0.code == "configuration-file" })
    #expect(
      failure([
        "labels.csv": Self.labels, "m.csv": Self.table, name: "title: T\n", "cohort.yaml": "",
      ])?.code == .duplicateFile)
  }

  @Test(
    "tables of outcomes or samples are no assays unless cohort.yaml says so",
    arguments: ["survival.csv", "metadata.tsv", "Phenotype.csv", "sample_sheet.csv"])
  func sideTables(_ name: String) throws {
    let text = "sample,OS.time,OS\nP1,5,0\nP2,6,1\n"
      .replacing(",", with: name.hasSuffix("tsv") ? "\t" : ",")
    var files = ["labels.csv": Self.labels, "m.csv": Self.table, name: text]
    let cohort = try read(files)
    #expect(cohort.table.modalities.map(\.name) == ["m"])
    let warning = try #require(cohort.notices.first { $0.code == "not-an-assay" })
    #expect(warning.place == name && warning.remedy?.contains("files: {\(name): ") == true)
    files["cohort.yaml"] = "files: {\(name): covariates}\n"
    #expect(try read(files).table.covariates.map(\.name) == ["OS.time", "OS"])
    files["cohort.yaml"] = "files: {\(name): modality}\n"
    #expect(try read(files).table.modalities.count == 2)
  }

  @Test("a modality named like an input of methods gets a name of its own")
  func reservedNames() throws {
    let files = ["labels.csv": Self.labels, "late.csv": Self.table, "m.csv": Self.table]
    let cohort = try read(files)
    #expect(cohort.table.modalities.map(\.name) == ["modality.late", "m"])
    #expect(cohort.notices.contains { $0.code == "reserved-name" && $0.place == "late.csv" })
    for name in ["late", "modality.late"] {
      #expect(try read(files, modalities: [name]).table.modalities.map(\.name) == ["modality.late"])
    }
    let odd = try read(["labels.csv": Self.labels, "a+b.csv": Self.table])
    #expect(odd.table.modalities.map(\.name) == ["a+b"])
    #expect(odd.notices.contains { $0.code == "reserved-character" })
  }

  @Test("labels whose column differs in case only")
  func labelColumn() throws {
    let cohort = try read(["labels.csv": "sample,Label\nP1,x\nP2,y\n", "m.csv": Self.table])
    #expect(cohort.nominalOutcome?.column == "Label")
    #expect(cohort.notices.contains { $0.code == "label-column" })
  }
}
