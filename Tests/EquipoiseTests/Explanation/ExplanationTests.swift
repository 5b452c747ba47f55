import Cohort
import Equipoise
import Evaluation
import LinearAlgebra
import Report
import Testing
import _TestSupport

@Suite struct ExplanationTests {
  private func explained() throws -> ExplanationSummary {
    try SmallModels.equipoise.get().model.explain(SmallModels.newcomers, cohort: "new", top: 100)
  }

  @Test func contributionsSumToTheProbability() throws {
    let model = try SmallModels.equipoise.get().model
    let said = try model.predict(SmallModels.newcomers)
    for (i, patient) in try explained().patients.enumerated() {
      #expect(patient.probability == said.probabilities.row(i).max())
      let sum = patient.contributions.reduce(0) { $0 + $1.value }
      #expect(abs(sum - (patient.probability - patient.base)) < 1e-12)
      for each in patient.contributions where !patient.modalities.contains(each.modality) {
        #expect(each.value == 0)
      }
    }
  }

  @Test func oneModalityAloneExplainsItself() throws {
    let last = try explained().patients[6]
    #expect(last.modalities == ["cnv"])
    #expect(abs(last.contributions[0].value - (last.probability - last.base)) < 1e-12)
  }

  @Test func featuresAreComplete() throws {
    let model = try SmallModels.equipoise.get().model
    for patient in try explained().patients where patient.status != "insufficient" {
      let base = try #require(patient.featureBase)
      let sum = patient.features.reduce(0) { $0 + $1.value }
      // Four Gauss nodes on each of 32 segments leave next to nothing.
      #expect(abs(sum - (patient.probability - base)) < 1e-7, "\(patient.patient)")
      #expect(abs(try #require(patient.featureGap)) < 1e-7)
      #expect(Set(patient.features.map(\.modality)).isSubset(of: Set(patient.modalities)))
    }
    #expect(try explained().patients[7].features.isEmpty)
    #expect(model.facts.holdsPatients)
  }

  @Test func companionsAreNamedWithTheirShares() throws {
    let known = SmallModels.cohort
    for patient in try explained().patients where patient.status != "insufficient" {
      #expect(abs(patient.companions.reduce(0) { $0 + $1.weight } - 1) < 1e-9)
      for companion in patient.companions {
        let row = try #require(known.table.patients.firstIndex(of: companion.patient))
        let label = known.nominalOutcome?.labels[row] ?? -1
        #expect(companion.label == (label < 0 ? nil : "class\(label)"))
        #expect(companion.similarities.keys.sorted() == patient.modalities.sorted())
        #expect(companion.similarities.values.allSatisfy { abs($0) <= 1 + 1e-12 })
      }
    }
    // A training patient hears itself, in whom it is like itself.
    let own = try SmallModels.equipoise.get().model.explain(
      known.table.selecting(rows: [3]), top: 100
    ).patients[0]
    let itself = try #require(own.companions.first { $0.patient == "patient3" })
    #expect(itself.similarities.values.allSatisfy { abs($0 - 1) < 1e-9 })
    #expect(itself.weight == own.companions.map(\.weight).max())
  }

  @Test func plantedFeaturesComeFirst() throws {
    var stream = RandomStream(seed: 4, name: "planted")
    let labels = (0..<90).map { $0 % 3 }
    let modalities = ["cnv", "mrna"].map { name in
      var values = stream.normalMatrix(rows: 90, columns: 20)
      for (i, label) in labels.enumerated() {
        if name == "mrna" {
          values[i, 5] += label == 0 ? 3 : 0
          values[i, 11] += label == 1 ? 3 : 0
        }
      }
      return ModalityTable(
        name: name, featureNames: (0..<20).map { "g\($0)" }, values: values)
    }
    let cohort = Cohort(
      name: "planted",
      table: PatientTable(patients: labels.indices.map { "P\($0)" }, modalities: modalities),
      outcome: .nominal(
        NominalOutcome(column: "label", classes: ["a", "b", "c"], labels: labels)))
    let model = try Model.train(cohort, options: SmallModels.options("equipoise")).model
    let summary = try model.explain(cohort.table)
    #expect(Set(summary.features.prefix(2).map(\.feature)) == ["g5", "g11"])
    #expect(summary.features.prefix(2).allSatisfy { $0.modality == "mrna" })
    #expect(summary.features.first { $0.feature == "g5" && $0.modality == "mrna" }?.raises == "a")
    let (cnv, mrna) = (summary.modalities[0], summary.modalities[1])
    #expect(mrna.value > 3 * cnv.value)
    #expect(summary.prototypes.map(\.predicted) == ["a", "b", "c"])
  }

  @Test func theSameAtAnyThreadCountAndForAnyCompany() throws {
    let model = try SmallModels.equipoise.get().model
    let one = try model.explain(SmallModels.newcomers, threads: 1)
    let three = try model.explain(SmallModels.newcomers, threads: 3)
    #expect(one == three)
    let alone = try model.explain(SmallModels.newcomers.selecting(rows: [2]))
    #expect(alone.patients == [one.patients[2]])
  }

  @Test func aMethodWithoutGraphTellsItsModalities() throws {
    let summary = try SmallModels.linear.get().model.explain(SmallModels.newcomers)
    #expect(summary.features.isEmpty && summary.prototypes.isEmpty)
    #expect(summary.patients.allSatisfy { $0.companions.isEmpty && $0.featureBase == nil })
    #expect(summary.modalities.contains { $0.value > 0 })
  }

  @Test func theReportTellsEachPatientInWords() throws {
    var summary = try explained()
    summary.patients[0].patient = "<b>P</b>"
    let report = ExplanationReport(
      ExplanationReportInput(summary: summary, command: "equipoise explain m c"))
    let html = report.html()
    #expect(html == report.html())
    #expect(html.contains("&lt;b&gt;P&lt;/b&gt;") && !html.contains("<h3><b>P</b></h3>"))
    for words in [
      "Research only", "Most probable is", "Not measured: cnv", "no prediction",
      "Training patients who are heard most", "equipoise explain m c",
    ] { #expect(html.contains(words), "\(words)") }
    #expect(!html.contains("<script") && !html.contains("http://") || html.contains("w3.org"))
  }
}
