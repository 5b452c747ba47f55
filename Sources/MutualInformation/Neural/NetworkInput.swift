import LinearAlgebra

extension Variable {
  /// Rows × columns as networks see them: normal scores of numbers, without the columns that do not
  /// vary; an indicator for each class.
  ///
  /// Strictly monotone changes of a column leave information as it is, and scores have no tails
  /// that a few rows could dominate.
  ///
  /// - Throws: ``MutualInformationError`` `.unsupportedVariable` for more than 1,000 classes.
  func networkInput() throws(MutualInformationError) -> Matrix {
    switch self {
    case .numbers(let matrix):
      let varying = (0..<matrix.columnCount).filter { j in
        (1..<max(matrix.rowCount, 1)).contains { matrix[$0, j] != matrix[0, j] }
      }
      return normalScores(matrix.selecting(columns: varying))
    case .classes(let classes):
      let count = (classes.max() ?? 0) + 1
      guard count <= 1000 else {
        throw .unsupportedVariable("\(count) classes", expected: "at most 1,000")
      }
      var result = Matrix(rows: classes.count, columns: count)
      for (row, label) in classes.enumerated() { result[row, label] = 1 }
      return result
    }
  }
}

/// What is to be told with any neural estimate of so many rows, and columns of both sides together.
func neuralWarnings(rows: Int, columns: Int) -> [String] {
  var result = ["a lower bound, by networks"]
  if rows < 2000 {
    result.append("fewer than 2,000 rows: no decision should rest on a neural estimate")
  }
  if rows < 100 * columns {
    result.append("fewer than 100 rows a column: dependence is missed, and the estimate too low")
  }
  return result
}

/// Refuses fewer rows than the parts of a cross-fit need.
func checkRowsForNetworks(_ count: Int) throws(MutualInformationError) {
  guard count >= 100 else { throw .tooFewRows(count, needed: 100) }
}
