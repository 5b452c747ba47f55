import LinearAlgebra

/// Batches of shuffled rows without end; rows that do not fill a batch wait for the next shuffle.
package struct Minibatches: Sendable {
  private var order: [Int]
  private var position: Int
  private let size: Int
  private var stream: RandomStream

  /// Batches of `size` rows, 1…count, of 0..<count.
  package init(count: Int, size: Int, stream: RandomStream) {
    precondition(size >= 1 && size <= count, "a batch has 1 to count rows")
    order = Array(0..<count)
    position = count
    self.size = size
    self.stream = stream
  }

  /// The rows of the next batch.
  package mutating func next() -> ArraySlice<Int> {
    if position + size > order.count {
      stream.shuffle(&order)
      position = 0
    }
    defer { position += size }
    return order[position..<(position + size)]
  }
}

extension Matrix {
  /// Becomes the given rows of another matrix of the same width, one for each of its own.
  package mutating func gather(_ rows: ArraySlice<Int>, of source: Matrix) {
    precondition(
      rows.count == rowCount && source.columnCount == columnCount, "one row for each row")
    let width = columnCount
    values.withUnsafeMutableBufferPointer { target in
      source.values.withUnsafeBufferPointer { entries in
        var p = 0
        for row in rows {
          for j in 0..<width { target[p &+ j] = entries[row &* width &+ j] }
          p &+= width
        }
      }
    }
  }
}
