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

  /// Both together: columns side by side, or a class for each pair of classes.
  func joined(with other: Variable) throws(MutualInformationError) -> Variable {
    switch (self, other) {
    case (.numbers(let left), .numbers(let right)): return .numbers(.horizontal([left, right]))
    case (.classes(let left), .classes(let right)): return .classes(combinedClasses(left, right))
    default:
      throw .unsupportedVariable("\(kind) and \(other.kind)", expected: "two tables or two labels")
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
