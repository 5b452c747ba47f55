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
  ///
  /// Neighbors of a single column are adjacent once it is sorted: Ross's estimate takes
  /// O(n log n) that way, and thousands of columns a moment.
  init(
    _ column: [Double], rows: [Int], y: Variable, estimator: any MutualInformationEstimator,
    measurer: InformationMeasurer, neighbors: Int?
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
    var chosen = estimator
    var usualNeighbors = 3
    if let automatic = estimator as? AutomaticEstimator {
      chosen = automatic.resolved(x, other).estimator
      usualNeighbors = 5
    }
    if chosen is RossEstimator, case .classes(let classes) = other {
      var scorer = LabelInformationScorer(labels: classes, neighbors: neighbors ?? usualNeighbors)
      let observed = scorer.score(values)
      var permuted = [Double]()
      var stream = measurer.streams.stream("mi/permutation")
      for _ in 0..<measurer.permutations {
        permuted.append(scorer.score(stream.permutation(values.count).map { values[$0] }))
      }
      (estimate, self.estimator, warnings) = (observed, chosen.name, [])
      p = permuted.isEmpty ? nil : PermutationTest.p(observed: observed, permuted: permuted)
      return
    }
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
