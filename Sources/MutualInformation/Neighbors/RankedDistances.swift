/// The k-th distance of each row, and whether it is tied.
struct RankedDistances: Sendable {
  /// Distance to the k-th nearest other row.
  let radii: [Double]
  /// Share of rows where it is zero, or the next one is equal.
  let tiedShare: Double

  init(_ distances: [Double], width: Int, neighbors: Int) {
    let starts = stride(from: 0, to: distances.count, by: width)
    radii = starts.map { distances[$0 + neighbors - 1] }
    let tied = starts.count { start in
      let radius = distances[start + neighbors - 1]
      return radius == 0 || (width > neighbors && distances[start + neighbors] == radius)
    }
    tiedShare = Double(tied) / Double(radii.count)
  }

  init(_ points: PointSet, neighbors: Int, threads: Int) {
    let width = Self.width(rows: points.count, neighbors: neighbors)
    self.init(
      points.nearestDistances(width, threads: threads), width: width, neighbors: neighbors)
  }

  /// One distance more than k, to see whether the k-th is tied, if there are so many rows.
  static func width(rows: Int, neighbors: Int) -> Int { min(neighbors + 1, rows - 1) }
}

extension PointSet {
  /// k, but where the k-th distance is 0 the number of rows at distance 0 (Gao et al. 2017).
  func effectiveNeighbors(_ neighbors: Int, radii: [Double], threads: Int) -> [Int] {
    var result = [Int](repeating: neighbors, count: radii.count)
    guard radii.contains(0) else { return result }
    // A radius below all distances elsewhere, so that those rows cost nothing.
    let copies = counts(within: radii.map { $0 == 0 ? 0 : -1 }, closed: true, threads: threads)
    for row in result.indices where radii[row] == 0 { result[row] = copies[row] }
    return result
  }
}
