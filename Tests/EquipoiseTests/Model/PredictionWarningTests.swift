import Cohort
import Equipoise
import LinearAlgebra
import Testing

@Suite("What predictions are warned of")
struct PredictionWarningTests {
  private func column(_ predictions: ModelPredictions) -> [String] {
    predictions.csv.split(separator: "\n").map { line in
      String(line[(line.lastIndex(of: ",").map(line.index(after:)) ?? line.startIndex)...])
    }
  }

  @Test("patients of the training are recognized by name and by values")
  func seen() throws {
    let model = try SmallModels.linear.get().model
    let table = SmallModels.cohort.table.selecting(rows: [0, 1, 2])
    let said = try model.predict(table)
    #expect(column(said) == ["warnings"] + Array(repeating: "seen-in-training", count: 3))
    #expect(said.drift.seenInTraining == table.patients)
    #expect(said.drift.warnings.contains { $0.contains("3 of 3 patients were in the training") })
    let renamed = PatientTable(patients: ["x", "y", "z"], modalities: table.modalities)
    #expect(try model.predict(renamed).warnings.allSatisfy { $0.contains(.seenInTraining) })
    let new = try model.predict(SmallModels.newcomers)
    #expect(!new.warnings.contains { $0.contains(.seenInTraining) })
    #expect(new.drift.seenInTraining.isEmpty)
  }

  @Test("an explanation says so too")
  func explained() throws {
    let model = try SmallModels.linear.get().model
    let table = SmallModels.cohort.table.selecting(rows: [0, 1])
    let summary = try model.explain(table)
    #expect(summary.warnings.contains { $0.contains("were in the training") })
  }

  @Test("shifted values and missing features, for those who have the modality")
  func shiftedAndMissing() throws {
    let model = try SmallModels.linear.get().model
    let changed = SmallModels.newcomers
      .changing("mrna") { $0.mapValues { $0 * 1000 } }
      .changing("cnv") { $0.selecting(columns: [0, 1, 2]) }
    let said = try model.predict(changed)
    let hasRNA = said.usedModalities.map { $0.contains("mrna") }
    let hasCNV = said.usedModalities.map { $0.contains("cnv") }
    #expect(said.warnings.map { $0.contains(.shifted) } == hasRNA)
    #expect(said.warnings.map { $0.contains(.featuresMissing) } == hasCNV)
    #expect(column(said).contains("shifted|features-missing"))
    #expect(column(said).last == "")
  }

  @Test("an empty set is atypical, a full one abstained")
  func statuses() throws {
    let model = try SmallModels.linear.get().model
    let wide = try model.predict(SmallModels.newcomers, coverage: 0.999)
    let narrow = try model.predict(SmallModels.newcomers, coverage: 0.05)
    for said in [wide, narrow] {
      for (set, status) in zip(said.sets, said.statuses) where status != .insufficient {
        let expected: ModelPredictions.Status =
          set.isEmpty ? .atypical : set.count == said.classes.count ? .abstained : .ok
        #expect(status == expected)
      }
    }
    #expect(wide.statuses.contains(.abstained) && narrow.statuses.contains(.atypical))
    #expect(narrow.csv.contains(",atypical,"))
  }

  @Test("a class with the separator or a quote in its name is in quotes within the set")
  func separator() throws {
    let cohort = SmallModels.cohort
    let outcome = try #require(cohort.nominalOutcome)
    let names = ["a|b", "say \"no\"", "plain"]
    let renamed = Cohort(
      name: "names", table: cohort.table,
      outcome: .nominal(
        NominalOutcome(
          column: "label", texts: outcome.labels.map { $0 < 0 ? nil : names[$0] })))
    let model = try Model.train(
      renamed, options: SmallModels.options("logistic-balanced:mrna")
    ).model
    let said = try model.predict(SmallModels.newcomers, coverage: 0.999)
    #expect(said.csv.contains("\"\"\"a|b\"\"|plain|\"\"say \"\"\"\"no\"\"\"\"\"\"\""))
  }
}
