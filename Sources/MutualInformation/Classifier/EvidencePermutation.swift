import LinearAlgebra

/// p that a classifier's held-out evidence knows nothing of the labels: labels are exchanged within
/// strata against fixed evidence, p = (1 + #{permuted mean ≥ mean})/(B + 1).
///
/// Exact where a stratum lies within one fold, whose labels the classifier never saw; a stratum that
/// also lies within one group tests association beyond the group.
///
/// - Parameters:
///   - ratios: for each row ln q(c) - ln π_c of every class c.
///   - labels: class of each row, ≥ 0.
///   - strata: stratum of each row, ≥ 0.
///   - permutations: B; 1/(B + 1) is the smallest p that can be shown.
///   - stream: random stream.
/// - Returns: nil where no stratum has rows of two classes, so that nothing can be exchanged.
/// - Complexity: O(B · rows).
public func evidencePermutationP(
  ratios: [[Double]], labels: [Int], strata: [Int], permutations: Int, stream: RandomStream
) -> Double? {
  precondition(
    ratios.count == labels.count && strata.count == labels.count, "one entry per row")
  var members: [[Int]] = Array(repeating: [], count: (strata.max() ?? -1) + 1)
  for (row, stratum) in strata.enumerated() { members[stratum].append(row) }
  let mixed = members.filter { rows in rows.contains { labels[$0] != labels[rows[0]] } }
  guard !mixed.isEmpty else { return nil }
  var stream = stream
  let flat = mixed.flatMap { $0 }
  let classCount = ratios.first?.count ?? 0
  let evidence = flat.flatMap { ratios[$0] }
  var current = flat.map { labels[$0] }
  let ends = mixed.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1.count) }
  func total() -> Double {
    var sum = 0.0
    evidence.withUnsafeBufferPointer { values in
      for (position, label) in current.enumerated() {
        sum += values[position &* classCount &+ label]
      }
    }
    return sum
  }
  let observed = total()
  // Rounding must not make an order that leaves the sum as it was fall below it.
  let threshold =
    observed - 1e-12
    * flat.indices.reduce(0) {
      $0 + abs(evidence[$1 * classCount + current[$1]])
    }
  var reached = 0
  for _ in 0..<permutations {
    for k in mixed.indices {
      var position = ends[k + 1] - 1
      while position > ends[k] {
        current.swapAt(position, ends[k] + stream.below(position - ends[k] + 1))
        position -= 1
      }
    }
    if total() >= threshold { reached += 1 }
  }
  return Double(1 + reached) / Double(permutations + 1)
}
