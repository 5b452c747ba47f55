import LinearAlgebra

/// The two estimators of Kraskov, Stögbauer & Grassberger (Physical Review E 2004).
public enum KSGVariant: Int, Sendable, CaseIterable {
  /// Counts points strictly within the k-th joint distance.
  case first = 1
  /// Counts points within the rectangle spanned by the k neighbors, edges included.
  case second = 2
}

/// KSG mutual information of two sets of numbers, in nats, unclipped.
///
/// Joint distance is the larger of the two spaces' distances; a row is no neighbor of itself;
/// neighbors are ordered by (distance, index). Brute force over blocks of rows.
///
/// - Parameters:
///   - x: n × d_x, finite; used as given.
///   - y: n × d_y, finite.
///   - neighbors: k, 1…n - 1; default 3.
///   - variant: default the first.
///   - norm: within each space; default Chebyshev.
///   - threads: default 1; the result does not depend on it.
/// - Complexity: O(n²(d_x + d_y)) time, O(n) memory.
/// - Throws: ``MutualInformationError`` `.tooFewRows`, `.unequalRows`.
public func ksgInformation(
  _ x: Matrix, _ y: Matrix, neighbors: Int = 3, variant: KSGVariant = .first,
  norm: DistanceNorm = .chebyshev, threads: Int = 1
) throws(MutualInformationError) -> Double {
  try ksgStatistics(x, y, neighbors: neighbors, variant: variant, norm: norm, threads: threads)
    .information
}

/// A KSG estimate with what its trustworthiness depends on.
struct KSGStatistics: Sendable {
  /// Estimate in nats.
  let information: Double
  /// Largest value that this n and k can give.
  let ceiling: Double
  /// Share of rows whose k-th distance is tied or zero.
  let tiedShare: Double
}

func ksgStatistics(
  _ x: Matrix, _ y: Matrix, neighbors k: Int, variant: KSGVariant, norm: DistanceNorm,
  threads: Int
) throws(MutualInformationError) -> KSGStatistics {
  guard x.rowCount == y.rowCount else { throw .unequalRows(x.rowCount, y.rowCount) }
  let n = x.rowCount
  guard k >= 1, n > k else { throw .tooFewRows(n, needed: k + 1) }
  let (inX, inY) = (PointDistances(x, norm: norm), PointDistances(y, norm: norm))
  let rows = mapRows(count: n, threads: threads) { range in
    var scratch = KSGScratch(count: n, neighbors: k)
    return range.map { scratch.counts(of: $0, inX, inY, variant) }
  }
  // ψ at whole numbers, shared by all rows.
  let digammas = (0...n).map { $0 == 0 ? Double.nan : digamma(Double($0)) }
  let shift = variant == .first ? 1 : 0
  let mean = orderedMean(rows.map { digammas[$0.x + shift] + digammas[$0.y + shift] })
  let correction = variant == .first ? 0 : 1 / Double(k)
  return KSGStatistics(
    information: digammas[k] - correction + digammas[n] - mean,
    ceiling: digammas[n] - digammas[k] - correction,
    tiedShare: Double(rows.count { $0.isTied }) / Double(n))
}

/// Buffers for one row at a time.
private struct KSGScratch {
  var x: [Double]
  var y: [Double]
  var nearest: NearestList
  let neighbors: Int

  init(count: Int, neighbors: Int) {
    x = [Double](repeating: 0, count: count)
    y = x
    // One more than k, to see whether the k-th distance is tied.
    nearest = NearestList(capacity: min(neighbors + 1, count - 1))
    self.neighbors = neighbors
  }

  mutating func counts(
    of i: Int, _ inX: PointDistances, _ inY: PointDistances, _ variant: KSGVariant
  ) -> (x: Int, y: Int, isTied: Bool) {
    inX.fill(&x, from: i)
    inY.fill(&y, from: i)
    // Beyond every radius, so that a row is neither neighbor nor count of itself.
    x[i] = .infinity
    y[i] = .infinity
    nearest.removeAll()
    for j in 0..<x.count where j != i { nearest.offer(max(x[j], y[j]), j) }
    let radius = nearest.distances[neighbors - 1]
    let next = nearest.distances.count > neighbors ? nearest.distances[neighbors] : .infinity
    let isTied = radius == 0 || next == radius
    switch variant {
    case .first:
      return (count(x) { $0 < radius }, count(y) { $0 < radius }, isTied)
    case .second:
      let kept = nearest.indices.prefix(neighbors)
      let radiusX = kept.reduce(0) { max($0, x[$1]) }
      let radiusY = kept.reduce(0) { max($0, y[$1]) }
      return (count(x) { $0 <= radiusX }, count(y) { $0 <= radiusY }, isTied)
    }
  }
}

/// Number of distances that satisfy a condition.
@inline(__always)
func count(_ distances: [Double], where condition: (Double) -> Bool) -> Int {
  var result = 0
  distances.withUnsafeBufferPointer { buffer in
    for j in 0..<buffer.count { result &+= condition(buffer[j]) ? 1 : 0 }
  }
  return result
}
