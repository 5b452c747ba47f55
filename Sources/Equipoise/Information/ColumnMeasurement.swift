import Cohort
import LinearAlgebra
import MutualInformation

/// I(x_j; y) of one column.
struct ColumnMeasurement: Sendable {
  let estimate: Double?
  let estimator: String
  let rowCount: Int
  let p: Double?
  let warnings: [String]
  let isConstant: Bool

  /// Measures one column over the rows where it has a value.
  init(
    _ column: [Double], rows: [Int], y: Variable, estimator: any MutualInformationEstimator,
    measurer: InformationMeasurer
  ) throws {
    let measured = rows.indices.filter { !column[rows[$0]].isNaN }
    let values = measured.map { column[rows[$0]] }
    let other = measured.count == rows.count ? y : y.selecting(rows: measured)
    rowCount = measured.count
    isConstant = !values.isEmpty && values.allSatisfy { $0 == values[0] }
    guard !isConstant, !other.isConstant else {
      (estimate, self.estimator, p, warnings) = (values.isEmpty ? nil : 0, estimator.name, nil, [])
      return
    }
    let x = Variable.numbers(Matrix(rows: values.count, columns: 1, values: values))
    do {
      let result = try measurer.measure(x, other, with: estimator)
      (estimate, self.estimator) = (result.estimate.information, result.estimate.estimator)
      (p, warnings) = (result.p, result.warnings)
    } catch let error as MutualInformationError where error.code == .tooFewRows {
      (estimate, self.estimator, p) = (nil, estimator.name, nil)
      warnings = ["too few rows with a value"]
    }
  }
}

extension Variable {
  /// Whether all rows are alike (also where there is none).
  fileprivate var isConstant: Bool {
    switch self {
    case .numbers(let matrix): matrix.constantColumns.count == matrix.columnCount
    case .classes(let classes): classes.allSatisfy { $0 == classes[0] }
    }
  }
}
