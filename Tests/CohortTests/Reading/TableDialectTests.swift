import Cohort
import LinearAlgebra
import Testing

/// One table, written in many ways: the same numbers come out, or an error says why not.
@Suite("How delimited tables are written")
struct TableDialectTests {
  static let labels = "sample,label\nP01,x\nP02,y\nP03,x\n"
  static let plain = "sample,G1,G2\nP01,1.5,2\nP02,3,-4.25\nP03,5e-1,6\n"
  static let values = [1.5, 2, 3, -4.25, 0.5, 6]

  struct Writing: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var name = "m.csv"
    let text: String
    /// Code of a notice that says what was unusual.
    var notice: String?
  }

  static let writings: [Writing] = [
    Writing(testDescription: "plain", text: plain),
    Writing(testDescription: "CRLF", text: plain.replacing("\n", with: "\r\n")),
    Writing(
      testDescription: "CR alone", text: plain.replacing("\n", with: "\r"), notice: "line-ends"),
    Writing(
      testDescription: "tabs in a .csv", text: plain.replacing(",", with: "\t"), notice: "separator"
    ),
    Writing(
      testDescription: "semicolons in a .tsv", name: "m.tsv", text: plain.replacing(",", with: ";"),
      notice: "separator"),
    Writing(
      testDescription: "pipes in a .txt", name: "m.txt", text: plain.replacing(",", with: "|")),
    Writing(
      testDescription: "blanks in a .txt", name: "m.txt", text: plain.replacing(",", with: " ")),
    Writing(testDescription: "ending in capitals", name: "m.CSV", text: plain),
    Writing(testDescription: "no ending", name: "m", text: plain),
    Writing(
      testDescription: "European spreadsheet",
      text: plain.replacing(",", with: ";").replacing(".", with: ","), notice: "decimal-comma"),
    Writing(
      testDescription: "sep= line", text: "sep=;\n" + plain.replacing(",", with: ";")),
    Writing(
      testDescription: "sep= line with decimal commas",
      text: "sep=;\r\n" + plain.replacing(",", with: ";").replacing(".", with: ","),
      notice: "decimal-comma"),
    Writing(testDescription: "comments", text: "# made by x\n# 3, 4\n" + plain, notice: "comments"),
    Writing(testDescription: "comments of GEO", text: "!a b\n!c\n" + plain, notice: "comments"),
    Writing(testDescription: "header behind #", text: "#" + plain),
    Writing(testDescription: "comment and header behind #", text: "# v1\n#" + plain),
    Writing(
      testDescription: "separator behind rows",
      text: "sample,G1,G2\nP01,1.5,2,\nP02,3,-4.25,\nP03,5e-1,6,\n", notice: "trailing-separator"),
    Writing(
      testDescription: "two separators behind rows",
      text: "sample,G1,G2\nP01,1.5,2,,\nP02,3,-4.25,,\nP03,5e-1,6,,\n", notice: "trailing-separator"
    ),
    Writing(
      testDescription: "separator behind header and rows",
      text: "sample,G1,G2,\nP01,1.5,2,\nP02,3,-4.25,\nP03,5e-1,6,\n", notice: "empty-columns"),
    Writing(
      testDescription: "rows of separators", text: plain + ",,\n,,\n"),
    Writing(
      testDescription: "R without a corner", text: "G1,G2\nP01,1.5,2\nP02,3,-4.25\nP03,5e-1,6\n"),
    Writing(
      testDescription: "identifiers in the second column",
      text: "x,sample,G1,G2\n7,P01,1.5,2\n7,P02,3,-4.25\n7,P03,5e-1,6\n"
        .replacing("x,", with: "0,").replacing("7,", with: "7,"), notice: "identifier-column"),
    Writing(
      testDescription: "index of pandas",
      text: ",sample,G1,G2\n0,P01,1.5,2\n1,P02,3,-4.25\n2,P03,5e-1,6\n", notice: "index-column"),
    Writing(
      testDescription: "column of texts",
      text: "sample,site,G1,G2\nP01,a,1.5,2\nP02,b,3,-4.25\nP03,b,5e-1,6\n",
      notice: "annotation-columns"),
    Writing(
      testDescription: "turned",
      text: "gene,P01,P02,P03\nG1,1.5,3,5e-1\nG2,2,-4.25,6\n", notice: "orientation"),
    Writing(
      testDescription: "turned, with numbers and texts beside",
      text: "Hugo_Symbol,Entrez_Gene_Id,Cytoband,P01,P02,P03,mean\nG1,7,1p1,1.5,3,5e-1,1\n"
        + "G2,8,2q3,2,-4.25,6,1\n", notice: "annotation-columns"),
    Writing(
      testDescription: "turned, a number of unknown name in front",
      text: "gene,weight_of_gene,P01,P02,P03\nG1,7,1.5,3,5e-1\nG2,8,2,-4.25,6\n",
      notice: "annotation-columns"),
    Writing(
      testDescription: "turned, a row of types",
      text: "attrib_name,P01,P02,P03\ndata_type,CON,CON,CON\nG1,1.5,3,5e-1\nG2,2,-4.25,6\n",
      notice: "annotation-row"),
  ]

  @Test("the same numbers", arguments: writings)
  func numbers(_ writing: Writing) throws {
    let cohort = try read(["labels.csv": Self.labels, writing.name: writing.text])
    let table = try cohort.modality("m")
    #expect(cohort.table.patients == ["P01", "P02", "P03"])
    let first = writing.notice == "identifier-column" ? 1 : 0
    #expect(Array(table.featureNames.suffix(2)) == ["G1", "G2"])
    #expect(table.featureCount == 2 + first)
    #expect(table.values.selecting(columns: [first, first + 1]).values == Self.values)
    if let notice = writing.notice { #expect(cohort.notices.map(\.code).contains(notice)) }
  }

  @Test("UTF-16 of either byte order", arguments: [true, false])
  func wide(_ isLittle: Bool) throws {
    let units = Array(("\u{FEFF}" + Self.plain).utf16)
    let bytes = units.flatMap { unit in
      isLittle
        ? [UInt8(truncatingIfNeeded: unit), UInt8(unit >> 8)]
        : [UInt8(unit >> 8), UInt8(truncatingIfNeeded: unit)]
    }
    let cohort = try read(bytes: ["labels.csv": Array(Self.labels.utf8), "m.csv": bytes])
    #expect(try cohort.modality("m").values.values == Self.values)
  }

  @Test("the result does not depend on threads")
  func threads() throws {
    let rows = (0..<3000).map { "P\($0);\($0),5;\($0 % 7),25;" }.joined(separator: "\n")
    let files = ["m.csv": "sample;G1;G2\n" + rows + "\n"]
    let one = try read(files, labels: .ifPresent, threads: 1)
    let four = try read(files, labels: .ifPresent, threads: 4)
    #expect(one.table == four.table)
    #expect(one.table.modalities[0].values[2999, 0] == 2999.5)
  }

  @Test("words for missing from cohort.yaml, also numbers")
  func missing() throws {
    let cohort = try read([
      "labels.csv": "sample,label\nP01,x\nP02,Unknown\nP03,y\n",
      "m.csv": "sample,G1,G2\nP01,-999,2\nP02,3,n.d.\nP03,-999.0,6\n",
      "cohort.yaml": "missing: [Unknown, n.d., -999]\n",
    ])
    #expect(cohort.labelTexts == ["x", nil, "y"])
    let values = try cohort.modality("m").values.values
    #expect(values.map(\.isNaN) == [true, false, false, true, true, false])
  }

  @Test("classes are renamed, the axis of samples is given")
  func configured() throws {
    let cohort = try read([
      "labels.csv": "sample,label\na,x\nb,X\nc,y\n",
      "m.csv": "n,a,b,c\na,1,2,3\nb,4,5,6\nc,7,8,9\n",
      "cohort.yaml": "classes: {X: x}\norientation: {m.csv: samples-in-columns}\n",
    ])
    #expect(cohort.labelTexts == ["x", "x", "y"])
    #expect(Array(try cohort.modality("m").values.row(0)) == [1, 4, 7])
  }
}
