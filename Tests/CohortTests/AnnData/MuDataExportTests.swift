import Foundation
import LinearAlgebra
import Testing
import _TestSupport

@testable import Cohort

/// What `convert` writes is read again as the same cohort, by our reader and by mudata.
@Suite struct MuDataExportTests {
  /// Gaps, an unlabelled patient, a patient without an assay, groups, both kinds of covariates.
  static let cohort: Cohort = {
    let nan = Double.nan
    let patients = ["P1", "P2", "Pé3", "P4"]
    let table = PatientTable(
      patients: patients,
      modalities: [
        ModalityTable(
          name: "mrna", featureNames: ["G1", "G2"],
          values: Matrix([[0.1, 1e-300], [-3, nan], [nan, nan], [1 / 3, 7]])),
        ModalityTable(
          name: "cnv", featureNames: ["G1", "C,2", "C3"],
          values: Matrix([[1, 2, 3], [nan, nan, nan], [4, 5, 6], [7, 8, 1.7e149]])),
      ],
      covariates: [
        Covariate(name: "age", values: .numeric([51.5, nan, 60, 0.1])),
        Covariate(name: "site", values: .categorical(["Köln", nil, "x, y", "Köln"])),
      ])
    return Cohort(
      name: "test", table: table,
      outcome: .nominal(NominalOutcome(column: "subtype", texts: ["b", nil, "a", "b"])),
      groups: ["g1", "g1", "ungrouped:Pé3", "g2"],
      details: CohortDetails(
        title: "A \"title\"", source: "made", license: "CC0", labelDerivedFrom: ["cnv"]))
  }()

  @Test func readAgain() throws {
    let bytes = MuDataExport(Self.cohort, version: "1").bytes
    let request = CohortRequest(source: .memory(name: "test", files: ["c.h5mu": bytes]))
    let read = try readCohort(request).cohort
    #expect(read.table.patients == Self.cohort.table.patients)
    #expect(read.outcome == Self.cohort.outcome)
    #expect(read.groups == Self.cohort.groups)
    #expect(read.details == Self.cohort.details)
    #expect(read.table.covariates.map(\.name) == ["age", "site"])
    #expect(read.table.covariates[1] == Self.cohort.table.covariates[1])
    for (a, b) in zip(read.table.modalities, Self.cohort.table.modalities) {
      #expect(a.name == b.name && a.featureNames == b.featureNames)
      #expect(a.isMeasured == b.isMeasured)
      #expect(a.values.values.map(\.bitPattern) == b.values.values.map(\.bitPattern))
    }
    #expect(MuDataExport(read, version: "1").bytes == bytes)
  }

  /// Runs where a Python has mudata: `EQUIPOISE_MUDATA_PYTHON`, else `python3`.
  @Test func mudataReadsIt() throws {
    let python = ProcessInfo.processInfo.environment["EQUIPOISE_MUDATA_PYTHON"] ?? "python3"
    guard try run(python, ["-c", "import anndata, mudata"]).status == 0 else {
      print("skipped: \(python) has no mudata; set EQUIPOISE_MUDATA_PYTHON to one that has")
      return
    }
    let path = FileManager.default.temporaryDirectory
      .appending(path: "equipoise-\(UUID().uuidString).h5mu")
    defer { try? FileManager.default.removeItem(at: path) }
    try Data(MuDataExport(Self.cohort, version: "1").bytes).write(to: path)
    let script = """
      import sys, warnings
      warnings.simplefilter("ignore")
      import mudata, pandas
      m = mudata.read_h5mu(sys.argv[1])
      plain = lambda v: "" if pandas.isna(v) else repr(float(v)) if not isinstance(v, str) else v
      # Some versions of mudata order the samples anew as they read.
      obs = m.obs.loc[sorted(m.obs_names)]
      print("|".join(obs.index))
      for c in ("subtype", "group", "age", "site"): print("|".join(map(plain, obs[c])))
      for name, part in m.mod.items():
          print(name, "|".join(part.obs_names), "|".join(part.var_names))
          for row in part.X: print("|".join(map(plain, row)))
      print(m.uns["title"], m.uns["source"], m.uns["license"], *m.uns["equipoise"]["label_from"])
      """
    let output = try run(python, ["-W", "ignore", "-c", script, path.path])
    #expect(output.status == 0)
    #expect(
      output.text == """
        P1|P2|P4|Pé3
        b||b|a
        g1|g1|g2|
        51.5||0.1|60.0
        Köln||Köln|x, y
        mrna P1|P2|P4 G1|G2
        0.1|1e-300
        -3.0|
        0.3333333333333333|7.0
        cnv P1|Pé3|P4 G1|C,2|C3
        1.0|2.0|3.0
        4.0|5.0|6.0
        7.0|8.0|1.7e+149
        A "title" made CC0 cnv

        """)
  }

  private func run(
    _ program: String, _ arguments: [String]
  ) throws -> (status: Int32, text: String) {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [program] + arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: data, as: UTF8.self))
  }
}
