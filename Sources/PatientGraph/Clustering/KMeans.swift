import LinearAlgebra

/// k-means by Lloyd's algorithm from k-means++ starts (Arthur & Vassilvitskii 2007).
struct KMeans {
  /// Number of clusters, 1...rows.
  let clusterCount: Int
  /// Independent starts; the one with the smallest sum of squares wins, the first on ties.
  let restarts = 10
  /// Most Lloyd steps of a start.
  let stepLimit = 300

  /// Labels of the rows, numbered by first appearance.
  ///
  /// - Complexity: O(restarts × steps × rows × clusters × columns).
  func labels(_ points: Matrix, stream: inout RandomStream) -> [Int] {
    var best: (labels: [Int], squares: Double)?
    for _ in 0..<restarts {
      let result = run(points, centers: start(points, stream: &stream))
      if best.map({ result.squares < $0.squares }) ?? true { best = result }
    }
    return renumbered(best?.labels ?? [])
  }

  /// k-means++: each center is drawn with probability proportional to the squared distance to the
  /// nearest center so far.
  private func start(_ points: Matrix, stream: inout RandomStream) -> Matrix {
    var chosen = [stream.below(points.rowCount)]
    var distances = (0..<points.rowCount).map { squaredDifference(points, $0, points, chosen[0]) }
    while chosen.count < clusterCount {
      let total = orderedSum(distances)
      let next =
        total > 0
        ? pick(distances, below: stream.uniform() * total) : stream.below(points.rowCount)
      chosen.append(next)
      for i in distances.indices {
        distances[i] = min(distances[i], squaredDifference(points, i, points, next))
      }
    }
    return points.selecting(rows: chosen)
  }

  private func pick(_ weights: [Double], below target: Double) -> Int {
    var sum = 0.0
    var last = 0
    for (i, weight) in weights.enumerated() where weight > 0 {
      sum += weight
      last = i
      if sum > target { return i }
    }
    return last
  }

  private func run(_ points: Matrix, centers start: Matrix) -> (labels: [Int], squares: Double) {
    var centers = start
    var labels = [Int](repeating: -1, count: points.rowCount)
    var squares = [Double](repeating: 0, count: points.rowCount)
    for _ in 0..<stepLimit {
      let previous = labels
      assign(points, centers, &labels, &squares)
      if labels == previous { break }
      centers = self.centers(points, &labels, &squares)
    }
    return (labels, orderedSum(squares))
  }

  private func assign(
    _ points: Matrix, _ centers: Matrix, _ labels: inout [Int], _ squares: inout [Double]
  ) {
    for i in labels.indices {
      squares[i] = .infinity
      for cluster in 0..<clusterCount {
        let distance = squaredDifference(points, i, centers, cluster)
        if distance < squares[i] {
          squares[i] = distance
          labels[i] = cluster
        }
      }
    }
  }

  /// Means of the clusters; an empty one takes over the point farthest from its center.
  private func centers(
    _ points: Matrix, _ labels: inout [Int], _ squares: inout [Double]
  ) -> Matrix {
    var counts = [Int](repeating: 0, count: clusterCount)
    for label in labels { counts[label] += 1 }
    for cluster in 0..<clusterCount where counts[cluster] == 0 {
      guard
        let farthest = labels.indices.filter({ counts[labels[$0]] > 1 })
          .max(by: { squares[$0] < squares[$1] })
      else { continue }
      counts[labels[farthest]] -= 1
      labels[farthest] = cluster
      squares[farthest] = 0
      counts[cluster] = 1
    }
    var sums = Matrix(rows: clusterCount, columns: points.columnCount)
    for (i, label) in labels.enumerated() {
      for j in 0..<points.columnCount { sums[label, j] += points[i, j] }
    }
    for cluster in 0..<clusterCount where counts[cluster] > 0 {
      for j in 0..<points.columnCount { sums[cluster, j] /= Double(counts[cluster]) }
    }
    return sums
  }
}
