/// A dense matrix of `Double`, stored row by row in one contiguous copy-on-write buffer.
///
/// Rows are patients wherever patients occur; entry (i, j) stands at `values[i * columnCount + j]`.
@frozen
public struct Matrix: Equatable, Sendable {
  /// Number of rows, ≥ 0.
  public let rowCount: Int
  /// Number of columns, ≥ 0.
  public let columnCount: Int
  /// All entries, row-major; always `rowCount * columnCount` of them.
  public var values: [Double]

  /// A matrix filled with one value.
  @inlinable
  public init(rows: Int, columns: Int, repeating value: Double = 0) {
    precondition(rows >= 0 && columns >= 0, "matrix shape must not be negative")
    rowCount = rows
    columnCount = columns
    values = [Double](repeating: value, count: rows * columns)
  }

  /// A matrix over given row-major entries.
  @inlinable
  public init(rows: Int, columns: Int, values: [Double]) {
    precondition(values.count == rows * columns, "matrix needs rows x columns entries")
    rowCount = rows
    columnCount = columns
    self.values = values
  }

  /// A matrix from its rows, which must be of one length.
  public init(_ rows: [[Double]]) {
    let width = rows.first?.count ?? 0
    precondition(rows.allSatisfy { $0.count == width }, "all rows must have one length")
    self.init(rows: rows.count, columns: width, values: rows.flatMap { $0 })
  }

  /// The identity matrix of the given order.
  public static func identity(_ order: Int) -> Matrix {
    var result = Matrix(rows: order, columns: order)
    for i in 0..<order { result[i, i] = 1 }
    return result
  }

  /// Entry in row `i`, column `j`.
  @inlinable
  public subscript(i: Int, j: Int) -> Double {
    get { values[i &* columnCount &+ j] }
    set { values[i &* columnCount &+ j] = newValue }
  }

  /// Row `i` as a slice of the storage (no copy).
  @inlinable
  public func row(_ i: Int) -> ArraySlice<Double> {
    values[(i * columnCount)..<((i + 1) * columnCount)]
  }

  /// Column `j`, copied.
  public func column(_ j: Int) -> [Double] {
    (0..<rowCount).map { self[$0, j] }
  }

  /// Replaces row `i`; `row` must have `columnCount` entries.
  public mutating func setRow(_ i: Int, _ row: some Collection<Double>) {
    precondition(row.count == columnCount, "row length must equal columnCount")
    var position = i * columnCount
    for value in row {
      values[position] = value
      position += 1
    }
  }
}
