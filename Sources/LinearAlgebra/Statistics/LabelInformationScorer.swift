/// Mutual information of one number with a label by nearest neighbors (Ross, "Mutual Information
/// between Discrete and Continuous Data Sets", PLoS ONE 9:e87357, 2014), in nats, for many features
/// and one set of labels.
///
/// For patient i of a class with N_c members: k_i = min(k, N_c - 1); d_i is the distance to its
/// k_i-th neighbor in the class; m_i counts the other patients of any class within d_i, borders
/// included. Î = ψ(N) + mean ψ(k_i) - mean ψ(N_c) - mean ψ(m_i), over classes of two and more.
/// Sorting makes neighbors adjacent: O(n log n) a feature, and exactly the naive count.
package struct LabelInformationScorer: Sendable {
  private let neighbors: Int
  /// Positions of the patients that count, and their classes.
  private let positions: [Int]
  private let labels: [Int]
  /// ψ(1), ψ(2), … up to ψ(N); entry 0 is unused.
  private let psi: [Double]
  /// The terms that do not depend on the feature.
  private let constant: Double
  private let isComparable: Bool

  private var byClass: [ClassMembers]
  private var pairs = [(value: Double, label: Int)]()
  private var sorted = [Double]()

  /// A scorer for patients with these classes; negative (unlabelled) ones do not count.
  package init(labels all: [Int], neighbors: Int = 3) {
    self.neighbors = neighbors
    var counts = [Int](repeating: 0, count: max(all.max() ?? -1, -1) + 1)
    for label in all where label >= 0 { counts[label] += 1 }
    positions = all.indices.filter { all[$0] >= 0 && counts[all[$0]] > 1 }
    labels = positions.map { all[$0] }
    let count = positions.count
    psi = [0] + (1..<(count + 1)).map { digamma(Double($0)) }
    var sum = 0.0
    for n in counts where n > 1 { sum += Double(n) * (psi[min(neighbors, n - 1)] - psi[n]) }
    constant = count > 0 ? psi[count] + sum / Double(count) : 0
    isComparable = counts.count { $0 > 1 } > 1
    byClass = Array(repeating: ClassMembers(), count: counts.count)
  }

  /// The estimate for one value per patient; 0 where values do not vary, or fewer than two classes
  /// have two patients.
  package mutating func score(_ values: some RandomAccessCollection<Double>) -> Double {
    guard isComparable else { return 0 }
    pairs.removeAll(keepingCapacity: true)
    for (label, position) in zip(labels, positions) {
      pairs.append((values[values.index(values.startIndex, offsetBy: position)], label))
    }
    // Equal values may stand in any order: they are counted by value, not by rank.
    pairs.sort { $0.value < $1.value }
    sorted.removeAll(keepingCapacity: true)
    for index in byClass.indices { byClass[index].removeAll() }
    for (rank, pair) in pairs.enumerated() {
      sorted.append(pair.value)
      byClass[pair.label].append(pair.value, rank: rank)
    }
    guard sorted[0] < sorted[sorted.count - 1] else { return 0 }
    let sum = sorted.withUnsafeBufferPointer { sorted in
      psi.withUnsafeBufferPointer { psi in
        byClass.reduce(0) { $0 + $1.neighborTerm(neighbors, among: sorted, psi: psi) }
      }
    }
    return constant - sum / Double(positions.count)
  }
}

/// Values of one class in ascending order, with their ranks among all.
private struct ClassMembers: Sendable {
  private var values = [Double]()
  private var ranks = [Int]()

  mutating func removeAll() {
    values.removeAll(keepingCapacity: true)
    ranks.removeAll(keepingCapacity: true)
  }

  mutating func append(_ value: Double, rank: Int) {
    values.append(value)
    ranks.append(rank)
  }

  /// Σ ψ(m_i) over the class; 0 for a class of one.
  func neighborTerm(
    _ neighbors: Int, among sorted: UnsafeBufferPointer<Double>, psi: UnsafeBufferPointer<Double>
  ) -> Double {
    guard values.count > 1 else { return 0 }
    let k = min(neighbors, values.count - 1)
    return values.withUnsafeBufferPointer { values in
      ranks.withUnsafeBufferPointer { ranks in
        var sum = 0.0
        // First of the k + 1 consecutive members whose farthest is nearest; it only moves up.
        var low = 0
        for value in values {
          while low + k + 1 < values.count, values[low + k + 1] - value < value - values[low] {
            low += 1
          }
          let distance = max(value - values[low], values[low + k] - value)
          let first = reach(from: ranks[low], step: -1, sorted) { value - $0 <= distance }
          let last = reach(from: ranks[low + k], step: 1, sorted) { $0 - value <= distance }
          sum += psi[last - first]
        }
        return sum
      }
    }
  }
}

/// The farthest rank in one direction whose value is inside, from one that is: a few single steps,
/// since the next member of the class is near and outside; then doubling steps, and halving ones.
@inline(__always)
private func reach(
  from start: Int, step direction: Int, _ sorted: UnsafeBufferPointer<Double>,
  isInside: (Double) -> Bool
) -> Int {
  func isWithin(_ rank: Int) -> Bool {
    rank >= 0 && rank < sorted.count && isInside(sorted[rank])
  }
  var inside = start
  for _ in 0..<16 {
    guard isWithin(inside + direction) else { return inside }
    inside += direction
  }
  var step = direction
  while isWithin(inside + step) {
    inside += step
    step *= 2
  }
  while step != 0 {
    if isWithin(inside + step) { inside += step }
    step /= 2
  }
  return inside
}
