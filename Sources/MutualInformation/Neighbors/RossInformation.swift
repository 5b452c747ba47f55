import LinearAlgebra

/// Mutual information of numbers and classes (Ross, PLoS ONE 2014), in nats, unclipped.
///
/// For row i of class c with N_c rows: k_i = min(k, N_c - 1), d_i the distance to its k_i-th
/// neighbor within the class, m_i the rows of any class within d_i (edge included, self not).
/// Î = ψ(N) + mean ψ(k_i) - mean ψ(N_c) - mean ψ(m_i). Rows of classes with a single row are
/// dropped, and N counts the rest; 0 where one class is left.
///
/// - Parameters:
///   - x: n × d, finite.
///   - classes: class of each row; negative (unlabelled) rows are dropped.
///   - neighbors: k ≥ 1, default 3.
///   - norm: default Euclidean.
///   - threads: default 1; the result does not depend on it.
/// - Complexity: O(n log n) in one column; else as
///   ``ksgInformation(_:_:neighbors:variant:norm:threads:)``.
/// - Throws: ``MutualInformationError`` `.tooFewRows` where no class has two rows; `.unequalRows`,
///   `.noColumns`, `.notFinite`, `.optionOutOfRange`.
public func rossInformation(
  _ x: Matrix, classes: [Int], neighbors: Int = 3, norm: DistanceNorm = .euclidean,
  threads: Int = 1
) throws(MutualInformationError) -> Double {
  if x.columnCount == 1 {
    return try labelInformationScores(x, classes: classes, neighbors: neighbors)[0]
  }
  return try rossInformation(
    x, classes: classes, neighbors: neighbors, norm: norm, threads: threads, search: .automatic)
}

/// The same by searches in any number of columns.
package func rossInformation(
  _ x: Matrix, classes: [Int], neighbors: Int, norm: DistanceNorm, threads: Int,
  search: NeighborSearch
) throws(MutualInformationError) -> Double {
  let members = try comparableClasses(x, classes, neighbors: neighbors)
  guard members.count > 1 else { return 0 }
  let norm = norm.simplified(for: [x])
  // One class after another; within it, the distance to the k-th neighbor.
  let radii = members.flatMap { rows in
    let k = min(neighbors, rows.count - 1)
    let nearest = PointSet([x.selecting(rows: rows)], norm: norm, search: search)
      .nearestDistances(k, threads: threads)
    return rows.indices.map { nearest[$0 * k + k - 1] }
  }
  let within = neighborCounts(
    [x.selecting(rows: members.flatMap { $0 })], within: radii, closed: true, norm: norm,
    search: search, threads: threads)
  let n = Double(radii.count)
  let own = orderedSum(
    members.map { rows in
      Double(rows.count)
        * (digamma(Double(min(neighbors, rows.count - 1))) - digamma(Double(rows.count)))
    })
  return digamma(n) + own / n - meanDigamma([within], shift: 0)
}

/// The same where values repeat (after Gao et al., NeurIPS 2017): k_i is replaced by the rows of the
/// class within d_i, its edge included, of which ties make more than k.
///
/// With distances all distinct these are k, and the estimate is Ross's. With x discrete it is close to
/// the plug-in value, where Ross's k would count a few of many equal rows and come out far below 0.
struct TiedRossNeighborhoods {
  /// Î in nats.
  let information: Double
  /// Share of rows with more than k rows of the class within d_i.
  let tiedShare: Double

  init(
    _ x: Matrix, classes: [Int], neighbors: Int, norm: DistanceNorm, threads: Int
  ) throws(MutualInformationError) {
    let members = try comparableClasses(x, classes, neighbors: neighbors)
    guard members.count > 1 else {
      (information, tiedShare) = (0, 0)
      return
    }
    let norm = norm.simplified(for: [x])
    var radii = [Double]()
    var own = [Int]()
    var tied = 0
    for rows in members {
      let k = min(neighbors, rows.count - 1)
      let points = x.selecting(rows: rows)
      let nearest = PointSet([points], norm: norm, search: .automatic)
        .nearestDistances(k, threads: threads)
      let farthest = rows.indices.map { nearest[$0 * k + k - 1] }
      let counts = neighborCounts(
        [points], within: farthest, closed: true, norm: norm, search: .automatic,
        threads: threads)
      tied += counts.count { $0 > k }
      radii += farthest
      own += counts
    }
    let all = neighborCounts(
      [x.selecting(rows: members.flatMap { $0 })], within: radii, closed: true, norm: norm,
      search: .automatic, threads: threads)
    let n = Double(radii.count)
    let ofClasses = orderedSum(members.map { Double($0.count) * digamma(Double($0.count)) }) / n
    information =
      digamma(n) + meanDigamma([own], shift: 0) - ofClasses - meanDigamma([all], shift: 0)
    tiedShare = Double(tied) / n
  }
}

/// Rows of each class that has at least two, in the order of classes.
func comparableClasses(
  _ x: Matrix, _ classes: [Int], neighbors: Int
) throws(MutualInformationError) -> [[Int]] {
  guard x.rowCount == classes.count else { throw .unequalRows(x.rowCount, classes.count) }
  try checkPoints([x], neighbors: neighbors, needed: 2)
  var members = [[Int]](repeating: [], count: max((classes.max() ?? -1) + 1, 0))
  for (row, label) in classes.enumerated() where label >= 0 { members[label].append(row) }
  members.removeAll { $0.count < 2 }
  guard !members.isEmpty else { throw .noRepeatedClass }
  return members
}
