import Cohort
import LinearAlgebra
import Testing
import _TestSupport

@testable import Learning

@Suite struct ModalityImputerTests {
  private func solved(_ sources: Matrix, _ target: Matrix, _ new: Matrix) throws -> Matrix {
    // ẑ = G_* (G + I)⁻¹ Z as it is written, by patients.
    let width = Double(sources.columnCount)
    var gram = sources.gram()
    gram.scale(by: 1 / width)
    for i in 0..<gram.rowCount { gram[i, i] += 1 }
    var cross = new.product(sources, transposingOther: true)
    cross.scale(by: 1 / width)
    return cross.product(try CholeskyFactor(gram).solve(target))
  }

  @Test("Both dimensions of the solution agree with the formula", arguments: [4, 60])
  func agrees(width: Int) throws {
    var stream = RandomStream(seed: 5)
    let sources = stream.normalMatrix(rows: 25, columns: width)
    let target = stream.normalMatrix(rows: 25, columns: 3)
    let new = stream.normalMatrix(rows: 6, columns: width)
    let imputed = try ModalityImputer(sources: sources, target: target)(new)
    #expect(imputed.maximumDifference(from: try solved(sources, target, new)) < 1e-11)
  }

  @Test func nobodyToLearnFromGivesTheMean() throws {
    let imputer = try ModalityImputer(
      sources: Matrix(rows: 0, columns: 3), target: Matrix(rows: 0, columns: 2))
    #expect(imputer(Matrix([[1, 2, 3]])) == Matrix([[0, 0]]))
  }

  @Test("Training patients are imputed by a fit that has not seen them")
  func outOfFold() throws {
    let cohort = SyntheticCohort(
      patients: 60, classes: 2,
      modalities: [
        .init("a", features: 8, signal: 0.5), .init("b", features: 5, signal: 0.5),
      ])
    let streams = RandomStreams(seed: 1)
    func imputed(_ changed: Int?) throws -> Matrix {
      var prepared = PreparedPatients(
        cohort.training(rows: Array(0..<60)), PreprocessingOptions())
      if let changed {
        for j in 0..<prepared.patients.features[1].columnCount {
          prepared.patients.features[1][changed, j] += 1000
        }
      }
      return try prepared.imputing([1], trainingCount: 60, streams: streams).patients.features[1]
    }
    let plain = try imputed(nil)
    let changed = try imputed(17)
    // Its own value of the imputed modality is nothing to a patient; others' are.
    #expect(Array(plain.row(17)) == Array(changed.row(17)))
    #expect((0..<60).contains { Array(plain.row($0)) != Array(changed.row($0)) })
    let first = PreparedPatients(
      cohort.training(rows: Array(0..<60)), PreprocessingOptions())
    #expect(
      try first.imputing([1], trainingCount: 60, streams: streams).patients.features[0]
        == first.patients.features[0])
  }
}
