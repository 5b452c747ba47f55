import LinearAlgebra

/// Mutual information where values repeat or mix with continuous ones (Gao et al., NeurIPS 2017),
/// in nats, unclipped; biased low for purely discrete variables.
///
/// ρ_i is the k-th joint Chebyshev distance; where it is 0, k̃ counts the rows at joint distance 0.
/// Î = mean[ψ(k̃) + ln n - ln(n_x + 1) - ln(n_y + 1)], counts within ρ_i, edges included, self not.
///
/// - Parameters:
///   - x: n × d_x, finite.
///   - y: n × d_y, finite.
///   - neighbors: k, 1…n - 1; default 3.
///   - threads: default 1; the result does not depend on it.
/// - Complexity: as ``ksgInformation(_:_:neighbors:variant:norm:threads:)``.
/// - Throws: ``MutualInformationError`` `.unequalRows`, `.noColumns`, `.notFinite`,
///   `.optionOutOfRange`, `.tooFewRows`.
public func mixedKSGInformation(
  _ x: Matrix, _ y: Matrix, neighbors: Int = 3, threads: Int = 1
) throws(MutualInformationError) -> Double {
  try mixedKSGInformation(x, y, neighbors: neighbors, threads: threads, search: .automatic)
}

package func mixedKSGInformation(
  _ x: Matrix, _ y: Matrix, neighbors k: Int, threads: Int, search: NeighborSearch
) throws(MutualInformationError) -> Double {
  try MixedNeighborhoods(x, y, neighbors: k, threads: threads, search: search).information
}

/// The estimate, and how far ties at a distance above 0 pull it down.
struct MixedNeighborhoods {
  /// Î in nats.
  let information: Double
  /// Share of rows whose k-th distance is tied and not 0: the edge of ρ_i then holds many rows of each
  /// side, but k counts a few of those of both.
  let edgeTiedShare: Double

  init(
    _ x: Matrix, _ y: Matrix, neighbors k: Int, threads: Int, search: NeighborSearch = .automatic
  ) throws(MutualInformationError) {
    try checkPoints([x, y], neighbors: k)
    let joint = PointSet([x, y], norm: .chebyshev, search: search)
    let distances = RankedDistances(joint, neighbors: k, threads: threads)
    let radii = distances.radii
    edgeTiedShare =
      distances.tiedShare - Double(radii.count { $0 == 0 }) / Double(max(1, radii.count))
    let within = joint.effectiveNeighbors(k, radii: radii, threads: threads)
    let spaces = [x, y].map {
      neighborCounts(
        [$0], within: radii, closed: true, norm: .chebyshev, search: search, threads: threads)
    }
    information =
      meanDigamma([within], shift: 0) + logarithm(Double(x.rowCount))
      - meanOverCounts(spaces) { logarithm(Double($0 + 1)) }
  }
}
