import LinearAlgebra

/// One side of a mutual information: numbers, or classes without an order.
public enum Variable: Equatable, Sendable {
  /// Rows × columns of finite numbers.
  case numbers(Matrix)
  /// Class of each row, ≥ 0.
  case classes([Int])

  /// Number of rows.
  public var rowCount: Int {
    switch self {
    case .numbers(let matrix): matrix.rowCount
    case .classes(let classes): classes.count
    }
  }

  /// Number of columns; classes have one.
  public var dimension: Int {
    switch self {
    case .numbers(let matrix): matrix.columnCount
    case .classes: 1
    }
  }

  /// The variable at the given rows, in that order (repeats allowed).
  public func selecting(rows: [Int]) -> Variable {
    switch self {
    case .numbers(let matrix): .numbers(matrix.selecting(rows: rows))
    case .classes(let classes): .classes(rows.map { classes[$0] })
    }
  }

  /// Rows × columns of numbers; a class becomes one real coordinate.
  var asNumbers: Matrix {
    switch self {
    case .numbers(let matrix): matrix
    case .classes(let classes):
      Matrix(rows: classes.count, columns: 1, values: classes.map { Double($0) })
    }
  }

  /// The kind in words.
  var kind: String {
    switch self {
    case .numbers(let matrix): "numbers (\(matrix.columnCount) columns)"
    case .classes: "classes"
    }
  }
}
