import Cohort
import Foundation
import LinearAlgebra
import Testing

@Suite("Transforms of an assay")
struct AssayTransformTests {
  private let patients = ["P1", "P2"]
  private let features = ["a", "b", "c", "d"]

  private func applied(_ transform: AssayTransform, _ rows: [[Double]]) throws -> Matrix {
    try transform.applied(to: Matrix(rows), patients: patients, features: features, modality: "m")
  }

  private func fault(_ transform: AssayTransform, _ rows: [[Double]]) -> CohortError? {
    #expect(throws: CohortError.self) { try applied(transform, rows) }
  }

  @Test("none and log1p")
  func logarithm() throws {
    let rows = [[0, 1, 99, .nan], [-0.5, 1e-12, 3, 7]]
    #expect(try applied(.none, [[1, 2, 3, 4], [5, 6, 7, 8]]).values == [1, 2, 3, 4, 5, 6, 7, 8])
    let result = try applied(.log1p, rows)
    #expect(result[0, 0] == 0 && result[0, 1] == log(2) && result[0, 2] == log(100))
    #expect(result[0, 3].isNaN)
    #expect(result[1, 1] == log1p(1e-12))
    let error = try #require(fault(.log1p, [[1, 2, 3, 4], [5, 6, -1, 8]]))
    #expect(error.code == .invalidTransform)
    #expect(error.patient == "P2" && error.columnName == "c" && error.modality == "m")
  }

  @Test("clr: logarithms less their mean, by hand; zeros are half of the smallest")
  func centeredLogRatio() throws {
    let result = try applied(.clr, [[1, 2, 4, 8], [0, 4, .nan, 16]])
    // log₂ of 1, 2, 4, 8 less 1.5.
    for (j, value) in [-1.5, -0.5, 0.5, 1.5].enumerated() {
      #expect(abs(result[0, j] - value * log(2)) < 1e-15)
    }
    // 0 becomes 2: log₂ of 2, 4, 16 less 7/3.
    let logarithms: [(column: Int, power: Double)] = [(0, 1), (1, 2), (3, 4)]
    for (column, power) in logarithms {
      let expected = (power - 7.0 / 3) * log(2)
      #expect(abs(result[1, column] - expected) < 1e-15)
    }
    #expect(result[1, 2].isNaN)
  }

  @Test("clr: a factor of a patient cancels, also where sums would overflow or vanish")
  func factorCancels() throws {
    let row = [0, 0.2, 3, 5.0]
    let plain = try applied(.clr, [row, row])
    for factor in [1e-9, 1e9, 1e300, 1e-300] {
      let result = try applied(.clr, [row.map { $0 * factor }, row])
      for j in 0..<4 { #expect(abs(result[0, j] - plain[0, j]) < 1e-12) }
    }
    let smallest = try applied(
      .clr, [[0, .leastNonzeroMagnitude, .leastNonzeroMagnitude, 0], row])
    for (j, value) in [-0.5, 0.5, 0.5, -0.5].enumerated() {
      #expect(abs(smallest[0, j] - value * log(2)) < 1e-12)
    }
  }

  @Test("clr: a value below 0 and a patient of zeros are refused by name; a missing row is not")
  func refused() throws {
    let negative = try #require(fault(.clr, [[1, 2, 3, 4], [5, -6, 7, 8]]))
    #expect(negative.patient == "P2" && negative.columnName == "b")
    let zeros = try #require(fault(.clr, [[0, 0, .nan, 0], [5, 6, 7, 8]]))
    #expect(zeros.patient == "P1" && zeros.columnName == nil && zeros.found == "only zeros")
    let missing = [Double](repeating: .nan, count: 4)
    #expect(try applied(.clr, [missing, [1, 1, 1, 1]]).row(0).allSatisfy(\.isNaN))
  }

  @Test("rank: normal scores within a patient, ties at their mean, odd to the bit")
  func ranks() throws {
    let result = try applied(.rank, [[7, -2, 100, 7], [.nan, 3, 1, .nan]])
    // Ranks 2.5, 1, 4, 2.5 of 4; and 2, 1 of 2.
    #expect(result[0, 0] == 0 && result[0, 3] == 0)
    #expect(abs(result[0, 1] - normalQuantile(0.2)) < 1e-15)
    #expect(result[0, 2] == -result[0, 1])
    #expect(result[1, 0].isNaN && result[1, 3].isNaN)
    #expect(abs(result[1, 2] - normalQuantile(1.0 / 3)) < 1e-15)
    #expect(result[1, 1] == -result[1, 2])
    #expect(try applied(.rank, [[.nan, 5, .nan, .nan], [1, 1, 1, 1]])[0, 1] == 0)
    let monotone = try applied(.rank, [[exp(7), exp(-2), exp(100), exp(7)], [1, 2, 3, 4]])
    #expect(Array(monotone.row(0)) == Array(result.row(0)))
  }

  @Test("a patient's values do not depend on the others", arguments: AssayTransform.allCases)
  func oneByOne(_ transform: AssayTransform) throws {
    let rows = [[0, 2, 5, .nan], [3, 1, 0, 9]]
    let both = try applied(transform, rows)
    for i in 0..<2 {
      let one = try transform.applied(
        to: Matrix([rows[i]]), patients: [patients[i]], features: features)
      for (a, b) in zip(one.row(0), both.row(i)) { #expect(a == b || (a.isNaN && b.isNaN)) }
    }
  }
}
