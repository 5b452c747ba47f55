import LinearAlgebra

/// Mutual information of one number with a label by nearest neighbors (Ross, "Mutual Information
/// between Discrete and Continuous Data Sets", PLoS ONE 9:e87357, 2014), in nats, for many features
/// and one set of labels.
///
/// For patient i of a class with N_c members: k_i = min(k, N_c - 1); d_i is the distance to its
/// k_i-th neighbor in the class; m_i counts the other patients of any class within d_i, borders
/// included. Î = ψ(N) + mean ψ(k_i) - mean ψ(N_c) - mean ψ(m_i), over classes of two and more.
/// Sorting makes neighbors adjacent: O(n log n) a feature, and exactly the naive count.
package struct LabelInformationScorer {
  private let neighbors: Int
  /// Positions of the patients that count, and their classes.
  private let positions: [Int]
  private let labels: [Int]
  private let classCount: Int
  private let classCounts: [Int]
  /// ψ(1), ψ(2), … up to ψ(N); entry 0 is unused.
  private let psi: [Double]
  /// The terms that do not depend on the feature.
  private let constant: Double

  private var byClass: [[Int32]]

  /// A scorer for patients with these classes (≥ 0).
  package init(labels all: [Int], neighbors: Int = 3) {
    self.neighbors = neighbors
    classCount = (all.max() ?? -1) + 1
    var counts = [Int](repeating: 0, count: classCount)
    for label in all { counts[label] += 1 }
    positions = all.indices.filter { counts[all[$0]] > 1 }
    labels = positions.map { all[$0] }
    classCounts = counts.map { $0 > 1 ? $0 : 0 }
    let count = positions.count
    psi = [0] + (1..<(count + 1)).map { digamma(Double($0)) }
    var sum = 0.0
    for n in classCounts where n > 1 {
      sum += Double(n) * (psi[min(neighbors, n - 1)] - psi[n])
    }
    constant = count > 0 ? psi[count] + sum / Double(count) : 0
    byClass = Array(repeating: [], count: classCount)
  }

  /// The estimate for one value per patient; 0 if no class has two.
  package mutating func score(_ values: [Double]) -> Double {
    let count = positions.count
    guard count > 0 else { return 0 }
    var pairs = [(value: Double, label: Int32)]()
    pairs.reserveCapacity(count)
    for (index, position) in positions.enumerated() {
      pairs.append((values[position], Int32(labels[index])))
    }
    pairs.sort { $0.value != $1.value ? $0.value < $1.value : $0.label < $1.label }
    let sorted = pairs.map(\.value)
    for label in 0..<classCount { byClass[label].removeAll(keepingCapacity: true) }
    for (rank, pair) in pairs.enumerated() { byClass[Int(pair.label)].append(Int32(rank)) }
    var sum = 0.0
    for members in byClass where members.count > 1 {
      sum += neighborTerm(members, sorted)
    }
    return constant - sum / Double(count)
  }

  /// Σ ψ(m_i) over the members of a class, given by their ranks in `sorted`.
  private func neighborTerm(_ members: [Int32], _ sorted: [Double]) -> Double {
    let k = min(neighbors, members.count - 1)
    var sum = 0.0
    for index in members.indices {
      let rank = Int(members[index])
      let value = sorted[rank]
      // The k nearest and i itself are consecutive: the best of the windows that hold i.
      var distance = Double.infinity
      for low in max(0, index - k)...min(index, members.count - 1 - k) {
        let reach = max(
          value - sorted[Int(members[low])], sorted[Int(members[low + k])] - value)
        distance = min(distance, reach)
      }
      sum += psi[Self.countWithin(distance, of: rank, sorted)]
    }
    return sum
  }

  /// Other entries within `distance` of the one at `rank`, borders included: galloping, then
  /// bisection, to both sides.
  private static func countWithin(_ distance: Double, of rank: Int, _ sorted: [Double]) -> Int {
    let value = sorted[rank]
    var step = 1
    var inside = rank
    while inside + step < sorted.count, sorted[inside + step] - value <= distance {
      inside += step
      step *= 2
    }
    while step > 0 {
      if inside + step < sorted.count, sorted[inside + step] - value <= distance { inside += step }
      step /= 2
    }
    let last = inside
    step = 1
    inside = rank
    while inside - step >= 0, value - sorted[inside - step] <= distance {
      inside -= step
      step *= 2
    }
    while step > 0 {
      if inside - step >= 0, value - sorted[inside - step] <= distance { inside -= step }
      step /= 2
    }
    return last - inside
  }
}
