import LinearAlgebra

/// How much one feature tells about the label, on labelled rows only.
package enum FeatureScores {
  /// One-way ANOVA F of `values` between the classes that occur in `labels` (each ≥ 0).
  ///
  /// Mean square between over mean square within: ∞ when classes are constant and differ, 0 when
  /// nothing varies or fewer than two classes or no spare degree of freedom is left. O(n + C).
  /// Source: Fisher (1925).
  package static func anovaF(_ values: [Double], labels: [Int]) -> Double {
    let classCount = (labels.max() ?? -1) + 1
    var counts = [Double](repeating: 0, count: classCount)
    var means = [Double](repeating: 0, count: classCount)
    for (value, label) in zip(values, labels) {
      counts[label] += 1
      means[label] += value
    }
    let present = counts.count { $0 > 0 }
    guard present > 1, values.count > present else { return 0 }
    for c in 0..<classCount where counts[c] > 0 { means[c] /= counts[c] }
    let overall = ColumnStatistics.sum(values.count) { values[$0] } / Double(values.count)
    let between = ColumnStatistics.sum(classCount) {
      counts[$0] * (means[$0] - overall) * (means[$0] - overall)
    }
    let within = ColumnStatistics.sum(values.count) {
      let difference = values[$0] - means[labels[$0]]
      return difference * difference
    }
    if within <= 0 { return between > 0 ? .infinity : 0 }
    return (between / Double(present - 1)) / (within / Double(values.count - present))
  }

  /// Mutual information of one feature with the label in nats, by nearest neighbours.
  ///
  /// Rows of classes with one member are dropped; may be slightly negative; 0 when no row is left.
  /// O(n log n) by sorting. Source: Ross (2014), PLoS ONE 9:e87357.
  package static func labelInformation(
    _ values: [Double], labels: [Int], neighbors: Int = 3
  ) -> Double {
    RossScorer(labels: labels, neighbors: neighbors).score(values)
  }
}

/// Ross's estimator for many features and one labelling: what depends on labels is made once.
struct RossScorer {
  private let labels: [Int]
  private let neighbors: Int
  private let counts: [Int]
  /// Rows of classes with at least two members, ascending.
  private let rows: [Int]
  /// ψ(m) at index m, up to the number of rows.
  private let digammas: [Double]

  init(labels: [Int], neighbors: Int = 3) {
    var counts = [Int](repeating: 0, count: (labels.max() ?? -1) + 1)
    for label in labels where label >= 0 { counts[label] += 1 }
    let rows = labels.indices.filter { labels[$0] >= 0 && counts[labels[$0]] > 1 }
    self.labels = labels
    self.neighbors = max(1, neighbors)
    self.counts = counts
    self.rows = rows
    digammas = [0] + (0..<rows.count).map { digamma(Double($0 + 1)) }
  }

  func score(_ values: [Double]) -> Double {
    guard !rows.isEmpty else { return 0 }
    let order = rows.sorted { (values[$0], $0) < (values[$1], $1) }
    let sorted = order.map { values[$0] }
    var members = [[Int]](repeating: [], count: counts.count)
    for (position, row) in order.enumerated() { members[labels[row]].append(position) }
    var terms = [Double](repeating: 0, count: order.count)
    for positions in members where !positions.isEmpty {
      let k = min(neighbors, positions.count - 1)
      for index in positions.indices {
        let position = positions[index]
        let radius = Self.radius(of: index, k: k, among: positions, sorted)
        let near = Self.countWithin(radius, of: position, sorted)
        terms[position] = digammas[k] - digammas[positions.count] - digammas[near]
      }
    }
    return digammas[order.count]
      + ColumnStatistics.sum(terms.count) { terms[$0] } / Double(terms.count)
  }

  /// Distance to the k-th nearest of the same class: widen a window over the sorted class.
  private static func radius(
    of index: Int, k: Int, among positions: [Int], _ sorted: [Double]
  ) -> Double {
    let value = sorted[positions[index]]
    var left = index - 1
    var right = index + 1
    var radius = 0.0
    for _ in 0..<k {
      let below = left >= 0 ? value - sorted[positions[left]] : .infinity
      let above = right < positions.count ? sorted[positions[right]] - value : .infinity
      radius = min(below, above)
      if below <= above { left -= 1 } else { right += 1 }
    }
    return radius
  }

  /// Number of other rows within `radius`, by bisection on each side.
  private static func countWithin(
    _ radius: Double, of position: Int, _ sorted: [Double]
  ) -> Int {
    let value = sorted[position]
    var low = 0
    var high = position
    while low < high {
      let middle = (low + high) / 2
      if value - sorted[middle] <= radius { high = middle } else { low = middle + 1 }
    }
    let first = low
    low = position
    high = sorted.count - 1
    while low < high {
      let middle = (low + high + 1) / 2
      if sorted[middle] - value <= radius { low = middle } else { high = middle - 1 }
    }
    return low - first
  }
}
