import LinearAlgebra

/// One-sided permutation p-values (1 + #{permuted ≥ observed})/(B + 1); 1/(B + 1) is the smallest
/// that B permutations can show.
public enum PermutationTest {
  /// p that x and y are independent, by permuting the rows of y (within groups, where given).
  ///
  /// Of several statistics each counts in units of its standard deviation over all orders, the order
  /// as it is among them, and the largest decides. That is as valid as one statistic, since under
  /// independence the order as it is differs in nothing from the others.
  ///
  /// - Parameters:
  ///   - rowCount: n.
  ///   - permutations: B, default 200.
  ///   - groups: stratum of each row; rows are exchanged only within one.
  ///   - stream: random stream; permutation b draws from it in order.
  ///   - threads: default 1; the result does not depend on it.
  ///   - statistics: values with y's rows taken in the given order, always as many.
  /// - Complexity: B + 1 evaluations.
  public static func p(
    rowCount: Int, permutations: Int = 200, groups: [Int]? = nil, stream: RandomStream,
    threads: Int = 1, statistics: @escaping @Sendable ([Int]) throws -> [Double]
  ) throws -> Double {
    var stream = stream
    let orders =
      [Array(0..<rowCount)]
      + (0..<permutations).map { _ in
        permutation(rowCount: rowCount, groups: groups, stream: &stream)
      }
    let values = try parallelMap(count: orders.count, threads: threads) {
      try statistics(orders[$0])
    }
    let kinds = values[0].indices.map { kind in inUnitsOfSpread(values.map { $0[kind] }) }
    let largest = orders.indices.map { order in
      kinds.reduce(-Double.infinity) { max($0, $1[order]) }
    }
    return p(observed: largest[0], permuted: Array(largest.dropFirst()))
  }

  /// Values less their mean over their standard deviation; 0 without spread.
  private static func inUnitsOfSpread(_ values: [Double]) -> [Double] {
    let mean = orderedMean(values)
    let spread = orderedMean(values.map { ($0 - mean) * ($0 - mean) }).squareRoot()
    return values.map { spread > 0 ? ($0 - mean) / spread : 0 }
  }

  /// p of an observed value against permuted ones.
  public static func p(observed: Double, permuted: [Double]) -> Double {
    Double(1 + permuted.count { $0 >= observed }) / Double(permuted.count + 1)
  }

  /// p of a classifier bound: labels are permuted within each held-out fold against its fixed
  /// predictions. Exact without refitting, since a model never saw its fold.
  public static func classifierP(
    probabilities: Matrix, labels: [Int], folds: [Int], priors: [[Double]],
    permutations: Int = 200, stream: RandomStream
  ) -> Double {
    let rows = labels.indices.filter { labels[$0] >= 0 && folds[$0] >= 0 }
    let kept = probabilities.selecting(rows: rows)
    let (classes, strata) = (rows.map { labels[$0] }, rows.map { folds[$0] })
    func bound(_ order: [Int]) -> Double {
      ClassifierBound(
        probabilities: kept, labels: order.map { classes[$0] }, folds: strata, priors: priors
      ).estimate
    }
    var stream = stream
    let permuted = (0..<permutations).map { _ in
      bound(permutation(rowCount: rows.count, groups: strata, stream: &stream))
    }
    return p(observed: bound(Array(rows.indices)), permuted: permuted)
  }

  /// A random order of rows that exchanges rows of one group only.
  static func permutation(
    rowCount: Int, groups: [Int]?, stream: inout RandomStream
  ) -> [Int] {
    guard let groups else { return stream.permutation(rowCount) }
    var members = [[Int]](repeating: [], count: (groups.max() ?? -1) + 1)
    for (row, group) in groups.enumerated() { members[group].append(row) }
    var result = [Int](repeating: 0, count: rowCount)
    for rows in members {
      var shuffled = rows
      stream.shuffle(&shuffled)
      for (row, source) in zip(rows, shuffled) { result[row] = source }
    }
    return result
  }
}
