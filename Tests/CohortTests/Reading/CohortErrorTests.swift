import Cohort
import Foundation
import Testing

@Suite("Bad input of cohorts")
struct CohortErrorTests {
  static let labels = "sample,label\na,x\nb,y\n"

  /// Labels and one modality `m`.
  static func files(_ table: String, name: String = "m.csv") -> Files {
    ["labels.csv": labels, name: table]
  }

  /// Code, exit code and place of an error.
  struct Expected: CustomTestStringConvertible, Sendable {
    let what: String
    let files: Files
    let code: CohortError.Code
    let exit: Int32
    var line: Int?
    var column: Int?
    var name: String?
    var testDescription: String { what }
  }

  static let cells: [Expected] = [
    Expected(
      what: "text in a cell", files: files("s,f,TP53\na,1,2\nb,3,high\n"), code: .notANumber,
      exit: 65, line: 3, column: 3, name: "TP53"),
    Expected(
      what: "text after a line end inside quotes",
      files: ["labels.csv": labels, "m.csv": "s,\"f\n1\",g\na,1,2\nb,3,1x\n"], code: .notANumber,
      exit: 65, line: 4, column: 3, name: "g"),
    Expected(
      what: "hexadecimal", files: files("s,f\na,0x10\nb,1\n"), code: .notANumber, exit: 65,
      line: 2, column: 2, name: "f"),
    Expected(
      what: "decimal commas and points", files: files("s;f;g\na;1,5;2.5\n", name: "m.txt"),
      code: .malformedTable, exit: 65, line: 2),
    Expected(
      what: "commas that may separate thousands", files: files("s;f;g\na;1,500;2\n"),
      code: .malformedTable, exit: 65, line: 2),
    Expected(
      what: "infinity", files: files("s,f\na,1\nb,-Inf\n"), code: .infiniteValue, exit: 65,
      line: 3, column: 2, name: "f"),
    Expected(
      what: "too large a number", files: files("s,f\na,1e999\nb,1\n"), code: .infiniteValue,
      exit: 65, line: 2, column: 2, name: "f"),
    Expected(
      what: "infinite covariate",
      files: [
        "labels.csv": labels, "m.csv": "s,f\na,1\n", "clinical.csv": "s,sex,age\na,f,1\nb,m,inf\n",
      ], code: .infiniteValue, exit: 65, line: 3, column: 3, name: "age"),
  ]

  static let tables: [Expected] = [
    Expected(
      what: "short row", files: files("s,f,g\na,1,2\nb,3\n"), code: .malformedTable, exit: 65,
      line: 3),
    Expected(
      what: "long row", files: files("s,f,g\na,1,2\nb,3,4,5\n"), code: .malformedTable, exit: 65,
      line: 3),
    Expected(
      what: "open quote", files: files("s,f\na,1\nb,\"2\n"), code: .malformedTable, exit: 65,
      line: 3, column: 2, name: "f"),
    Expected(
      what: "text after a quote", files: files("s,f\na,1\n\"b\"c,2\n"), code: .malformedTable,
      exit: 65, line: 3, column: 1),
    Expected(what: "empty file", files: files(""), code: .malformedTable, exit: 65),
    Expected(what: "header only", files: files("s,f\n"), code: .malformedTable, exit: 65),
    Expected(
      what: "no header", files: files("a,1.5,2\nb,3,4\n"), code: .missingHeader, exit: 65, line: 1),
    Expected(
      what: "names of patients on both axes", files: files("x,a,b\na,1,2\nb,3,4\n"),
      code: .ambiguousOrientation, exit: 65),
    Expected(
      what: "covariates of others",
      files: [
        "labels.csv": labels, "m.csv": "s,f\na,1\n", "clinical.csv": "s,age\na-1,1\nb-1,2\n",
      ], code: .noOverlap, exit: 65),
    Expected(
      what: "patient twice in rows", files: files("s,f\na,1\nb,2\na,3\n"), code: .duplicateSample,
      exit: 65, line: 4, column: 1),
    Expected(
      what: "patient twice in columns", files: files("g,a,b,a\nf,1,2,3\n"),
      code: .duplicateSample, exit: 65, line: 1, column: 4),
    Expected(
      what: "patient twice in labels",
      files: ["labels.csv": labels + "a,y\n", "m.csv": "s,f\na,1\n"], code: .duplicateSample,
      exit: 65, line: 4, column: 1),
    Expected(
      what: "feature twice", files: files("s,f,g,f\na,1,2,3\n"), code: .duplicateFeature, exit: 65,
      line: 1, column: 4, name: "f"),
    Expected(
      what: "feature twice in rows", files: files("g,a,b\nf,1,2\nf,3,4\n"),
      code: .duplicateFeature, exit: 65, line: 3, column: 1, name: "f"),
    Expected(
      what: "empty feature name", files: files("s,f,,g\na,1,2,3\n"), code: .emptyName, exit: 65,
      line: 1, column: 3),
    Expected(
      what: "empty patient name", files: files("s,f\na,1\n,2\n"), code: .emptyName, exit: 65,
      line: 3, column: 1),
    Expected(
      what: "no patient in common", files: files("s,f\nA,1\nB,2\n"), code: .noOverlap, exit: 65),
    Expected(
      what: "one stem twice",
      files: ["labels.csv": labels, "m.csv": "s,f\na,1\n", "m.tsv": "s\tf\na\t1\n"],
      code: .duplicateFile, exit: 65),
    Expected(what: "labels alone", files: ["labels.csv": labels], code: .noModality, exit: 65),
    Expected(what: "no table", files: ["notes.md": "x"], code: .missingFile, exit: 66),
    Expected(
      what: "no labels", files: ["m.csv": "s,f\na,1\n"], code: .missingFile, exit: 66),
    Expected(
      what: "one covariate in two files",
      files: [
        "labels.csv": labels, "m.csv": "s,f\na,1\n", "clinical.csv": "s,age\na,1\n",
        "covariates.csv": "s,age\na,1\n",
      ], code: .duplicateFeature, exit: 65, column: 2, name: "age"),
  ]

  @Test("cells", arguments: cells)
  func cell(_ expected: Expected) { check(expected) }

  @Test("tables and folders", arguments: tables)
  func table(_ expected: Expected) { check(expected) }

  private func check(_ expected: Expected) {
    let error = failure(expected.files)
    #expect(error?.code == expected.code)
    #expect(error?.exitCode == expected.exit)
    #expect(error?.line == expected.line)
    #expect(error?.column == expected.column)
    #expect(error?.columnName == expected.name)
    if expected.line != nil { #expect(error?.file != nil) }
    if let error { #expect(error.description.hasPrefix("error[\(expected.exit)]: ")) }
  }

  @Test("the first error of a file is told, for any number of threads")
  func firstError() throws {
    var rows = (0..<30_000).map { "p\($0),\($0)" }
    rows[29_000] = "p29000,late"
    rows[12_345] = "p12345,early"
    let files = Self.files("s,f\na,1\n" + rows.joined(separator: "\n"))
    for threads in [1, 2, 3] {
      let error = #expect(throws: CohortError.self) { try read(files, threads: threads) }
      #expect(error?.line == 12_348)
      #expect(error?.found == "'early'")
    }
  }

  @Test("names that do not exist are usage errors with the nearest one")
  func unknownNames() {
    let files = Self.files("s,f\na,1\n", name: "mrna.csv")
    let modality = failure(files, modalities: ["mrma"])
    #expect(modality?.code == .unknownModality && modality?.exitCode == 64)
    #expect(modality?.remedy == "did you mean mrna?")
    #expect(failure(files, modalities: [])?.code == .unknownModality)
    let label = failure(files, label: "lable")
    #expect(label?.code == .unknownColumn && label?.exitCode == 64)
    #expect(label?.remedy == "did you mean label?")
    #expect(failure(files, group: "site")?.code == .unknownColumn)
    #expect(failure(files, where: ["stage=I"])?.code == .unknownColumn)
    #expect(failure(["labels.csv": "s,class\na,x\n", "m.csv": "s,f\na,1\n"])?.exitCode == 64)
    #expect(failure(files, where: ["label"])?.code == .badFilter)
    #expect(failure(files, where: ["!=x"])?.exitCode == 64)
    #expect(failure(files, where: ["label=q"])?.code == .noPatientLeft)
    let demo = #expect(throws: CohortError.self) { try readCohort(CohortRequest("demo:ac")) }
    #expect(demo?.code == .unknownCohort && demo?.exitCode == 64)
    #expect(demo?.remedy == "did you mean acc?")
  }

  @Test("damaged gzip files")
  func gzip() {
    let member = gzipMember(Array("s,f\na,1\nb,2\n".utf8))
    var changed = member
    changed[20] ^= 1
    let damaged: [[UInt8]] = [
      Array(member.dropLast(9)), member + [1, 2, 3], changed, [], member + member.prefix(12),
    ]
    for bytes in damaged {
      let error = #expect(throws: CohortError.self) {
        try read(bytes: ["labels.csv": Array(Self.labels.utf8), "m.csv.gz": bytes])
      }
      #expect(error?.code == .truncatedGzip && error?.exitCode == 65)
      #expect(error?.file == "m.csv.gz")
    }
  }

  @Test("a compressed file holds at most what is allowed")
  func decompressionBound() throws {
    let member = gzipMember(Array("s,f\na,1\nb,2\n".utf8))
    var request = CohortRequest(
      source: .memory(
        name: "test", files: ["labels.csv": Array(Self.labels.utf8), "m.csv.gz": member]))
    request.maximumUncompressedBytes = 12
    #expect(try readCohort(request).cohort.table.patientCount == 2)
    request.maximumUncompressedBytes = 11
    let error = #expect(throws: CohortError.self) { try readCohort(request) }
    #expect(error?.code == .tooLarge && error?.exitCode == 65 && error?.file == "m.csv.gz")
  }

  @Test("bytes that are not UTF-8")
  func encoding() {
    let labels = Array(Self.labels.utf8)
    let tables: [[UInt8]] = [
      [0xff, 0xfe, 0x73, 0x00], Array("s,f\n".utf8) + [0xe9, 0x2c, 0x31, 0x0a],
      Array("s,f\na,1\n".utf8) + [0, 0x2c, 0x31],
    ]
    for table in tables {
      let error = #expect(throws: CohortError.self) {
        try read(bytes: ["labels.csv": labels, "m.csv": table])
      }
      #expect(error?.code == .malformedTable)
    }
  }

  @Test("folders that are not there, or are files, or hold files that vanish")
  func folders() throws {
    let missing = #expect(throws: CohortError.self) {
      try readCohort(CohortRequest("/nowhere/at/all"))
    }
    #expect(missing?.code == .missingFolder && missing?.exitCode == 66)

    let folder = FileManager.default.temporaryDirectory.appending(path: "cohort-\(UUID())")
    try FileManager.default.createDirectory(
      at: folder.appending(path: "sub"), withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Self.labels.write(
      to: folder.appending(path: "labels.csv"), atomically: true, encoding: .utf8)
    try "s,f\na,1\nb,2\n".write(
      to: folder.appending(path: "m.csv"), atomically: true, encoding: .utf8)
    let reading = try readCohort(CohortRequest(folder.path))
    #expect(reading.cohort.name == folder.lastPathComponent)
    #expect(reading.cohort.notices.first?.message == "Ignored: sub/.")
    #expect(reading.cohort.table.patientCount == 2)
    let file = #expect(throws: CohortError.self) {
      try readCohort(CohortRequest(folder.appending(path: "m.csv").path))
    }
    #expect(file?.code == .malformedTable && file?.exitCode == 65)
    try FileManager.default.createSymbolicLink(
      at: folder.appending(path: "n.csv"), withDestinationURL: folder.appending(path: "gone"))
    let dangling = #expect(throws: CohortError.self) {
      try readCohort(CohortRequest(folder.path))
    }
    #expect(dangling?.code == .missingFile && dangling?.file == "n.csv")
  }

  @Test("what study and train refuse")
  func learning() throws {
    func refusal(_ labels: String, _ table: String) throws -> CohortError.Code? {
      let cohort = try read(["labels.csv": labels, "m.csv": table])
      let error = #expect(throws: CohortError.self) { try cohort.validateForLearning() }
      #expect(error?.exitCode == 65)
      return error?.code
    }
    let four = "sample,label\na,x\nb,y\nc,x\nd,y\n"
    let table = "s,f\na,1\nb,2\nc,3\nd,4\n"
    try read(["labels.csv": four, "m.csv": table]).validateForLearning()
    #expect(try refusal(four, "s,f\na,\nb,NA\n") == .emptyModality)
    #expect(try refusal("sample,label\na,x\nb,y\nc,x\n", table) == .singletonClass)
    #expect(try refusal("sample,label\na,x\nb,x\n", table) == .oneClass)
    #expect(try refusal("sample,label\na,\nb,\n", table) == .noLabelledPatient)
    #expect(try refusal("sample,label\na,x\nb,y\nc,\n", "s,f\na,\nb,\nc,1\n") == .noLabelledPatient)
  }

  @Test("every code has wording and an exit code of sysexits")
  func wording() {
    for code in CohortError.Code.allCases {
      #expect(!code.summary.isEmpty)
      #expect([64, 65, 66, 78].contains(code.exitCode))
    }
    let error = CohortError(
      .notANumber, file: "m.csv", line: 7, column: 3, columnName: "TP53", found: "'x'")
    #expect(
      error.description.split(separator: "\n").prefix(3).map(String.init) == [
        "error[65]: a cell is not a number", "  where: m.csv, line 7, column 3 (TP53)",
        "  found: 'x'",
      ])
  }
}
