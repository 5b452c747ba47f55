import LinearAlgebra

/// Mutual information of numbers and classes (Ross, PLoS ONE 2014), in nats, unclipped.
///
/// For row i of class c with N_c rows: k_i = min(k, N_c - 1), d_i the distance to its k_i-th
/// neighbor within the class, m_i the rows of any class within d_i (edge included, self not).
/// Î = ψ(N) + mean ψ(k_i) - mean ψ(N_c) - mean ψ(m_i). Rows of classes with a single row are
/// dropped, and N counts the rest.
///
/// - Parameters:
///   - x: n × d, finite.
///   - classes: class of each row; negative (unlabelled) rows are dropped.
///   - neighbors: k ≥ 1, default 3.
///   - norm: default Euclidean.
///   - threads: default 1; the result does not depend on it.
/// - Complexity: O(n² d) time, O(n) memory.
/// - Throws: ``MutualInformationError`` `.tooFewRows` where no class has two rows; `.unequalRows`.
public func rossInformation(
  _ x: Matrix, classes: [Int], neighbors: Int = 3, norm: DistanceNorm = .euclidean,
  threads: Int = 1
) throws(MutualInformationError) -> Double {
  guard x.rowCount == classes.count else { throw .unequalRows(x.rowCount, classes.count) }
  precondition(neighbors >= 1, "at least one neighbor is needed")
  var sizes = [Int](repeating: 0, count: max((classes.max() ?? -1) + 1, 0))
  for label in classes where label >= 0 { sizes[label] += 1 }
  let kept = classes.indices.filter { classes[$0] >= 0 && sizes[classes[$0]] >= 2 }
  guard !kept.isEmpty else { throw .tooFewRows(classes.count, needed: 2) }
  let labels = kept.map { classes[$0] }
  let points = PointDistances(x.selecting(rows: kept), norm: norm)
  let n = kept.count
  let classSizes = sizes
  let terms = mapRows(count: n, threads: threads) { range in
    var distances = [Double](repeating: 0, count: n)
    return range.map { i in
      points.fill(&distances, from: i)
      let size = classSizes[labels[i]]
      let k = min(neighbors, size - 1)
      var nearest = NearestList(capacity: k)
      for j in 0..<n where j != i && labels[j] == labels[i] { nearest.offer(distances[j], j) }
      distances[i] = .infinity
      let radius = nearest.bound
      let within = count(distances) { $0 <= radius }
      return digamma(Double(k)) - digamma(Double(size)) - digamma(Double(within))
    }
  }
  return digamma(Double(n)) + orderedMean(terms)
}
