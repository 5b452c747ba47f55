import LinearAlgebra

/// Standard error by leaving out blocks of rows, for estimators that duplicates would break (as a
/// bootstrap of neighbor estimators would).
public struct BlockJackknife: Equatable, Sendable {
  /// The statistic with each block left out.
  public let values: [Double]

  /// √((B - 1)/B Σ (θ_b - θ̄)²); 0 below 2 blocks.
  public var standardError: Double {
    guard values.count >= 2 else { return 0 }
    let mean = orderedMean(values)
    let count = Double(values.count)
    return ((count - 1) / count * orderedSum(values.map { ($0 - mean) * ($0 - mean) })).squareRoot()
  }

  /// Recomputes a statistic without each block.
  ///
  /// Differences of statistics get their error by one jackknife of the difference, so that both
  /// terms leave out the same rows.
  ///
  /// - Parameters:
  ///   - rowCount: n; rows are shuffled and cut into blocks whose sizes differ by one at most.
  ///   - blocks: B, default 20; never more than n.
  ///   - stream: random stream of the shuffle.
  ///   - threads: default 1; the result does not depend on it.
  ///   - statistic: value on the given rows (ascending).
  /// - Complexity: B evaluations.
  public init(
    rowCount: Int, blocks: Int = 20, stream: RandomStream, threads: Int = 1,
    statistic: @escaping @Sendable ([Int]) throws -> Double
  ) throws {
    var stream = stream
    let order = stream.permutation(rowCount)
    let count = min(blocks, rowCount)
    var blockOf = [Int](repeating: 0, count: rowCount)
    for (position, row) in order.enumerated() { blockOf[row] = position % max(count, 1) }
    let assignment = blockOf
    values = try parallelMap(count: count, threads: threads) { block in
      try statistic(assignment.indices.filter { assignment[$0] != block })
    }
  }
}
