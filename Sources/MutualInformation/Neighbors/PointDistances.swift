import LinearAlgebra

/// Norm within one space.
public enum DistanceNorm: String, Sendable, CaseIterable {
  /// Largest absolute difference of a coordinate.
  case chebyshev
  /// Root of the sum of squares.
  case euclidean
}

/// Distances from one row to all rows of a matrix, computed a row at a time so that no n × n matrix
/// is ever held. Euclidean distances stay squared: only their order is used.
struct PointDistances: Sendable {
  let norm: DistanceNorm
  let count: Int
  /// Columns one after another, so that a pass over rows is contiguous.
  private let columns: [Double]
  private let dimension: Int

  init(_ points: Matrix, norm: DistanceNorm) {
    self.norm = norm
    count = points.rowCount
    dimension = points.columnCount
    columns = points.transposed().values
  }

  /// Writes the distances from row `i` to every row.
  func fill(_ distances: inout [Double], from i: Int) {
    distances.withUnsafeMutableBufferPointer { target in
      columns.withUnsafeBufferPointer { source in
        for j in 0..<count { target[j] = 0 }
        for column in 0..<dimension {
          let start = column &* count
          let own = source[start &+ i]
          switch norm {
          case .chebyshev:
            for j in 0..<count {
              let difference = abs(source[start &+ j] - own)
              target[j] = difference > target[j] ? difference : target[j]
            }
          case .euclidean:
            for j in 0..<count {
              let difference = source[start &+ j] - own
              target[j] += difference * difference
            }
          }
        }
      }
    }
  }
}

/// The k nearest entries by (distance, index), nearest first.
struct NearestList {
  private(set) var distances: [Double]
  private(set) var indices: [Int]
  private let capacity: Int
  private var filled = 0

  init(capacity: Int) {
    self.capacity = capacity
    distances = [Double](repeating: .infinity, count: capacity)
    indices = [Int](repeating: -1, count: capacity)
  }

  mutating func removeAll() {
    filled = 0
    for position in 0..<capacity { distances[position] = .infinity }
  }

  /// The largest distance kept; infinite until the list is full.
  var bound: Double { distances[capacity - 1] }

  /// Offers entries in ascending index, so that ties keep the lower index.
  mutating func offer(_ distance: Double, _ index: Int) {
    guard distance < bound || filled < capacity else { return }
    var position = min(filled, capacity - 1)
    while position > 0, distances[position - 1] > distance {
      distances[position] = distances[position - 1]
      indices[position] = indices[position - 1]
      position -= 1
    }
    distances[position] = distance
    indices[position] = index
    filled = min(filled + 1, capacity)
  }
}

/// Maps rows in blocks on several threads; the result stands in row order.
func mapRows<Value: Sendable>(
  count: Int, threads: Int, _ block: @escaping @Sendable (Range<Int>) -> [Value]
) -> [Value] {
  let size = 64
  let blocks = (count + size - 1) / size
  let transform: @Sendable (Int) -> [Value] = { index in
    block((index * size)..<min((index + 1) * size, count))
  }
  // Nothing in here throws; a failure could only be a defect of the map itself.
  let parts =
    (try? parallelMap(count: blocks, threads: threads) { transform($0) })
    ?? (0..<blocks).map(transform)
  return parts.flatMap { $0 }
}
