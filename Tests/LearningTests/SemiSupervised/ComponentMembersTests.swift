import Cohort
import Evaluation
import LinearAlgebra
import Testing
import _TestSupport

@testable import Learning

@Suite("Members on components")
struct ComponentMembersTests {
  /// Two factors tell the classes and shape all features of both modalities: what unlabelled patients
  /// show of them helps few labels.
  private static let cohort: (table: PatientTable, labels: [Int]) = {
    var stream = RandomStream(seed: 4)
    let labels = (0..<260).map { $0 % 3 }
    let places = [[2.0, 0], [-1, 1.7], [-1, -1.7]]
    var factors = stream.normalMatrix(rows: 260, columns: 2)
    for (i, label) in labels.enumerated() {
      for k in 0..<2 { factors[i, k] += 0.8 * places[label][k] }
    }
    let tables = [("a", 120), ("b", 80)].map { name, width in
      var values = stream.normalMatrix(rows: 260, columns: width)
      values.add(factors.product(stream.normalMatrix(rows: 2, columns: width)), times: 0.25)
      return ModalityTable(
        name: name, featureNames: (0..<width).map { "f\($0)" }, values: values)
    }
    return (
      PatientTable(patients: (0..<260).map { "P\($0)" }, modalities: tables), labels
    )
  }()

  private func predictions(
    _ name: String, labelled: [Int], unlabelled: [Int]
  ) throws -> Predictions {
    let learner = try #require(PipelineMethods.learner(named: name, modalities: []))
    let fitted = try learner.fit(
      TrainingView(
        table: Self.cohort.table.selecting(rows: labelled + unlabelled),
        labels: labelled.map { Self.cohort.labels[$0] } + unlabelled.map { _ in -1 },
        classes: ["one", "two", "three"]),
      FitContext(streams: RandomStreams(seed: 1)))
    return try fitted.predict(Self.cohort.table.selecting(rows: Array(200..<260)))
  }

  @Test("Their share falls with labels, from all to three tenths")
  func shareOfLabels() {
    #expect(ComponentMembers.share(labelledCount: 0) == 1)
    #expect(ComponentMembers.share(labelledCount: 50) == 0.8)
    #expect(ComponentMembers.share(labelledCount: 100) == 0.5)
    #expect(ComponentMembers.share(labelledCount: 10_000) == 0.3)
    let shares = (0..<400).map { ComponentMembers.share(labelledCount: $0) }
    #expect(zip(shares, shares.dropFirst()).allSatisfy { $0 >= $1 })
  }

  @Test("The answer is the mixture, row by row")
  func mixture() {
    let base = Matrix([[0.8, 0.2]])
    let members = [Matrix([[0.4, 0.6]]), Matrix([[0.2, 0.8]])]
    let mixed = ComponentMembers.mixture(base, members, share: 0.5)
    #expect(mixed.maximumDifference(from: Matrix([[0.55, 0.45]])) < 1e-15)
    #expect(ComponentMembers.mixture(base, members, share: 0) == base)
  }

  @Test("They help few labels beside many unlabelled patients, and have a say with none")
  func help() throws {
    let (labelled, unlabelled) = (Array(0..<24), Array(24..<200))
    let truth = (200..<260).map { Self.cohort.labels[$0] }
    func score(_ name: String, _ unlabelled: [Int]) throws -> Double {
      let said = try predictions(name, labelled: labelled, unlabelled: unlabelled)
      return macroF1(truth: truth, predicted: said.classes, classCount: 3)
    }
    #expect(
      try score("equipoise", unlabelled) > score("equipoise-no-component-members", unlabelled))
    #expect(
      try predictions("equipoise", labelled: labelled, unlabelled: [])
        != predictions("equipoise-no-component-members", labelled: labelled, unlabelled: []))
  }

  @Test("A class with two labelled patients and one modality of one feature do not break them")
  func smallest() throws {
    let cohort = SyntheticCohort(
      patients: 40, classes: 2,
      modalities: [
        .init("single", features: 1, signal: 1), .init("pair", features: 2, signal: 1),
      ], seed: 2)
    let learner = try #require(PipelineMethods.learner(named: "equipoise", modalities: []))
    let few = Array(0..<5)
    let fitted = try learner.fit(
      cohort.training(rows: few, unlabelled: Array(5..<30)),
      FitContext(streams: RandomStreams(seed: 1)))
    let said = try fitted.predict(cohort.table.selecting(rows: Array(30..<40))).probabilities
    for i in 0..<10 { #expect(abs(said.row(i).reduce(0, +) - 1) < 1e-12) }
  }
}
