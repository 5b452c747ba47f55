import Cohort
import Equipoise
import Foundation
import LinearAlgebra
import Testing

@Suite struct ModelPredictionTests {
  private func bits(_ predictions: ModelPredictions) -> [[UInt64]] {
    (0..<predictions.patients.count).map { i in
      predictions.probabilities.row(i).map(\.bitPattern)
    }
  }

  private func reloaded(_ trained: TrainedModel) throws -> (model: Model, bytes: Data) {
    let file = ScratchPath()
    try trained.save(to: file.path)
    // What has been read must not need the file: only what has not.
    let model = try Model(path: file.path)
    _ = try model.predict(SmallModels.newcomers)
    let bytes = try Data(contentsOf: file.url)
    file.remove()
    return (model, bytes)
  }

  @Test func aFileSaysTheSameToTheBit() throws {
    let trained = try SmallModels.equipoise.get()
    let said = try trained.model.predict(SmallModels.newcomers)
    let model = try reloaded(trained).model
    #expect(model.facts == trained.model.facts)
    let again = try model.predict(SmallModels.newcomers)
    #expect(bits(again) == bits(said))
    #expect(again.csv == said.csv)
    #expect(again.drift == said.drift)
  }

  @Test(arguments: [
    "majority", "logistic:mrna", "logistic-balanced:concat", "lda:cnv", "logistic:late",
    "logistic-balanced:late-learned", "joint", "equipoise-no-distillation", "equipoise-no-snf",
  ])
  func everyStorableMethodIsReadBack(method: String) throws {
    let trained = try Model.train(SmallModels.cohort, options: SmallModels.options(method))
    let said = try trained.model.predict(SmallModels.newcomers)
    let again = try reloaded(trained).model.predict(SmallModels.newcomers)
    #expect(bits(again) == bits(said))
    for i in 0..<said.patients.count {
      #expect(abs(said.probabilities.row(i).reduce(0, +) - 1) < 1e-12)
    }
  }

  @Test func aPatientIsPredictedAloneAsAmongOthers() throws {
    let model = try SmallModels.equipoise.get().model
    // More patients than are worked on at a time, in two orders.
    let few = SmallModels.newcomers.patientCount
    let many = (0..<300).map { $0 % few }
    let table = SmallModels.newcomers.selecting(rows: many)
    let together = bits(try model.predict(table, threads: 2))
    let reversed = bits(
      try model.predict(table.selecting(rows: many.indices.reversed()), threads: 1))
    #expect(together == reversed.reversed())
    for i in 0..<few {
      let alone = bits(try model.predict(SmallModels.newcomers.selecting(rows: [i])))
      #expect(alone == [together[i]], "patient \(i)")
      #expect(together[i] == together[few * 30 + i])
    }
  }

  @Test func theSameSeedGivesTheSameFileAtAnyThreadCount() throws {
    let trained = try SmallModels.equipoise.get()
    let again = try Model.train(
      SmallModels.cohort, options: SmallModels.options("equipoise"), threads: 3)
    #expect(try reloaded(again).bytes == reloaded(trained).bytes)
    var other = SmallModels.options("equipoise")
    other.seed = 2
    let third = try Model.train(SmallModels.cohort, options: other)
    #expect(
      bits(try third.model.predict(SmallModels.newcomers))
        != bits(try trained.model.predict(SmallModels.newcomers)))
  }

  @Test func whoHasNothingGetsClassFrequenciesAndIsTold() throws {
    let model = try SmallModels.equipoise.get().model
    let said = try model.predict(SmallModels.newcomers)
    let last = said.patients.count - 1
    #expect(said.statuses[last] == .insufficient)
    #expect(said.statuses.dropLast().allSatisfy { $0 != .insufficient })
    let total = Double(model.facts.labelledCount)
    for (c, count) in model.facts.classCounts.enumerated() {
      #expect(abs(said.probabilities[last, c] - Double(count) / total) < 1e-12)
    }
    #expect(said.sets[last] == [0, 1, 2])
    #expect(said.usedModalities[last].isEmpty)
    #expect(said.usedModalities[4] == ["rppa"])
    #expect(said.drift.statuses["insufficient"] == 1)
  }

  @Test func largerCoverageGivesLargerSets() throws {
    let model = try SmallModels.equipoise.get().model
    let narrow = try model.predict(SmallModels.newcomers, coverage: 0.5)
    let wide = try model.predict(SmallModels.newcomers, coverage: 0.95)
    for (a, b) in zip(narrow.sets, wide.sets) { #expect(Set(a).isSubset(of: Set(b))) }
    #expect(bits(narrow) == bits(wide))
    // Beyond what so few patients can promise, nothing is ruled out.
    let sure = try model.predict(SmallModels.newcomers, coverage: 0.999)
    #expect(sure.statuses.allSatisfy { $0 != .ok })
    for bad in [0, 1, -0.1, .nan] {
      #expect(throws: ModelError.self) {
        try model.predict(SmallModels.newcomers, coverage: bad)
      }
    }
  }

  @Test func setsHoldTheTruthAsOftenAsAskedFor() throws {
    // Training patients are told by fits that saw them: the promise is kept with room to spare.
    let model = try SmallModels.equipoise.get().model
    let said = try model.predict(SmallModels.cohort.table, coverage: 0.8)
    let labels = SmallModels.cohort.nominalOutcome?.labels ?? []
    let labelled = labels.indices.filter { labels[$0] >= 0 }
    let held = labelled.count { said.sets[$0].contains(labels[$0]) }
    #expect(Double(held) >= 0.8 * Double(labelled.count))
  }

  @Test func csvHasTheColumnsOfTheContract() throws {
    let model = try SmallModels.equipoise.get().model
    let lines = try model.predict(SmallModels.newcomers).csv.split(separator: "\n")
    #expect(
      lines[0]
        == "sample,predicted,p_class0,p_class1,p_class2,set,modalities_used,status,warnings")
    #expect(lines.count == 1 + SmallModels.newcomers.patientCount)
    #expect(lines[1].contains(",cnv|mrna|rppa,"))
    #expect(lines[8].hasSuffix(",class0|class1|class2,,insufficient,"))
  }

  @Test func noPatientGivesNoLine() throws {
    let model = try SmallModels.linear.get().model
    let none = try model.predict(SmallModels.newcomers.selecting(rows: []))
    #expect(none.csv.split(separator: "\n").count == 1)
    #expect(none.drift.patientCount == 0)
  }

  @Test func methodsThatCannotBeKeptAreNamed() {
    let code = #expect(throws: ModelError.self) {
      try Model.train(SmallModels.cohort, options: SmallModels.options("snf-knn"))
    }?.code
    #expect(code == .methodCannotBeKept)
  }
}
