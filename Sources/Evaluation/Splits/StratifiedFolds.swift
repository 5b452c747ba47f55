import LinearAlgebra

/// Deals labelled rows into folds so that fold sizes and class counts per fold differ by one at
/// most; with groups, a group never spans folds and classes are balanced as far as groups allow.
///
/// Without groups: for each class in order, its rows (ascending) are shuffled and dealt cyclically,
/// starting at the fold after the one where the previous class ended. With groups: groups (in order
/// of their UTF-8 bytes) are shuffled, sorted by labelled size from the largest, and each goes to
/// the fold that minimizes Σ over folds and classes of (count − target)², the lowest on ties.
///
/// - Parameters:
///   - labels: class of each row; negative is unlabelled.
///   - folds: number of folds, ≥ 1.
///   - groups: group of each row, or nil.
///   - stream: random stream of this split.
/// - Returns: fold of each row, 0..<folds; -1 for unlabelled rows. A fold may stay empty where
///   there are fewer labelled rows or groups than folds.
/// - Complexity: O(n log n); with groups O(groups · folds · classes).
public func stratifiedFolds(
  labels: [Int], folds: Int, groups: [String]? = nil, stream: RandomStream
) -> [Int] {
  precondition(folds >= 1, "at least one fold is needed")
  precondition(groups == nil || groups?.count == labels.count, "one group per row")
  var stream = stream
  if let groups {
    return groupedFolds(labels: labels, folds: folds, groups: groups, stream: &stream)
  }
  var result = [Int](repeating: -1, count: labels.count)
  var next = 0
  for rows in rowsByClass(labels) {
    var shuffled = rows
    stream.shuffle(&shuffled)
    for row in shuffled {
      result[row] = next
      next = (next + 1) % folds
    }
  }
  return result
}

/// Rows of each class, ascending; unlabelled rows are left out.
private func rowsByClass(_ labels: [Int]) -> [[Int]] {
  var result = [[Int]](repeating: [], count: max(labels.max() ?? -1, -1) + 1)
  for (row, label) in labels.enumerated() where label >= 0 { result[label].append(row) }
  return result
}

private func groupedFolds(
  labels: [Int], folds: Int, groups: [String], stream: inout RandomStream
) -> [Int] {
  let classCount = max(labels.max() ?? -1, -1) + 1
  var members = [String: [Int]]()
  for (row, group) in groups.enumerated() where labels[row] >= 0 {
    members[group, default: []].append(row)
  }
  var order = members.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    .compactMap { members[$0] }
  stream.shuffle(&order)
  // `sort` is stable in practice only; the position makes it so by construction.
  let bySize = order.enumerated().sorted { a, b in
    a.element.count != b.element.count
      ? a.element.count > b.element.count : a.offset < b.offset
  }
  var classTotals = [Double](repeating: 0, count: classCount)
  for label in labels where label >= 0 { classTotals[label] += 1 }
  let targets = classTotals.map { $0 / Double(folds) }
  var counts = [[Double]](
    repeating: [Double](repeating: 0, count: classCount), count: folds)
  var result = [Int](repeating: -1, count: labels.count)
  for (_, rows) in bySize {
    var added = [Double](repeating: 0, count: classCount)
    for row in rows { added[labels[row]] += 1 }
    // Only the receiving fold's term changes, so the change of its cost decides.
    var best = 0
    var bestChange = Double.infinity
    for fold in 0..<folds {
      var change = 0.0
      for c in 0..<classCount where added[c] > 0 {
        let before = counts[fold][c] - targets[c]
        let after = before + added[c]
        change += after * after - before * before
      }
      if change < bestChange - 1e-9 {
        best = fold
        bestChange = change
      }
    }
    for row in rows { result[row] = best }
    for c in 0..<classCount { counts[best][c] += added[c] }
  }
  return result
}
