import LinearAlgebra

/// How often a sample's nearest neighbor in a modality is a sample of the same supposed subject.
struct NeighborSharing {
  /// Samples asked about.
  let samples: Int
  /// Of these, how many have their nearest neighbor within their subject.
  let shared: Int
  /// How many would have it if neighbors were drawn at random, Σ (g - 1) / (n - 1).
  let expected: Double

  /// Samples looked at, at most; bounds the distances to 500² pairs.
  static let mostSamples = 500
  /// Features looked at, at most, evenly from all by name.
  static let mostFeatures = 500

  /// Neighbors by Euclidean distance of features with unit variance, gaps at the mean; nil with
  /// fewer than eight samples measured.
  ///
  /// - Complexity: O(n² d) with n ≤ 500 and d ≤ 500.
  init?(_ table: ModalityTable, _ partition: SubjectPartition) {
    let part = partition.sampled(Self.mostSamples)
    var rows = [Int]()
    var groups = [Int]()
    for (index, group) in part.repeated.enumerated() {
      for row in group.rows where table.isMeasured[row] {
        rows.append(row)
        groups.append(index)
      }
    }
    for row in part.alone where table.isMeasured[row] {
      rows.append(row)
      groups.append(-1)
    }
    guard rows.count >= 8 else { return nil }
    let features = Self.standardized(table, rows)
    guard features.columnCount > 0 else { return nil }
    let nearest = Self.nearest(features)
    var sizes = [Int: Int]()
    for group in groups where group >= 0 { sizes[group, default: 0] += 1 }
    let asked = groups.indices.filter { groups[$0] >= 0 && sizes[groups[$0]] ?? 0 > 1 }
    samples = asked.count
    shared = asked.count { groups[nearest[$0]] == groups[$0] }
    expected = asked.reduce(0) {
      $0 + Double((sizes[groups[$1]] ?? 1) - 1) / Double(rows.count - 1)
    }
  }

  /// A bound on the probability of as many by chance: Chernoff's for a sum of independent events,
  /// e^(-μ) (eμ/k)^k, over half the counts, since two samples are often each other's neighbors.
  var chance: Double {
    let (count, mean) = (Double(shared) / 2, expected / 2)
    guard count > mean, mean > 0 else { return 1 }
    return exponential(count - mean - count * logarithm(count / mean))
  }

  /// Share of samples whose nearest neighbor is their subject's.
  var share: Double { samples > 0 ? Double(shared) / Double(samples) : 0 }

  private static func standardized(_ table: ModalityTable, _ rows: [Int]) -> Matrix {
    let byName = table.featureNames.indices.sorted {
      table.featureNames[$0].precedes(table.featureNames[$1])
    }
    let step = (byName.count + mostFeatures - 1) / mostFeatures
    var columns = [[Double]]()
    for j in stride(from: 0, to: byName.count, by: max(1, step)).map({ byName[$0] }) {
      let column = rows.map { table.values[$0, j] }
      let observed = column.filter { !$0.isNaN }
      guard variesBeyondRounding(observed) else { continue }
      let mean = orderedMean(observed)
      let deviation = standardDeviation(observed, mean: mean)
      guard deviation > 0, deviation.isFinite else { continue }
      columns.append(
        column.map { $0.isNaN ? 0 : min(8, max(-8, ($0 - mean) / deviation)) })
    }
    return Matrix(rows: columns.count, columns: rows.count, values: columns.flatMap { $0 })
      .transposed()
  }

  /// The nearest other row of each; the first of equally near ones.
  private static func nearest(_ features: Matrix) -> [Int] {
    let n = features.rowCount
    let d = features.columnCount
    var best = [Double](repeating: .infinity, count: n)
    var result = [Int](repeating: 0, count: n)
    features.values.withUnsafeBufferPointer { values in
      for i in 0..<n {
        for k in 0..<i {
          var sum = 0.0
          for j in 0..<d {
            let difference = values[i &* d &+ j] - values[k &* d &+ j]
            sum += difference * difference
          }
          if sum < best[i] { (best[i], result[i]) = (sum, k) }
          if sum < best[k] { (best[k], result[k]) = (sum, i) }
        }
      }
    }
    return result
  }
}
