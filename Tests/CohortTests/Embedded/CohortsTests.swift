import Cohort
import Foundation
import Testing
import _TestSupport

@Suite("The three cohorts")
struct CohortsTests {
  private func shapes(_ cohort: Cohort) -> [String: [Int]] {
    Dictionary(
      uniqueKeysWithValues: cohort.table.modalities.map {
        ($0.name, [$0.featureCount, $0.measuredRows.count])
      })
  }

  @Test("acc")
  func acc() throws {
    let reading = try readCohort(CohortRequest("demo:acc"))
    let cohort = reading.cohort
    #expect(cohort.name == "acc")
    #expect(cohort.table.patientCount == 76)
    #expect(cohort.table.modalities.map(\.name) == ["cnv", "mirna", "mrna", "mutation", "rppa"])
    #expect(
      shapes(cohort) == [
        "cnv": [198, 76], "mrna": [198, 76], "rppa": [33, 44], "mirna": [464, 76],
        "mutation": [58, 75],
      ])
    #expect(cohort.nominalOutcome?.classes == ["COC1", "COC2", "COC3"])
    #expect(cohort.nominalOutcome?.classCounts == [33, 19, 24])
    #expect(cohort.table.patients.first == "TCGA-OR-A5J1")
    #expect(cohort.table.modalities[2].values[0, 0] == 10.5392)
    #expect(cohort.details.labelDerivedFrom == ["cnv", "mrna", "mirna"])
    #expect(cohort.details.license == "Artistic-2.0")
    #expect(cohort.table.covariates.isEmpty)
    try cohort.validateForLearning()
    let sums = try String(
      contentsOf: repositoryRoot.appending(path: "Sources/CCohorts/Data/acc/SHA256SUMS"),
      encoding: .utf8)
    for input in reading.inputs { #expect(sums.contains("\(input.sha256)  \(input.name)")) }
    #expect(reading.inputs.count == 7)
  }

  @Test("multifeature")
  func multifeature() throws {
    let cohort = try readCohort(CohortRequest("demo:multifeature", threads: 2)).cohort
    #expect(
      shapes(cohort) == [
        "fac": [216, 2000], "fou": [76, 2000], "kar": [64, 2000], "mor": [6, 2000],
        "pix": [240, 2000], "zer": [47, 2000],
      ])
    #expect(cohort.nominalOutcome?.classCounts == Array(repeating: 200, count: 10))
    #expect(cohort.details.license == "CC BY 4.0")
    try cohort.validateForLearning()
  }

  @Test(
    "brca, where the reference data are at hand",
    .enabled(if: referenceData != nil, "the brca cohort is not in EQUIPOISE_REFERENCE_DATA"))
  func brca() throws {
    let folder = try #require(referenceData).appending(path: "data/brca").path
    let cohort = try readCohort(CohortRequest(folder)).cohort
    #expect(cohort.table.patientCount == 861)
    #expect(shapes(cohort) == ["cnv": [515, 861], "mrna": [909, 861], "rppa": [164, 861]])
    #expect(cohort.nominalOutcome?.classes == ["Basal", "Her2", "LumA", "LumB", "Normal"])
    #expect(cohort.nominalOutcome?.classCounts == [153, 74, 429, 176, 29])
    #expect(cohort.notices.first?.message == "Ignored: SHA256SUMS, extra/.")
    let four = try readCohort(
      CohortRequest(folder, filters: [WhereFilter(parsing: "label!=Normal")])
    ).cohort
    #expect(four.table.patientCount == 832)
    let published = try readCohort(
      CohortRequest(folder, filters: [WhereFilter(parsing: "in_mogcn511=1")])
    ).cohort
    #expect(published.nominalOutcome?.classCounts == [111, 53, 246, 96])
  }

  @Test("the embedded cohorts are known by name")
  func names() {
    #expect(EmbeddedCohort.names == ["acc", "multifeature"])
  }
}
