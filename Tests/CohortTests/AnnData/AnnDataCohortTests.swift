import HDF5
import Testing

@testable import Cohort

/// AnnData and MuData files as parts of a cohort, and as a whole one.
@Suite struct AnnDataCohortTests {
  private func read(
    _ files: [String: String], _ texts: [String: String] = [:],
    _ change: (inout CohortRequest) -> Void = { _ in }
  ) throws -> Cohort {
    var contents = texts.mapValues { Array($0.utf8) }
    for (name, fixture) in files { contents[name] = try AnnDataExpectation.bytes(of: fixture) }
    var request = CohortRequest(source: .memory(name: "test", files: contents))
    change(&request)
    return try readCohort(request).cohort
  }

  @Test func aFileAloneGivesItsLabelAndCovariates() throws {
    let cohort = try read(["mrna.h5ad": "anndata-0.12-dense.h5ad"])
    #expect(cohort.table.patients == (0..<6).map { "P\($0)" })
    #expect(cohort.table.modalities.map(\.name) == ["mrna"])
    #expect(cohort.table.modalities[0].values[1, 2].isNaN)
    #expect(cohort.nominalOutcome?.classes == ["a", "b", "c"])
    #expect(cohort.nominalOutcome?.labels == [1, 0, -1, 1, 0, 2])
  }

  @Test func anyColumnOfObsMayBeTheLabel() throws {
    let cohort = try read(["mrna.h5ad": "anndata-0.12-dense.h5ad"]) {
      $0.labelColumn = "stage"
      // Three stages among six patients are refused as numbers where labels are required.
      $0.labels = .ifPresent
    }
    #expect(cohort.nominalOutcome?.classes == ["1", "2", "4"])
    let error = #expect(throws: CohortError.self) {
      try read(["mrna.h5ad": "anndata-0.12-dense.h5ad"]) { $0.labelColumn = "stages" }
    }
    #expect(error?.code == .unknownColumn)
    #expect(error?.remedy == "did you mean stage?")
  }

  @Test func aFileStandsBesideTables() throws {
    let cohort = try read(
      ["mrna.h5ad": "anndata-0.12-csr.h5ad"],
      [
        "labels.csv": "sample,label\nP5,x\nP1,y\nP0,x\nP3,y\n",
        "cnv.csv": "sample,A\nP0,1\nP1,2\nP3,4\nP5,6\n",
      ])
    #expect(cohort.table.patients.prefix(4) == ["P5", "P1", "P0", "P3"])
    #expect(cohort.nominalOutcome?.classes == ["x", "y"])
    #expect(cohort.table.modalities.map(\.name) == ["cnv", "mrna"])
  }

  @Test func filesShareAColumnOfObs() throws {
    // The second file holds the same patients; with a filter on a column of both.
    let cohort = try read(
      ["a.h5ad": "anndata-0.12-dense.h5ad", "b.h5ad": "anndata-0.8-csr.h5ad"]
    ) { $0.filters = [WhereFilter(column: "label", values: ["a"])] }
    #expect(cohort.table.patients == ["P1", "P4"])
  }

  @Test func layersAndEmbeddings() throws {
    let layer = try read(["mrna.h5ad": "anndata-0.12-dense.h5ad"]) { $0.layer = "counts" }
    #expect(layer.table.modalities[0].values.row(1) == [5, 6, 7, 8, 9])
    let embedding = try read(["mrna.h5ad": "anndata-0.12-dense.h5ad"]) { $0.embedding = "X_pca" }
    #expect(embedding.table.modalities[0].featureNames == ["X_pca_1", "X_pca_2"])
    let error = #expect(throws: CohortError.self) {
      try read(["mrna.h5ad": "anndata-0.12-dense.h5ad"]) { $0.layer = "none" }
    }
    #expect(error?.exitCode == 65)
    #expect(error?.file == "mrna.h5ad, /layers/none")
  }

  @Test(arguments: AnnDataExpectation.files(".h5mu"))
  func aWholeCohort(_ file: String) throws {
    let cohort = try read(["c.h5mu": file])
    #expect(cohort.table.patients == ["P0", "P1", "P2", "P3", "P5"])
    #expect(cohort.table.modalities.map(\.name) == ["mrna", "cnv"])
    #expect(cohort.table.modalities[0].isMeasured == [true, true, true, true, false])
    #expect(cohort.table.modalities[1].isMeasured == [false, true, false, true, true])
    #expect(cohort.nominalOutcome?.classes == ["x", "y"])
    #expect(cohort.nominalOutcome?.labels == [0, 1, 1, 0, 1])
    #expect(cohort.table.covariates.map(\.name) == ["age"])
  }

  @Test func modalitiesAreChosenByName() throws {
    let cohort = try read(["c.h5mu": "mudata-0.3.10.h5mu"]) { $0.modalities = ["cnv"] }
    #expect(cohort.table.modalities.map(\.name) == ["cnv"])
    let error = #expect(throws: CohortError.self) {
      try read(["c.h5mu": "mudata-0.3.10.h5mu"]) { $0.modalities = ["cnw"] }
    }
    #expect(error?.code == .unknownModality)
  }

  @Test func aMuDataFileAmongOthersIsRefused() throws {
    let error = #expect(throws: CohortError.self) {
      try read(["c.h5mu": "mudata-0.3.10.h5mu", "mrna.h5ad": "anndata-0.12-csr.h5ad"])
    }
    #expect(error?.exitCode == 65)
    #expect(error?.remedy == "name the .h5mu file itself as the cohort")
  }

  @Test(arguments: [
    ("soft-link", "/X", "a soft link"), ("external-link", "/X", "a link into another file"),
    ("external-values", "/X", "a dataset whose values lie in other files"),
    ("virtual", "/X", "a virtual dataset"), ("scale-offset", "/X", "the filter scaleoffset"),
    ("records", "/X", "records"), ("shape", "/X", "a shape of 2 × 2"),
  ])
  func refused(_ kind: String, _ path: String, _ found: String) throws {
    let error = #expect(throws: CohortError.self) {
      try read(["mrna.h5ad": "refused-\(kind).h5ad"])
    }
    #expect(error?.exitCode == 65)
    #expect(error?.file == "mrna.h5ad, \(path)")
    #expect(error?.found?.contains(found) == true, "\(error?.found ?? "")")
  }

  @Test func infinityIsRefusedWithItsPlace() throws {
    let error = #expect(throws: CohortError.self) {
      try read(["mrna.h5ad": "refused-infinite.h5ad"])
    }
    #expect(error?.code == .infiniteValue)
    #expect(error?.columnName == "G1")
    #expect(error?.patient == "P1")
  }

  @Test func aCutFileIsRefused() throws {
    let bytes = try AnnDataExpectation.bytes(of: "anndata-0.12-dense.h5ad")
    let request = CohortRequest(
      source: .memory(name: "cut", files: ["mrna.h5ad": Array(bytes.prefix(bytes.count / 2))]))
    let error = #expect(throws: CohortError.self) { try readCohort(request) }
    #expect(error?.exitCode == 65)
  }
}
