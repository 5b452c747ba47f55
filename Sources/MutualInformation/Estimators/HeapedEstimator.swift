import LinearAlgebra

/// `parts`: a column in which some values stand again and again (zeros of a zero-inflated assay)
/// among continuous ones, on one side or both, by the chain rule.
///
/// A is the heap that a row of x belongs to, or none; B likewise for y. Since A follows from x and B
/// from y,
/// I(x; y) = I(A; B) + P(B none) I(A; y | B none) + P(A none) I(x; B | A none)
/// + P(both none) I(x; y | both none), and each term is classes with classes, numbers with classes or
/// numbers with numbers. A term of too few rows counts 0.
struct HeapedEstimator: MutualInformationEstimator {
  let options: EstimatorOptions

  init(_ options: EstimatorOptions) { self.options = options }

  var name: String { "parts" }

  /// Rows of which no term can be told.
  private static let fewRows = 20

  private func besideClasses(_ variable: Variable) -> any MutualInformationEstimator {
    variable.dimension > mostNeighborColumns ? ClassifierEstimator(options) : RossEstimator(options)
  }

  func estimate(
    _ x: Variable, _ y: Variable
  ) throws(MutualInformationError) -> InformationEstimate {
    if let settled = try settledEstimate(x, y, estimator: name) { return settled }
    let (a, b) = (x.heaps, y.heaps)
    let all = Array(0..<x.rowCount)
    let (looseX, looseY) = (all.filter { a[$0] == 0 }, all.filter { b[$0] == 0 })
    let both = looseX.filter { b[$0] == 0 }
    var warnings = [String]()
    func term(
      _ first: Variable, _ second: Variable, _ rows: [Int],
      _ estimator: any MutualInformationEstimator
    ) throws(MutualInformationError) -> Double {
      guard rows.count >= Self.fewRows else { return 0 }
      let (u, v) = (first.selecting(rows: rows), second.selecting(rows: rows))
      guard !u.isConstant, !v.isConstant else { return 0 }
      do {
        let result = try estimator.estimate(u, v)
        for warning in result.warnings where !warnings.contains(warning) {
          warnings.append(warning)
        }
        return Double(rows.count) / Double(all.count) * result.information
      } catch {
        // Not even one class has two rows.
        guard error.code == .tooFewRows else { throw error }
        return 0
      }
    }
    var information = try term(.classes(a), .classes(b), all, DiscreteEstimator())
    information += try term(.classes(a), y, looseY, besideClasses(y))
    information += try term(x, .classes(b), looseX, besideClasses(x))
    if case .numbers(let left) = x, case .numbers(let right) = y {
      information += try term(x, y, both, numbersEstimator(left, right, options))
    }
    let shares = [("x", x, looseX), ("y", y, looseY)].filter { $0.2.count < all.count }
    return InformationEstimate(
      information: information, estimator: name, warnings: warnings,
      reason: shares.map { side, _, loose in
        let share = Int((100 * Double(all.count - loose.count) / Double(all.count)).rounded())
        return "\(share) % of \(side) stand at repeated values"
      }.joined(separator: ", ") + ": repeated and other values one by one")
  }
}

extension Variable {
  /// Whether it is one column of which heaps hold more than 5 % of the rows.
  var isHeaped: Bool {
    guard case .numbers(let matrix) = self, matrix.columnCount == 1 else { return false }
    return Double(heaps.count { $0 > 0 }) > 0.05 * Double(matrix.rowCount)
  }

  /// For each row the heap that it belongs to, from 1, or 0. A class is a heap, and so is a value of a
  /// single column that more than 5 % of the rows have, or more than 1 % and 4 rows where at most 20
  /// values do.
  fileprivate var heaps: [Int] {
    switch self {
    case .classes(let classes): return classes.map { $0 + 1 }
    case .numbers(let matrix):
      guard matrix.columnCount == 1 else { return [Int](repeating: 0, count: matrix.rowCount) }
      let runs = matrix.values.equalRuns.filter { $0.count > 1 }
      let rows = Double(matrix.rowCount)
      var heaped = runs.filter { Double($0.count) > max(4, 0.01 * rows) }
      if heaped.count > 20 { heaped = [] }
      heaped += runs.filter { run in
        Double(run.count) > 0.05 * rows && !heaped.contains { $0[0] == run[0] }
      }
      var result = [Int](repeating: 0, count: matrix.rowCount)
      for (index, run) in heaped.enumerated() {
        for row in run { result[row] = index + 1 }
      }
      return result
    }
  }
}

extension [Double] {
  /// Positions of equal values, in ascending order of the values.
  fileprivate var equalRuns: [[Int]] {
    var result = [[Int]]()
    for position in indices.sorted(by: { (self[$0], $0) < (self[$1], $1) }) {
      if let last = result.last, self[last[0]] == self[position] {
        result[result.count - 1].append(position)
      } else {
        result.append([position])
      }
    }
    return result
  }
}
