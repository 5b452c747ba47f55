import LinearAlgebra

/// How many supposed subjects have all their labelled samples in one class.
struct LabelSharing {
  /// Subjects of at least two labelled samples.
  let subjects: Int
  /// Of these, how many are of one class.
  let pure: Int
  /// Probability of at least as many by chance, the labels dealt at random.
  let chance: Double

  /// `labels` holds a class or -1 for each row. O(subjects²).
  init(_ partition: SubjectPartition, labels: [Int]) {
    var counts = [Int: Int]()
    for label in labels where label >= 0 { counts[label, default: 0] += 1 }
    let total = Double(counts.values.reduce(0, +))
    let classes = counts.keys.sorted().map { Double(counts[$0] ?? 0) }
    var pure = 0
    // Probability of k pure subjects, for each k.
    var distribution = [1.0]
    for group in partition.repeated {
      let own = group.rows.map { labels[$0] }.filter { $0 >= 0 }
      guard own.count > 1 else { continue }
      if Set(own).count == 1 { pure += 1 }
      // Σ over classes of the probability that all samples are dealt that class.
      let chance = classes.reduce(0) { sum, size in
        sum
          + (0..<own.count).reduce(1.0) { $0 * max(0, size - Double($1)) / (total - Double($1)) }
      }
      var next = [Double](repeating: 0, count: distribution.count + 1)
      for (k, probability) in distribution.enumerated() {
        next[k] += probability * (1 - chance)
        next[k + 1] += probability * chance
      }
      distribution = next
    }
    subjects = distribution.count - 1
    self.pure = pure
    chance = orderedSum(distribution[pure...])
  }

  /// Share of subjects of one class.
  var share: Double { subjects > 0 ? Double(pure) / Double(subjects) : 0 }
}
