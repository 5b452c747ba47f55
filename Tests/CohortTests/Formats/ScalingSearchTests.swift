import LinearAlgebra
import Testing

@testable import Cohort

/// Tables that were scaled over all patients are warned of; others are not.
@Suite("Tables scaled before")
struct ScalingSearchTests {
  private static let patients = (0..<12).map { "P\($0)" }

  private func table(
    _ name: String, _ values: Matrix, features: [String] = ["a", "b"]
  ) throws -> MeasuredTable {
    try MeasuredTable(
      name: name, file: "\(name).csv", patients: Self.patients, features: features, values: values)
  }

  private let raw = Matrix(
    rows: 12, columns: 2,
    values: (0..<24).map { (index: Int) -> Double in
      let remainder = (7 * index + index * index) % 11
      return 5 + 3 * Double(remainder)
    })

  private func scaled(_ matrix: Matrix, rows: [Int], divisor: Double) -> Matrix {
    var result = matrix
    for column in 0..<matrix.columnCount {
      let values = rows.map { matrix[$0, column] }
      let mean = values.reduce(0, +) / Double(values.count)
      let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      let deviation = (squares / divisor).squareRoot()
      for row in 0..<matrix.rowCount {
        result[row, column] = (matrix[row, column] - mean) / deviation
      }
    }
    return result
  }

  @Test func measuredTablesAreNotWarnedOf() throws {
    #expect(ScalingSearch.notices([try table("mrna", raw)], labelled: []).isEmpty)
  }

  @Test(arguments: [12.0, 11.0])
  func standardizedTablesAreWarnedOf(divisor: Double) throws {
    let table = try table("z", scaled(raw, rows: Array(0..<12), divisor: divisor))
    #expect(ScalingSearch.notices([table], labelled: []).map(\.code) == ["already-standardized"])
  }

  @Test func standardizedOverLabeledPatientsIsWarnedOf() throws {
    let table = try table("z", scaled(raw, rows: Array(0..<8), divisor: 8))
    #expect(ScalingSearch.notices([table], labelled: []).isEmpty)
    let labelled = Set(Self.patients.prefix(8))
    #expect(
      ScalingSearch.notices([table], labelled: labelled).map(\.code) == ["already-standardized"])
  }

  @Test func twinOfAnotherTableIsNamed() throws {
    let tables = [
      try table("mrna", raw), try table("z", scaled(raw, rows: Array(0..<12), divisor: 11)),
    ]
    let notices = ScalingSearch.notices(tables, labelled: [])
    #expect(notices.map(\.code) == ["already-standardized", "z-score-twin"])
    #expect(notices.last?.message.contains("mrna.csv") == true)
    #expect(notices.last?.remedy == "leave it out: --modalities mrna")
  }

  @Test func oneColumnThatIsNotScaledIsEnough() throws {
    var values = scaled(raw, rows: Array(0..<12), divisor: 12)
    for row in 0..<12 { values[row, 1] *= 1.01 }
    #expect(ScalingSearch.notices([try table("z", values)], labelled: []).isEmpty)
  }
}
