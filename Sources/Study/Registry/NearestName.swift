/// The candidate closest to a misspelt name, if one is close enough to be worth suggesting.
///
/// Distance counts insertions, deletions and substitutions (Levenshtein 1966) regardless of case;
/// a candidate is suggested up to a third of the longer name's length, at least two edits.
/// - Complexity: O(candidates · length²).
package func nearestName(to name: String, among candidates: [String]) -> String? {
  let wanted = Array(name.lowercased().unicodeScalars)
  var best: (distance: Int, name: String)?
  for candidate in candidates {
    let scalars = Array(candidate.lowercased().unicodeScalars)
    let allowed = max(2, max(wanted.count, scalars.count) / 3)
    let distance = editDistance(wanted, scalars)
    guard distance <= allowed, distance < best?.distance ?? .max else { continue }
    best = (distance, candidate)
  }
  return best?.name
}

private func editDistance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
  var previous = Array(0...b.count)
  for (i, x) in a.enumerated() {
    var current = [i + 1]
    current.reserveCapacity(b.count + 1)
    for (j, y) in b.enumerated() {
      current.append(
        min(previous[j] + (x == y ? 0 : 1), previous[j + 1] + 1, current[j] + 1))
    }
    previous = current
  }
  return previous[b.count]
}
