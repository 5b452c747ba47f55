/// The candidate that `name` was probably meant to be, or nil if none is near.
///
/// Near is at most a third of the longer name's letters (but at least 1, and 2 from four letters
/// on) in edits, letter case ignored; the first of equally near candidates wins.
/// O(candidates × letters²).
package func nearestName(to name: String, among candidates: [String]) -> String? {
  let wanted = Array(name.lowercased())
  var best: (name: String, distance: Int)?
  for candidate in candidates {
    let letters = Array(candidate.lowercased())
    let length = max(wanted.count, letters.count)
    let distance = editDistance(wanted, letters)
    guard distance <= max(length >= 4 ? 2 : 1, length / 3), distance < length else { continue }
    if distance < best?.distance ?? .max { best = (candidate, distance) }
  }
  return best?.name
}

/// Optimal string alignment distance: insertions, deletions, substitutions and swaps of neighbors
/// each count one.
package func editDistance<Element: Equatable>(_ a: [Element], _ b: [Element]) -> Int {
  var beforePrevious = [Int](repeating: 0, count: b.count + 1)
  var previous = Array(0...b.count)
  var current = previous
  for i in a.indices {
    current[0] = i + 1
    for j in b.indices {
      var distance = min(previous[j + 1] + 1, current[j] + 1, previous[j] + (a[i] == b[j] ? 0 : 1))
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
        distance = min(distance, beforePrevious[j - 1] + 1)
      }
      current[j + 1] = distance
    }
    (beforePrevious, previous, current) = (previous, current, beforePrevious)
  }
  return previous[b.count]
}
