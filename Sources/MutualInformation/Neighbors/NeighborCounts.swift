import CKernels
import LinearAlgebra

/// Number of other rows within a radius of each row, as ``PointSet/counts(within:closed:threads:)``
/// gives it.
///
/// A single column is sorted and searched, which is cheaper than a tree, unless `search` asks for one.
///
/// - Parameters:
///   - spaces: n × d matrices of finite numbers within ±1e150.
///   - radii: radius of each row, as distances are given (squared if Euclidean).
///   - closed: whether a row at the radius itself counts.
/// - Complexity: O(n log n) with few columns.
func neighborCounts(
  _ spaces: [Matrix], within radii: [Double], closed: Bool, norm: DistanceNorm,
  search: NeighborSearch = .automatic, threads: Int
) -> [Int] {
  guard search == .automatic, norm == .chebyshev, spaces.count == 1, spaces[0].columnCount == 1
  else {
    return PointSet(spaces, norm: norm, search: search)
      .counts(within: radii, closed: closed, threads: threads)
  }
  let values = spaces[0].values
  precondition(radii.count == values.count, "one radius a row")
  precondition(values.count < 1 << 30, "positions are numbered in 31 bits")
  let sorted = values.sortedByDigits()
  let limits = closed ? radii.map(\.nextUp) : radii
  let piece = 4096
  let parts = parallelMap(count: (values.count + piece - 1) / piece, threads: threads) { index in
    let rows = index * piece..<min((index + 1) * piece, values.count)
    return [Int32](unsafeUninitializedCapacity: rows.count) { counts, initialized in
      values[rows].withUnsafeBufferPointer { values in
        limits[rows].withUnsafeBufferPointer { limits in
          eq_sorted_counts(
            sorted.count, sorted, rows.count, values.baseAddress, limits.baseAddress,
            counts.baseAddress)
        }
      }
      initialized = rows.count
    }
  }
  return parts.flatMap { $0.map(Int.init) }
}

extension [Double] {
  /// Ascending; several times as fast as comparisons.
  fileprivate func sortedByDigits() -> [Double] {
    var result = self
    var scratch = [UInt64](repeating: 0, count: 2 * count)
    eq_sort_numbers(count, &result, &scratch)
    return result
  }
}
