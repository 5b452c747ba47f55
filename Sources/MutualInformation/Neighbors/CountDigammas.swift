import LinearAlgebra

/// Mean over rows of Σ ψ(count + shift) over the given lists of counts.
///
/// Equal counts are gathered first, so that the order of rows and of lists does not change a bit.
/// - Parameters:
///   - counts: lists of one count a row, count + shift ≥ 1.
/// - Complexity: O(n).
func meanDigamma(_ counts: [[Int]], shift: Int) -> Double {
  meanOverCounts(counts) { digamma(Double($0 + shift)) }
}

/// Mean over rows of Σ term(count) over lists of counts, equal counts gathered.
func meanOverCounts(_ counts: [[Int]], _ term: (Int) -> Double) -> Double {
  var occurrences = [Int](repeating: 0, count: (counts.compactMap { $0.max() }.max() ?? -1) + 1)
  for list in counts {
    for count in list { occurrences[count] += 1 }
  }
  let terms = occurrences.enumerated().filter { $0.element > 0 }
    .map { Double($0.element) * term($0.offset) }
  return orderedSum(terms) / Double(counts.first?.count ?? 0)
}
