import LinearAlgebra

/// Conditional information I(X; Y | Z) by nearest neighbors (Frenzel & Pompe, Physical Review Letters
/// 2007), the conditional form of the first KSG estimator, in nats, unclipped.
///
/// Joint distance is the largest of the three spaces' distances, ε_i the k-th smallest.
/// Î = ψ(k) - mean[ψ(n_xz + 1) + ψ(n_yz + 1) - ψ(n_z + 1)], counts strictly within ε_i. With a z that
/// does not vary it is KSG1. It loses with columns faster than KSG does, since all three count.
///
/// - Parameters:
///   - x: n × d_x, finite; used as given.
///   - y: n × d_y, finite.
///   - z: n × d_z, finite.
///   - neighbors: k, 1…n - 1; default 3.
///   - norm: within each space; default Chebyshev.
///   - threads: default 1; the result does not depend on it.
/// - Complexity: as ``ksgInformation(_:_:neighbors:variant:norm:threads:)``.
/// - Throws: ``MutualInformationError`` `.unequalRows`, `.noColumns`, `.notFinite`,
///   `.optionOutOfRange`, `.tooFewRows`.
public func conditionalKSGInformation(
  _ x: Matrix, _ y: Matrix, given z: Matrix, neighbors: Int = 3, norm: DistanceNorm = .chebyshev,
  threads: Int = 1
) throws(MutualInformationError) -> Double {
  try ConditionalNeighborhoods(x, y, given: z, neighbors: neighbors, norm: norm, threads: threads)
    .information
}

/// Conditional information where values repeat: as
/// ``mixedKSGInformation(_:_:neighbors:threads:)``, with the counts of Frenzel and Pompe, in nats,
/// unclipped. Î = mean[ψ(k̃) - ln(n_xz + 1) - ln(n_yz + 1) + ln(n_z + 1)], counts within ρ_i, edges
/// included; compare Mesner & Shalizi (IEEE Transactions on Information Theory 2021).
///
/// - Parameters:
///   - x: n × d_x, finite; used as given.
///   - y: n × d_y, finite.
///   - z: n × d_z, finite.
///   - neighbors: k, 1…n - 1; default 3.
///   - threads: default 1; the result does not depend on it.
/// - Complexity: as ``ksgInformation(_:_:neighbors:variant:norm:threads:)``.
/// - Throws: ``MutualInformationError`` as
///   ``conditionalKSGInformation(_:_:given:neighbors:norm:threads:)``.
public func conditionalMixedInformation(
  _ x: Matrix, _ y: Matrix, given z: Matrix, neighbors: Int = 3, threads: Int = 1
) throws(MutualInformationError) -> Double {
  try ConditionalNeighborhoods(
    x, y, given: z, neighbors: neighbors, norm: .chebyshev, threads: threads
  ).mixedInformation
}

/// The k nearest rows of each row in the space of all three.
struct ConditionalNeighborhoods: Sendable {
  private let x: Matrix
  private let y: Matrix
  private let z: Matrix
  private let neighbors: Int
  private let norm: DistanceNorm
  private let threads: Int
  private let joint: PointSet
  private let nearest: RankedDistances

  init(
    _ x: Matrix, _ y: Matrix, given z: Matrix, neighbors: Int, norm: DistanceNorm, threads: Int
  ) throws(MutualInformationError) {
    try checkPoints([x, y, z], neighbors: neighbors)
    self.x = x
    self.y = y
    self.z = z
    self.neighbors = neighbors
    self.norm = norm.simplified(for: [x, y, z])
    self.threads = threads
    joint = PointSet([x, y, z], norm: self.norm)
    nearest = RankedDistances(joint, neighbors: neighbors, threads: threads)
  }

  /// Share of rows whose k-th distance is zero or tied.
  var tiedShare: Double { nearest.tiedShare }

  var information: Double {
    let without = meanDigamma([counts([z], closed: false)], shift: 1)
    let with = meanDigamma(
      [counts([x, z], closed: false), counts([y, z], closed: false)], shift: 1)
    return digamma(Double(neighbors)) - (with - without)
  }

  var mixedInformation: Double {
    func term(_ lists: [[Int]]) -> Double { meanOverCounts(lists) { logarithm(Double($0 + 1)) } }
    let within = joint.effectiveNeighbors(neighbors, radii: nearest.radii, threads: threads)
    return meanDigamma([within], shift: 0) + term([counts([z], closed: true)])
      - term([counts([x, z], closed: true), counts([y, z], closed: true)])
  }

  private func counts(_ spaces: [Matrix], closed: Bool) -> [Int] {
    neighborCounts(spaces, within: nearest.radii, closed: closed, norm: norm, threads: threads)
  }
}
