import Cohort
import Evaluation
import Learning
import LinearAlgebra
import Testing
import _TestSupport

@Suite("Members that learn from unlabelled patients")
struct UnlabelledMembersTests {
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
    let learner = try #require(EquipoiseMethods.learner(named: name))
    let fitted = try learner.fit(
      TrainingView(
        table: Self.cohort.table.selecting(rows: labelled + unlabelled),
        labels: labelled.map { Self.cohort.labels[$0] } + unlabelled.map { _ in -1 },
        classes: ["one", "two", "three"]),
      FitContext(streams: RandomStreams(seed: 1)))
    return try fitted.predict(Self.cohort.table.selecting(rows: Array(200..<260)))
  }

  @Test("With everybody labelled they have no say, to the bit")
  func noneUnlabelled() throws {
    let rows = Array(0..<60)
    #expect(
      try predictions("equipoise", labelled: rows, unlabelled: [])
        == predictions("equipoise-no-unlabelled-members", labelled: rows, unlabelled: []))
  }

  @Test("Their share moves the answer, and keeps the confidence of the others")
  func share() throws {
    let (labelled, unlabelled) = (Array(0..<24), Array(24..<200))
    let with = try predictions("equipoise", labelled: labelled, unlabelled: unlabelled)
    let without = try predictions(
      "equipoise-no-unlabelled-members", labelled: labelled, unlabelled: unlabelled)
    #expect(with != without)
    func confidence(_ predictions: Predictions) -> Double {
      let rows = predictions.probabilities
      return orderedMean((0..<rows.rowCount).map { rows.row($0).reduce(0) { max($0, $1) } })
    }
    #expect(abs(confidence(with) - confidence(without)) < 0.06)
    let truth = (200..<260).map { Self.cohort.labels[$0] }
    func score(_ predictions: Predictions) -> Double {
      macroF1(truth: truth, predicted: predictions.classes, classCount: 3)
    }
    #expect(score(with) > score(without))
  }

  @Test("A class with two labelled patients and one modality of one feature do not break them")
  func smallest() throws {
    let cohort = SyntheticCohort(
      patients: 40, classes: 2,
      modalities: [
        .init("single", features: 1, signal: 1), .init("pair", features: 2, signal: 1),
      ], seed: 2)
    let learner = try #require(EquipoiseMethods.learner(named: "equipoise"))
    let few = Array(0..<5)
    let fitted = try learner.fit(
      cohort.training(rows: few, unlabelled: Array(5..<30)),
      FitContext(streams: RandomStreams(seed: 1)))
    let said = try fitted.predict(cohort.table.selecting(rows: Array(30..<40))).probabilities
    for i in 0..<10 { #expect(abs(said.row(i).reduce(0, +) - 1) < 1e-12) }
  }
}
