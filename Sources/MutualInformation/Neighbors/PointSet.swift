import CKernels
import LinearAlgebra

/// Rows of numbers in one or more spaces, laid out for exact searches of near rows.
///
/// The distance of two rows is the largest of their distances within a space. Searches hold no
/// n × n matrix; the tree and the comparison of all pairs compute the same distances in the same
/// order of operations, and so agree to the bit, at any number of threads.
package struct PointSet: Sendable {
  /// Number of rows.
  package let count: Int
  private let dimension: Int
  /// Columns where each space ends, for Euclidean distances; empty for Chebyshev ones.
  private let spaceEnds: [Int32]
  private let blocks: [Double]
  /// Row of each position in the blocks.
  private let rows: [Int32]
  /// Boxes of the tree's nodes; empty without a tree.
  private let boxes: [Double]
  private let splits: [Int32]

  private static let lanes = Int(eq_point_lanes)

  /// Lays out rows.
  ///
  /// - Parameters:
  ///   - spaces: n × d matrices, at least one, of finite numbers within ±1e150.
  ///   - norm: within each space.
  ///   - search: default by the number of columns.
  /// - Complexity: O(d n log n) with a tree, O(d n) without; memory O(d n).
  package init(_ spaces: [Matrix], norm: DistanceNorm, search: NeighborSearch = .automatic) {
    let count = spaces.first?.rowCount ?? 0
    precondition(spaces.allSatisfy { $0.rowCount == count }, "spaces share their rows")
    precondition(count < Int(Int32.max), "rows are numbered in 32 bits")
    let dimension = spaces.reduce(0) { $0 + $1.columnCount }
    self.count = count
    self.dimension = dimension
    var ends = [Int32]()
    for space in spaces { ends.append((ends.last ?? 0) + Int32(space.columnCount)) }
    spaceEnds = norm == .euclidean ? ends : []
    let columns = spaces.flatMap { $0.transposed().values }
    let blockCount = (count + Self.lanes - 1) / Self.lanes
    var rows = (0..<Int32(count)).map { $0 }
    var boxes = [Double]()
    var splits = [Int32]()
    if search.usesTree(dimension: dimension), count > 0 {
      var keys = [Double](repeating: 0, count: count)
      boxes = [Double](repeating: 0, count: (2 * blockCount - 1) * 2 * dimension)
      splits = [Int32](repeating: 0, count: 2 * blockCount - 1)
      eq_point_tree(count, dimension, columns, &keys, &rows, &boxes, &splits)
    }
    self.rows = rows
    self.boxes = boxes
    self.splits = splits
    let order = rows
    blocks = [Double](
      unsafeUninitializedCapacity: blockCount * dimension * Self.lanes
    ) { buffer, initialized in
      eq_point_blocks(count, dimension, columns, order, buffer.baseAddress)
      initialized = blockCount * dimension * Self.lanes
    }
  }

  /// Distances to the k nearest other rows, nearest first: n × k. Euclidean ones are squared.
  ///
  /// - Parameter k: 1…n - 1.
  package func nearestDistances(_ k: Int, threads: Int = 1) -> [Double] {
    search(k, threads: threads, withIndices: false).distances
  }

  /// The k nearest other rows by (distance, row), n × k, with their distances; Euclidean ones are
  /// squared.
  ///
  /// - Parameter k: 1…n - 1.
  package func nearest(_ k: Int, threads: Int = 1) -> (distances: [Double], indices: [Int]) {
    let found = search(k, threads: threads, withIndices: true)
    return (found.distances, found.indices.map { Int($0) })
  }

  private struct Found: Sendable {
    var distances: [Double]
    var indices: [Int32]
  }

  private func search(_ k: Int, threads: Int, withIndices: Bool) -> Found {
    precondition(k >= 1 && k < count, "as many neighbors as other rows at most")
    let parts = overBlocks(threads: threads) { set, first, last in
      let size = (last - first) * Self.lanes * k
      var distances = [Double](repeating: 0, count: size)
      var indices = [Int32](repeating: 0, count: withIndices ? size : 0)
      indices.withUnsafeMutableBufferPointer {
        eq_nearest_points(set, first, last, k, &distances, withIndices ? $0.baseAddress : nil)
      }
      return Found(distances: distances, indices: indices)
    }
    var result = Found(
      distances: [Double](repeating: 0, count: count * k),
      indices: [Int32](repeating: 0, count: withIndices ? count * k : 0))
    var position = 0
    for part in parts {
      for start in 0..<part.distances.count / k where position < count {
        let target = Int(rows[position]) * k
        if withIndices {
          for place in 0..<k {
            result.distances[target + place] = part.distances[start * k + place]
            result.indices[target + place] = part.indices[start * k + place]
          }
        } else {
          let (block, lane) = start.quotientAndRemainder(dividingBy: Self.lanes)
          for place in 0..<k {
            result.distances[target + place] =
              part.distances[(block * k + place) * Self.lanes + lane]
          }
        }
        position += 1
      }
    }
    return result
  }

  /// Number of other rows within a radius of each row.
  ///
  /// - Parameters:
  ///   - radii: radius of each row, as distances are given (squared if Euclidean).
  ///   - closed: whether a row at the radius itself counts.
  package func counts(within radii: [Double], closed: Bool, threads: Int = 1) -> [Int] {
    precondition(radii.count == count, "one radius a row")
    let parts = overBlocks(threads: threads) { set, first, last in
      // Beyond the last row: a limit that nothing is below.
      let limits = (first * Self.lanes..<last * Self.lanes).map { position in
        guard position < count else { return 0.0 }
        let radius = radii[Int(rows[position])]
        return closed ? radius.nextUp : radius
      }
      var counts = [Int32](repeating: 0, count: limits.count)
      eq_points_within(set, first, last, limits, &counts)
      return counts
    }
    var result = [Int](repeating: 0, count: count)
    var position = 0
    for part in parts {
      for value in part where position < count {
        result[Int(rows[position])] = Int(value)
        position += 1
      }
    }
    return result
  }

  /// Runs over the blocks in pieces, several at a time; results stand in order.
  private func overBlocks<Value: Sendable>(
    threads: Int, _ body: @escaping @Sendable (UnsafePointer<eq_point_set>, Int, Int) -> Value
  ) -> [Value] {
    let piece = 16
    let blockCount = (count + Self.lanes - 1) / Self.lanes
    let run: @Sendable (Int) -> Value = { index in
      withKernelSet { body($0, index * piece, min((index + 1) * piece, blockCount)) }
    }
    return parallelMap(count: (blockCount + piece - 1) / piece, threads: threads, run)
  }

  private func withKernelSet<Value>(_ body: (UnsafePointer<eq_point_set>) -> Value) -> Value {
    spaceEnds.withUnsafeBufferPointer { ends in
      blocks.withUnsafeBufferPointer { blocks in
        rows.withUnsafeBufferPointer { rows in
          boxes.withUnsafeBufferPointer { boxes in
            splits.withUnsafeBufferPointer { splits in
              var set = eq_point_set(
                count: count, dimension: dimension,
                space_ends: ends.isEmpty ? nil : ends.baseAddress, space_count: ends.count,
                blocks: blocks.baseAddress, rows: rows.baseAddress,
                boxes: boxes.isEmpty ? nil : boxes.baseAddress, splits: splits.baseAddress)
              return body(&set)
            }
          }
        }
      }
    }
  }
}
