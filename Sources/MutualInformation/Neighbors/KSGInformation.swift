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
/// neighbors are ordered by (distance, index).
/// First: ψ(k) + ψ(n) - mean[ψ(n_x + 1) + ψ(n_y + 1)], counts strictly within the k-th joint
/// distance. Second: ψ(k) - 1/k + ψ(n) - mean[ψ(n_x) + ψ(n_y)], counts within the largest distance
/// of the k neighbors in the one space, edge included.
///
/// - Parameters:
///   - x: n × d_x, finite; used as given.
///   - y: n × d_y, finite.
///   - neighbors: k, 1…n - 1; default 3.
///   - variant: default the first.
///   - norm: within each space; default Chebyshev.
///   - threads: default 1; the result does not depend on it.
/// - Complexity: about O(n log n) with few columns, up to O(n²(d_x + d_y)) with many; memory
///   O(n(d_x + d_y + k)).
/// - Throws: ``MutualInformationError`` `.unequalRows`, `.noColumns`, `.notFinite`,
///   `.optionOutOfRange`, `.tooFewRows`.
public func ksgInformation(
  _ x: Matrix, _ y: Matrix, neighbors: Int = 3, variant: KSGVariant = .first,
  norm: DistanceNorm = .chebyshev, threads: Int = 1
) throws(MutualInformationError) -> Double {
  try KSGNeighborhoods(x, y, neighbors: neighbors, variant: variant, norm: norm, threads: threads)
    .information
}

/// The k nearest rows of each row in the joint space, on which a KSG estimate and its
/// trustworthiness rest.
package struct KSGNeighborhoods: Sendable {
  private let x: Matrix
  private let y: Matrix
  private let neighbors: Int
  private let variant: KSGVariant
  private let norm: DistanceNorm
  private let threads: Int
  private let search: NeighborSearch
  private let nearest: RankedDistances
  /// The nearest rows, `width` for each, for the second variant.
  private let indices: [Int]
  private let width: Int

  package init(
    _ x: Matrix, _ y: Matrix, neighbors k: Int, variant: KSGVariant, norm: DistanceNorm,
    threads: Int = 1, search: NeighborSearch = .automatic
  ) throws(MutualInformationError) {
    try checkPoints([x, y], neighbors: k)
    self.x = x
    self.y = y
    self.variant = variant
    self.norm = norm.simplified(for: [x, y])
    self.threads = threads
    self.search = search
    neighbors = k
    width = RankedDistances.width(rows: x.rowCount, neighbors: k)
    let joint = PointSet([x, y], norm: self.norm, search: search)
    switch variant {
    case .first:
      nearest = RankedDistances(joint, neighbors: k, threads: threads)
      indices = []
    case .second:
      let found = joint.nearest(width, threads: threads)
      nearest = RankedDistances(found.distances, width: width, neighbors: k)
      indices = found.indices
    }
  }

  /// The estimate in nats.
  package var information: Double {
    let shift = variant == .first ? 1 : 0
    let mean = meanDigamma([counts(in: x), counts(in: y)], shift: shift)
    return digamma(Double(neighbors)) - correction + digamma(Double(x.rowCount)) - mean
  }

  /// The estimate row by row: ψ(k) + ψ(n) - ψ(n_x + 1) - ψ(n_y + 1), and alike for the second
  /// variant. The mean is the estimate.
  package var terms: [Double] {
    let shift = variant == .first ? 1 : 0
    let constant = digamma(Double(neighbors)) - correction + digamma(Double(x.rowCount))
    return zip(counts(in: x), counts(in: y)).map {
      constant - digamma(Double($0 + shift)) - digamma(Double($1 + shift))
    }
  }

  /// Largest value that this n and k can give, ψ(n) - ψ(k), less 1/k for the second variant.
  package var ceiling: Double {
    digamma(Double(x.rowCount)) - digamma(Double(neighbors)) - correction
  }

  /// Share of rows whose k-th distance is zero or tied.
  package var tiedShare: Double { nearest.tiedShare }

  private var correction: Double { variant == .first ? 0 : 1 / Double(neighbors) }

  /// Rows about each row that the variant counts in one space.
  private func counts(in space: Matrix) -> [Int] {
    let radii =
      switch variant {
      case .first: nearest.radii
      case .second:
        (0..<space.rowCount).map { row in
          (0..<neighbors).reduce(0) {
            max($0, space.distance(row, indices[row * width + $1], norm: norm))
          }
        }
      }
    return neighborCounts(
      [space], within: radii, closed: variant == .second, norm: norm, search: search,
      threads: threads)
  }
}
