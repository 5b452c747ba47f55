import Cohort
import Foundation
import LinearAlgebra
import Testing
import _TestSupport

@testable import Equipoise

@Suite struct ShareSafeTests {
  private static let trained = Result {
    var options = SmallModels.options("equipoise")
    options.isShareSafe = true
    return try Model.train(SmallModels.cohort, options: options)
  }

  @Test func holdsNoRowOfAPatient() throws {
    let trained = try Self.trained.get()
    #expect(!trained.model.facts.holdsPatients && !trained.model.knowsTrainingPatients)
    let patients = SmallModels.cohort.table.patientCount
    for tensor in trained.archive.tensors where !tensor.name.hasPrefix("calibration/") {
      #expect(!tensor.shape.contains(patients) && !tensor.shape.contains(61), "\(tensor.name)")
    }
    #expect(ModelCard(trained.model.facts).markdown.contains("no row of a training patient"))
    // No value of a patient beyond order statistics stands in it.
    let kept = Set(
      trained.archive.tensors.filter {
        !$0.name.hasSuffix("quantiles") && !$0.name.hasSuffix("medians")
      }.flatMap(\.values))
    for modality in SmallModels.cohort.table.modalities {
      #expect(!modality.values.values.contains { kept.contains($0) })
    }
  }

  @Test func readsBackToTheBitAndPredictsEachAlone() throws {
    let trained = try Self.trained.get()
    let file = ScratchPath()
    defer { file.remove() }
    try trained.save(to: file.path)
    let said = try trained.model.predict(SmallModels.newcomers)
    #expect(try Model(path: file.path).predict(SmallModels.newcomers).csv == said.csv)
    for i in 0..<said.patients.count {
      let alone = try trained.model.predict(SmallModels.newcomers.selecting(rows: [i]))
      #expect(alone.probabilities == said.probabilities.selecting(rows: [i]))
    }
    #expect(said.statuses.last == .insufficient)
  }

  @Test func answersAsTheMethodDoes() throws {
    let whole = try SmallModels.equipoise.get().model.predict(SmallModels.newcomers)
    let shared = try Self.trained.get().model.predict(SmallModels.newcomers)
    // Where the method is sure, its students say the same.
    let sure = whole.patients.indices.filter { (whole.probabilities.row($0).max() ?? 0) > 0.8 }
    #expect(!sure.isEmpty)
    for i in sure { #expect(whole.predicted[i] == shared.predicted[i]) }
  }

  @Test func neighborsAreNotImputedFrom() {
    var options = SmallModels.options("equipoise")
    options.isShareSafe = true
    options.preprocessing.imputation = .nearestNeighbors
    let code = #expect(throws: ModelError.self) {
      try Model.train(SmallModels.cohort, options: options)
    }?.code
    #expect(code == .badOption)
  }
}
