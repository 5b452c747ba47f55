import LinearAlgebra

extension Variable {
  /// Rows × columns as networks see them: normal scores of numbers, without the columns that do not
  /// vary; an indicator for each class.
  ///
  /// Strictly monotone changes of a column leave information as it is, and scores have no tails
  /// that a few rows could dominate.
  var networkInput: Matrix {
    switch self {
    case .numbers(let matrix):
      let varying = (0..<matrix.columnCount).filter { j in
        (1..<max(matrix.rowCount, 1)).contains { matrix[$0, j] != matrix[0, j] }
      }
      return normalScores(matrix.selecting(columns: varying))
    case .classes(let classes):
      var result = Matrix(rows: classes.count, columns: (classes.max() ?? 0) + 1)
      for (row, label) in classes.enumerated() { result[row, label] = 1 }
      return result
    }
  }
}

/// What is to be told with any neural estimate.
func neuralWarnings(rowCount: Int) -> [String] {
  rowCount < 2000 ? ["fewer than 2,000 rows: no decision should rest on a neural estimate"] : []
}

/// Refuses fewer rows than the parts of a cross-fit need.
func checkRowsForNetworks(_ count: Int) throws(MutualInformationError) {
  guard count >= 100 else { throw .tooFewRows(count, needed: 100) }
}
