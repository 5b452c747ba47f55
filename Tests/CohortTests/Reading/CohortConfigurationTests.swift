import Cohort
import Foundation
import Testing

@Suite("cohort.yaml")
struct CohortConfigurationTests {
  static let files: Files = [
    "outcomes.csv": "sample,grade,age,site,junk\nTCGA-AA-0001,x,50,s1,q\nTCGA-AA-0002,y,60,s2,q\n",
    "mrna.csv": "s,g1,g2,batch\nTCGA-AA-0001-01A,0,1,u\nTCGA-AA-0002-01A,2,NA,v\n",
    "cnv.csv": "s,g1\nTCGA-AA-0002-01A,2\n",
    "raw.csv": "not,a\ntable\n",
  ]

  static func configured(_ yaml: String) -> Files {
    files.merging(["cohort.yaml": yaml]) { $1 }
  }

  static let yaml = """
    title: Two patients
    source: nowhere
    licence: none
    label_from: [mrna]
    sample_id: tcga-patient
    modalities: [mrna, cnv]
    transforms: {mrna: log1p, cnv: none}
    files: {outcomes.csv: label, raw: ignore}
    columns:
      outcomes.csv: {grade: label, site: group, age: covariates, junk: ignore}
      mrna: {batch: covariates}
    """

  @Test("roles, order, transforms, identifiers and details")
  func everything() throws {
    let cohort = try read(Self.configured(Self.yaml))
    #expect(cohort.table.patients == ["TCGA-AA-0001", "TCGA-AA-0002"])
    #expect(cohort.nominalOutcome?.column == "grade")
    #expect(cohort.labelTexts == ["x", "y"])
    #expect(cohort.groups == ["s1", "s2"])
    #expect(cohort.table.modalities.map(\.name) == ["mrna", "cnv"])
    #expect(cohort.table.covariates.map(\.name) == ["age", "batch"])
    #expect(cohort.table.covariates[1].values == .categorical(["u", "v"]))
    let mrna = try cohort.modality("mrna")
    #expect(mrna.featureNames == ["g1", "g2"])
    #expect(mrna.values[0, 1] == log1p(1) && mrna.values[1, 0] == log1p(2))
    #expect(mrna.values[1, 1].isNaN)
    #expect(try cohort.modality("cnv").values[1, 0] == 2)
    #expect(
      cohort.details
        == CohortDetails(
          title: "Two patients", source: "nowhere", license: "none", labelDerivedFrom: ["mrna"]))
  }

  @Test("identifiers by prefix; rows that are no features of a table with samples in columns")
  func prefixAndRows() throws {
    let cohort = try read([
      "cohort.yaml": "sample_id: {prefix: 1}\ncolumns: {m: {note: ignore, g2: ignore}}\n",
      "labels.csv": "sample,label\na1,x\nb1,y\n",
      "m.csv": "g,note,a7,b7\ng1,free text,1,2\ng2,,3,4\n",
    ])
    #expect(cohort.table.patients == ["a", "b"])
    #expect(try cohort.modality("m").featureNames == ["g1"])
    #expect(try cohort.modality("m").values.values == [1, 2])
  }

  @Test("what it cannot mean is an error with its line")
  func errors() {
    let cases: [(String, Int?)] = [
      ("titel: x\n", 1), ("title: x\nmodalities: {a: b}\n", 2), ("a: [1\n", nil),
      ("sample_id: tcga\n", 1), ("transforms: {mrna: log3}\n", 1),
      ("title: x\ntransforms:\n  mrma: log1p\n", 3), ("files: {mrna.csv: modalitty}\n", 1),
      ("files: {gone.csv: ignore}\n", 1), ("modalities:\n- cnv\n- rppa\n", 3),
      ("- a list\n", 1), ("title: a\ntitle: b\n", nil),
      (Self.yaml + "\n  cnv.csv: {gone: ignore}\n", 12),
    ]
    for (yaml, line) in cases {
      let error = failure(Self.configured(yaml))
      #expect(error?.code == .badConfiguration, "\(yaml)")
      #expect(error?.exitCode == 78)
      #expect(error?.file == "cohort.yaml")
      if let line { #expect(error?.line == line, "\(yaml)") }
    }
    #expect(failure(Self.configured("titel: x\n"))?.remedy == "did you mean title?")
    #expect(failure(Self.configured("transforms: {mrma: log1p}\n"))?.remedy == "did you mean mrna?")
  }

  @Test("log1p of -1 or less")
  func transform() {
    var files = Self.configured(Self.yaml)
    files["mrna.csv"] = "s,g1,g2,batch\nTCGA-AA-0001,0,-1,u\n"
    let error = failure(files)
    #expect(error?.code == .invalidTransform && error?.columnName == "g2")
    #expect(error?.patient == "TCGA-AA-0001")
  }

  @Test("barcodes that meet in one patient are duplicates")
  func aliquots() {
    var files = Self.configured(Self.yaml)
    files["cnv.csv"] = "s,g1\nTCGA-AA-0002-01A,2\nTCGA-AA-0002-11A,3\n"
    #expect(failure(files)?.code == .duplicateSample)
  }
}
