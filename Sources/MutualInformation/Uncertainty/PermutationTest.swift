import LinearAlgebra

/// One-sided permutation p-values (1 + #{permuted ≥ observed})/(B + 1); 1/(B + 1) is the smallest
/// that B permutations can show.
public enum PermutationTest {
  /// p that x and y are independent, by permuting the rows of y (within groups, where given).
  ///
  /// - Parameters:
  ///   - rowCount: n.
  ///   - observed: the statistic on the rows as they are.
  ///   - permutations: B, default 200.
  ///   - groups: stratum of each row; rows are exchanged only within one.
  ///   - stream: random stream; permutation b draws from it in order.
  ///   - threads: default 1; the result does not depend on it.
  ///   - statistic: value with y's rows taken in the given order.
  /// - Complexity: B evaluations.
  public static func p(
    rowCount: Int, observed: Double, permutations: Int = 200, groups: [Int]? = nil,
    stream: RandomStream, threads: Int = 1,
    statistic: @escaping @Sendable ([Int]) throws -> Double
  ) throws -> Double {
    var stream = stream
    let orders = (0..<permutations).map { _ in
      permutation(rowCount: rowCount, groups: groups, stream: &stream)
    }
    let values = try parallelMap(count: permutations, threads: threads) {
      try statistic(orders[$0])
    }
    return p(observed: observed, permuted: values)
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
