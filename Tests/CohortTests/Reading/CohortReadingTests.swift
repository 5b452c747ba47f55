import Cohort
import LinearAlgebra
import Testing

@Suite("Cohort folders")
struct CohortReadingTests {
  static let labels = "sample,label\na,x\nb,y\nc,\nd,x\n"
  static let rna = "sample,g1,g2\na,1,2\nb,3,4\nd,5,6\n"

  @Test("patients come in order of first appearance: labels, then modalities by name")
  func order() throws {
    let cohort = try read([
      "labels.csv": Self.labels, "mrna.csv": "sample,g1,g2\nz,9,9\na,1,2\nd,5,6\n",
      "cnv.tsv": "sample\tq\ny\t7\nb\t8\nz\t1\n",
    ])
    #expect(cohort.name == "test")
    #expect(cohort.table.patients == ["a", "b", "c", "d", "y", "z"])
    #expect(cohort.table.modalities.map(\.name) == ["cnv", "mrna"])
    #expect(cohort.labelTexts == ["x", "y", nil, "x", nil, nil])
    let mrna = try cohort.modality("mrna")
    #expect(mrna.isMeasured == [true, false, false, true, false, true])
    #expect(Array(mrna.values.row(3)) == [5, 6])
    #expect(mrna.values.row(1).allSatisfy { $0.isNaN })
    #expect(cohort.joins.map(\.absentFromLabels) == [2, 1])
    #expect(cohort.joins.map(\.absentFromFile) == [3, 2])
  }

  @Test("the order of modalities is the order asked; rows do not depend on it")
  func modalityOrder() throws {
    let files = [
      "labels.csv": "sample,label\na,x\n", "b.csv": "s,f\nq,1\na,2\n", "a.csv": "s,f\nr,1\na,2\n",
    ]
    let cohort = try read(files, modalities: ["b", "a"])
    #expect(cohort.table.modalities.map(\.name) == ["b", "a"])
    #expect(cohort.table.patients == ["a", "r", "q"])
    #expect(try read(files, modalities: ["b"]).table.patients == ["a", "q"])
  }

  @Test("missing cells are empty, NA, NaN, nan, null and a point; a wholly missing row is a gap")
  func missingCells() throws {
    let cohort = try read([
      "labels.csv": "sample,label\na,x\nb,NA\n",
      "m.csv": "sample,1,2,3,4,5,6,7\na,,NA,NaN,nan,null,.,1\nb,,NA,NaN,nan,null,., \n",
    ])
    let table = try cohort.modality("m")
    #expect(table.values.row(0).map(\.isNaN) == [true, true, true, true, true, true, false])
    #expect(table.isMeasured == [true, false])
    #expect(cohort.labelTexts == ["x", nil])
  }

  @Test("quotes, CRLF, byte order mark, blank lines and no last line end")
  func quoting() throws {
    let cohort = try read([
      "labels.csv":
        "\u{FEFF}sample,label\r\n\"a, 1\",\"say \"\"x\"\"\"\r\n\r\n\"b\n2\", plain \r\n",
      "m.csv": "\u{FEFF}\"sample\",\"g,1\"\r\n \"a, 1\" , \"1.5\" \r\n\"b\n2\",2",
    ])
    #expect(cohort.table.patients == ["a, 1", "b\n2"])
    #expect(cohort.labelTexts == ["say \"x\"", "plain"])
    let table = try cohort.modality("m")
    #expect(table.featureNames == ["g,1"])
    #expect(table.values.values == [1.5, 2])
  }

  @Test("samples in columns are found by their identifiers")
  func transposed() throws {
    let cohort = try read([
      "labels.csv": Self.labels, "m.csv": "gene,b,a,new\ng1,1,2,3\ng2,4,,6\n",
      "clinical.csv": "what,a,b\nage,50,60\nsex,f,m\n",
    ])
    let table = try cohort.modality("m")
    #expect(cohort.table.patients == ["a", "b", "c", "d", "new"])
    #expect(table.featureNames == ["g1", "g2"])
    #expect(Array(table.values.row(1)) == [1, 4])
    #expect(table.values[0, 0] == 2 && table.values[0, 1].isNaN)
    #expect(cohort.notices.contains { $0.code == "orientation" && $0.place == "m.csv" })
    #expect(cohort.table.covariates.map(\.name) == ["age", "sex"])
  }

  @Test("without labels a model's features tell the orientation; without them samples are rows")
  func orientationByFeatures() throws {
    let files = ["m.csv": "id,p,q\ng1,1,2\ng2,3,4\n"]
    let known = try read(files, labels: .ignored, knownFeatures: ["m": ["g1", "g2"]])
    #expect(known.table.patients == ["p", "q"])
    #expect(try known.modality("m").values == Matrix([[1, 3], [2, 4]]))
    #expect(try read(files, labels: .ifPresent).table.patients == ["g1", "g2"])
    #expect(try read(files, labels: .ifPresent).outcome == nil)
  }

  @Test("text files take the separator of their header")
  func sniffing() throws {
    for separator in ["\t", ",", ";", " "] {
      let text = "sample,g1,g2\na,1,2\nb,3,4\n".replacing(",", with: separator)
      let cohort = try read(["labels.csv": Self.labels, "m.txt": text])
      #expect(try cohort.modality("m").values.values.prefix(4) == [1, 2, 3, 4])
    }
  }

  @Test("a header without a name above the row names, as R writes it")
  func headerOfR() throws {
    let cohort = try read([
      "labels.csv": Self.labels, "m.tsv": "g1\tg2\n\"a\"\t1\t2\n\"b\"\t3\t4\n",
    ])
    #expect(try cohort.modality("m").featureNames == ["g1", "g2"])
    #expect(try cohort.modality("m").values.values.prefix(4) == [1, 2, 3, 4])
  }

  @Test("compressed files, also of several members with padding behind")
  func gzip() throws {
    let text = Array(Self.rna.utf8)
    let long = Array(
      ("sample,g\n" + (0..<20_000).map { "p\($0),\($0).5\n" }.joined() + "a,1\n").utf8)
    let cohort = try read(bytes: [
      "labels.csv.gz": gzipMember(Array(Self.labels.utf8)),
      "m.csv.gz": gzipMember(Array(text[..<20])) + gzipMember(Array(text[20...])) + [0, 0, 0],
      "n.csv.gz": gzipMember(long),
    ])
    #expect(try cohort.modality("m").values.row(3).elementsEqual([5, 6]))
    #expect(try cohort.modality("n").measuredRows.count == 20_001)
  }

  @Test("clinical columns are covariates: numbers where all are, else categories")
  func covariates() throws {
    let cohort = try read([
      "labels.csv": "sample,label,site\na,x,1\nb,y,2\n", "mrna.csv": Self.rna,
      "clinical.tsv": "sample\tage\tstage\tempty\nb\t50\tII\t\na\tNA\tI\t\nghost\t1\tI\t\n",
    ])
    #expect(cohort.table.patients == ["a", "b", "d"])
    #expect(cohort.table.covariates.map(\.name) == ["age", "stage", "empty"])
    guard case .numeric(let ages) = cohort.table.covariates[0].values else {
      Issue.record("age must be numeric")
      return
    }
    #expect(ages[0].isNaN && ages[1] == 50 && ages[2].isNaN)
    #expect(cohort.table.covariates[1].values == .categorical(["I", "II", nil]))
    #expect(cohort.table.covariates[2].values == .categorical([nil, nil, nil]))
  }

  @Test("label and group columns, also from the covariates, which they leave")
  func labelAndGroup() throws {
    let files = [
      "labels.csv": "sample,label,batch\na,x,1\nb,y,1\nc,y,\n", "m.csv": "s,f\na,1\nb,2\nc,3\n",
      "clinical.csv": "sample,stage,age\na,I,3\nb,II,4\n",
    ]
    let cohort = try read(files, label: "stage", group: "batch")
    #expect(cohort.nominalOutcome?.column == "stage")
    #expect(cohort.labelTexts == ["I", "II", nil])
    #expect(cohort.groups == ["1", "1", "ungrouped:c"])
    #expect(cohort.table.covariates.map(\.name) == ["age"])
  }

  @Test("labels that are to be ignored give no outcome and may lack the label column")
  func ignoredLabels() throws {
    let files = ["labels.csv": "sample,other\nb,1\na,2\n", "m.csv": "s,f\na,1\nb,2\n"]
    let cohort = try read(files, where: ["other=1,2"], labels: .ignored)
    #expect(cohort.outcome == nil)
    #expect(cohort.table.patients == ["b", "a"])
    #expect(cohort.table.covariates.isEmpty)
  }

  @Test("filters keep and leave out; the classes are those that remain")
  func filters() throws {
    let files = [
      "labels.csv": "sample,label,stage\na,x,I\nb,y,II\nc,z,\n", "m.csv": "s,f\na,1\nb,2\nc,3\n",
      "clinical.csv": "sample,sex\na,f\nb,m\nc,f\n",
    ]
    #expect(try read(files, where: ["stage=I,II"]).table.patients == ["a", "b"])
    #expect(try read(files, where: ["stage!=I"]).table.patients == ["b", "c"])
    #expect(try read(files, where: ["stage="]).table.patients == ["c"])
    let cohort = try read(files, where: ["label!=y", "sex = f"])
    #expect(cohort.table.patients == ["a", "c"])
    #expect(cohort.nominalOutcome?.classes == ["x", "z"])
    #expect(try cohort.modality("m").values.values == [1, 3])
    let odd = try read(files, where: ["stage!=IV"])
    #expect(odd.notices.contains { $0.severity == .warning && $0.message.contains("'IV'") })
  }

  @Test("documentation, hidden files, subfolders and other formats are ignored and named")
  func ignoredFiles() throws {
    let cohort = try read([
      "labels.csv": Self.labels, "mrna.csv": Self.rna, "README.csv": "x", "LICENSE": "x",
      "SHA256SUMS": "x", ".hidden.csv": "x", "plot.png": "x",
    ])
    #expect(cohort.table.modalities.map(\.name) == ["mrna"])
    #expect(
      cohort.notices.first?.message
        == "Ignored: .hidden.csv, LICENSE, README.csv, SHA256SUMS, plot.png.")
  }

  @Test("inputs carry the SHA-256 of the stored bytes")
  func hashes() throws {
    let reading = try readCohort(
      CohortRequest(
        source: .memory(
          name: "t",
          files: ["labels.csv": Array(Self.labels.utf8), "mrna.csv": Array(Self.rna.utf8)])))
    #expect(reading.inputs.map(\.name) == ["labels.csv", "mrna.csv"])
    #expect(reading.inputs[1].sha256 == SHA256.hexadecimal(of: Array(Self.rna.utf8)))
    #expect(reading.inputs[1].byteCount == Self.rna.utf8.count)
    #expect(reading.digest.count == 64)
  }
}
