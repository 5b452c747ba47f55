import LinearAlgebra

/// Chooses the extreme entries of a row; equal entries are taken in ascending column order.
enum RowSelection {
  /// Columns of the `count` largest entries, largest first, without column `excluded`; entries
  /// not above `threshold` are never taken.
  ///
  /// - Complexity: O(columns + insertions × count).
  static func largest(
    _ row: ArraySlice<Double>, count: Int, excluding excluded: Int? = nil,
    above threshold: Double = -.infinity
  ) -> [Int] {
    row.withUnsafeBufferPointer { values in
      select(count: count, columns: values.count, excluded: excluded, floor: threshold) {
        values[$0]
      }
    }
  }

  /// The `count` smallest entries in ascending order, without column `excluded`.
  static func smallestValues(
    _ row: ArraySlice<Double>, count: Int, excluding excluded: Int? = nil
  ) -> [Double] {
    row.withUnsafeBufferPointer { values in
      select(count: count, columns: values.count, excluded: excluded, floor: -.infinity) {
        -values[$0]
      }.map { values[$0] }
    }
  }

  @inline(__always)
  private static func select(
    count: Int, columns: Int, excluded: Int?, floor: Double, _ value: (Int) -> Double
  ) -> [Int] {
    guard count > 0 else { return [] }
    var chosen = [Int]()
    var chosenValues = [Double]()
    chosen.reserveCapacity(count + 1)
    chosenValues.reserveCapacity(count + 1)
    var bar = floor
    let skipped = excluded ?? -1
    for column in 0..<columns {
      let candidate = value(column)
      // Strictly above: an equal entry further right never displaces one further left.
      guard candidate > bar, column != skipped else { continue }
      var position = chosen.count
      while position > 0 && chosenValues[position - 1] < candidate { position -= 1 }
      chosen.insert(column, at: position)
      chosenValues.insert(candidate, at: position)
      if chosen.count > count {
        chosen.removeLast()
        chosenValues.removeLast()
      }
      if chosen.count == count { bar = chosenValues[count - 1] }
    }
    return chosen
  }
}

extension Matrix {
  /// Directed neighborhoods: the `count` largest entries above zero of each row, divided by their
  /// sum; a row without such entries stays empty.
  func neighborhoods(count: Int, excludingDiagonal: Bool) -> SparseMatrix {
    SparseMatrix(
      rows: (0..<rowCount).map { i in
        normalizedNeighbors(row(i), count: count, excluding: excludingDiagonal ? i : nil)
      }, columnCount: columnCount)
  }
}

/// The `count` largest entries above zero of a row, divided by their sum, columns ascending.
func normalizedNeighbors(
  _ row: ArraySlice<Double>, count: Int, excluding excluded: Int? = nil
) -> [(column: Int, weight: Double)] {
  let columns = RowSelection.largest(row, count: count, excluding: excluded, above: 0).sorted()
  let weights = columns.map { row[row.startIndex + $0] }
  let sum = weights.reduce(0, +)
  return zip(columns, weights).map { (column: $0, weight: $1 / sum) }
}
