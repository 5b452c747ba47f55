import Testing

@testable import Cohort

/// Damaged and hostile files end in an error with exit code 65 or 66, never in a trap.
@Suite("Damaged files of the field's formats")
struct HostileFormatTests {
  private static let labels = "sample,label\nA,x\nB,x\nC,y\nD,y\n"

  private static func refusal(
    _ name: String, _ bytes: [UInt8], rest: [String: [UInt8]] = [:]
  ) -> CohortError? {
    var files = rest
    files["labels.csv"] = Array(labels.utf8)
    files[name] = bytes
    do {
      _ = try read(bytes: files)
      return nil
    } catch let error as CohortError {
      return error
    } catch { return nil }
  }

  @Test(arguments: [
    (
      "#1.2\n2\t4\nName\tDescription\tA\tB\tC\tD\nG\tx\t1\t2\t3\t4\n",
      CohortError.Code.malformedTable
    ),
    ("#1.2\n9999999999999999999\t4\nName\tDescription\tA\tB\tC\tD\n", .malformedTable),
    ("#1.2\n1\t5\nName\tDescription\tA\tB\tC\tD\nG\tx\t1\t2\t3\t4\n", .malformedTable),
    ("#1.2\n1\t4\nName\tDescription\tA\tB\tC\tD\nG\tx\t1\t2\t3\n", .malformedTable),
    ("#1.2\n1\t4\nName\tDescription\tA\tB\tC\tD\nG\tx\t1\t2\t3\tlow\n", .notANumber),
    ("#1.2\n1\t4\nName\tDescription\tA\tB\tC\tD\nG\tx\t1\t2\t3\t1e999\n", .infiniteValue),
    ("#1.2\n1\t4\nName\tDescription\tA\tB\tC\tA\nG\tx\t1\t2\t3\t4\n", .duplicateSample),
    (
      "#1.2\n2\t4\nName\tDescription\tA\tB\tC\tD\nG\tx\t1\t2\t3\t4\nG\tx\t1\t2\t3\t4\n",
      .duplicateFeature
    ),
    ("#1.3\n1\t4\t0\t4611686018427387904\nid\tA\tB\tC\tD\nG\t1\t2\t3\t4\n", .malformedTable),
    ("#1.3\n1\t4\t-1\t0\nid\tA\tB\tC\tD\nG\t1\t2\t3\t4\n", .malformedTable),
    ("#1.2\n", .malformedTable), ("#1.2\n1\t4\n", .malformedTable),
    ("#1.2\n1\t4\nName\tDescription\tA\tB\tC\tD\nG\0\tx\t1\t2\t3\t4\n", .malformedTable),
  ])
  func damagedGCT(text: String, code: CohortError.Code) {
    let error = Self.refusal("mrna.gct", Array(text.utf8))
    #expect(error?.code == code, "\(String(describing: error))")
    #expect(error?.exitCode == 65)
  }

  /// An NPY file of the given header and elements.
  private static func npy(_ header: String, _ data: [UInt8] = []) -> [UInt8] {
    let text = Array(header.utf8)
    return [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(text.count & 255), UInt8(text.count >> 8)]
      + text + data
  }

  @Test(arguments: [
    "{'descr': '<f8', 'fortran_order': False, 'shape': (4,), }",
    "{'descr': '<f8', 'fortran_order': False, 'shape': (4, 2), }",
    "{'descr': '<f8', 'fortran_order': False, 'shape': (4294967296, 4294967296), }",
    "{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999999999999, 1), }",
    "{'descr': '|O', 'fortran_order': False, 'shape': (4, 1), }",
    "{'descr': '<c16', 'fortran_order': False, 'shape': (2, 1), }",
    "{'descr': '<f9223372036854775807', 'fortran_order': False, 'shape': (4, 1), }",
    "{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (4, 1), }",
    "{'descr': '<f8', 'fortran_order': __import__('os'), 'shape': (4, 1), }",
    "{'descr': '<f8', 'shape': (4, 1), }", "{", "", "not a dictionary",
  ])
  func damagedNPY(header: String) {
    let error = Self.refusal("mrna.npy", Self.npy(header, [UInt8](repeating: 0, count: 32)))
    #expect(error?.code == .malformedTable, "\(String(describing: error))")
  }

  @Test func arraysWithoutNamesSayHowToGiveThem() {
    let array = Self.npy(
      "{'descr': '<f8', 'fortran_order': False, 'shape': (4, 1), }",
      [UInt8](repeating: 0, count: 32))
    let error = Self.refusal("mrna.npy", array)
    #expect(error?.code == .missingFile)
    #expect(error?.expected?.contains("mrna.rows.txt") == true)
    let few = Self.refusal(
      "mrna.npy", array,
      rest: ["mrna.rows.txt": Array("A\nB\n".utf8), "mrna.columns.txt": Array("G\n".utf8)])
    #expect(few?.code == .malformedTable)
  }

  @Test func infiniteAndHugeElementsAreRefused() {
    let names: [String: [UInt8]] = [
      "mrna.rows.txt": Array("A\nB\nC\nD\n".utf8), "mrna.columns.txt": Array("G\n".utf8),
    ]
    let infinite = withUnsafeBytes(of: Double.infinity.bitPattern.littleEndian) { Array($0) }
    let header = "{'descr': '<f8', 'fortran_order': False, 'shape': (4, 1), }"
    let zeros = [UInt8](repeating: 0, count: 24)
    #expect(
      Self.refusal("mrna.npy", Self.npy(header, zeros + infinite), rest: names)?.code
        == .infiniteValue)
    let whole = "{'descr': '<i8', 'fortran_order': False, 'shape': (4, 1), }"
    let huge = withUnsafeBytes(of: ((1 << 53) + 1).littleEndian) { Array($0) }
    #expect(
      Self.refusal("mrna.npy", Self.npy(whole, zeros + huge), rest: names)?.code == .notANumber)
  }

  @Test func picklesAreRefused() throws {
    let error = #expect(throws: CohortError.self) {
      try readCohort(CohortRequest(FormatFixture.path("npy-refused-pickle")))
    }
    #expect(error?.found?.contains("pickle") == true)
    #expect(error?.exitCode == 65)
  }

  @Test func truncatedFilesOfEveryFormatAreRefusedOrReadInPart() throws {
    for fixture in FormatFixture.all {
      let path = FormatFixture.path(fixture.path ?? fixture.name)
      let files = bytesOfFiles(below: path)
      for name in files.keys.sorted() where !name.contains("/") {
        for share in [0, 1, 2, 3] {
          var damaged = files.filter { !$0.key.contains("/") }
          damaged[name] = Array((files[name] ?? []).prefix((files[name]?.count ?? 0) * share / 4))
          let request = CohortRequest(
            source: .memory(name: "test", files: damaged), labelColumn: fixture.label)
          do {
            _ = try readCohort(request)
          } catch {
            #expect([64, 65, 66].contains(error.exitCode), "\(fixture.name) \(name): \(error)")
            #expect(!error.details.isEmpty)
          }
        }
      }
    }
  }

  @Test func raggedRowsCannotFillTheMemory() {
    let columns = (0..<20_000).map { "S\($0)" }.joined(separator: "\t")
    let rows = (0..<20_000).map { "G\($0)\n" }.joined()
    let error = failure([
      "meta_study.txt": "cancer_study_identifier: x\n",
      "meta_a.txt":
        "cancer_study_identifier: x\ngenetic_alteration_type: MRNA_EXPRESSION\n"
        + "datatype: CONTINUOUS\nstable_id: a\ndata_filename: data_a.txt\n",
      "data_a.txt": "Hugo_Symbol\t\(columns)\n\(rows)",
    ])
    #expect(error?.code == .malformedTable)
  }

  @Test func severalSamplesWithoutAPrimaryOneAreNamed() throws {
    let error = failure(
      [
        "meta_study.txt": "cancer_study_identifier: x\n",
        "meta_a.txt":
          "cancer_study_identifier: x\ngenetic_alteration_type: MRNA_EXPRESSION\n"
          + "datatype: CONTINUOUS\nstable_id: a\ndata_filename: data_a.txt\n",
        "data_a.txt": "Hugo_Symbol\tP1-A\tP1-B\tP2-A\nG\t1\t2\t3\n",
        "data_clinical_sample.txt":
          "PATIENT_ID\tSAMPLE_ID\tSUBTYPE\nP1\tP1-A\tx\nP1\tP1-B\tx\nP2\tP2-A\ty\n",
      ], label: "SUBTYPE")
    #expect(error?.code == .duplicateSample)
    #expect(error?.found?.contains("P1-A, P1-B") == true)
  }

  @Test func dataFilesOutsideTheFolderAreNotOpened() throws {
    let error = failure([
      "meta_study.txt": "cancer_study_identifier: x\n",
      "meta_a.txt":
        "cancer_study_identifier: x\ngenetic_alteration_type: MRNA_EXPRESSION\n"
        + "datatype: CONTINUOUS\nstable_id: a\ndata_filename: ../../etc/passwd\n",
    ])
    #expect(error?.code == .noModality)
  }
}
