import LinearAlgebra

/// An estimate made of rows that its fitted networks have not seen, with what an interval and a test
/// need beyond the number, without fitting again.
public struct HeldOutEstimate: Sendable {
  /// Rows that were measured together, by one fit on other rows.
  struct Part: Sendable {
    let rows: [Int]
    /// One value for each of its rows.
    let terms: [Double]
    /// The estimate with y's row at position `order[p]` beside x's at position p.
    let information: @Sendable ([Int]) throws(MutualInformationError) -> Double
  }

  private let parts: [Part]

  init(_ parts: [Part]) { self.parts = parts }

  private var rowCount: Int { parts.reduce(0) { $0 + $1.rows.count } }

  /// One value in nats a row; their mean is the estimate, and their standard deviation over √n its
  /// standard error with the networks as fitted.
  public var rowTerms: [Double] {
    var result = [Double](repeating: 0, count: rowCount)
    for part in parts {
      for (row, term) in zip(part.rows, part.terms) { result[row] = term }
    }
    return result
  }

  /// The part of each row; a test may exchange rows of y within a part only, since each has its own
  /// networks.
  public var strata: [Int] {
    var result = [Int](repeating: 0, count: rowCount)
    for (index, part) in parts.enumerated() {
      for row in part.rows { result[row] = index }
    }
    return result
  }

  /// The same, divided further by groups of rows if there are any.
  func strata(within groups: [Int]?) -> [Int] {
    guard let groups else { return strata }
    return zip(groups, strata).map { $0 * parts.count + $1 }
  }

  /// The estimate with row `order[i]` of y beside row i of x, the networks as fitted.
  ///
  /// - Parameter order: a permutation of the rows that keeps every ``strata`` to itself.
  /// - Complexity: O(n) for the bounds of a critic, a neighbor search for `latent`.
  public func information(order: [Int]) throws(MutualInformationError) -> Double {
    var position = [Int](repeating: -1, count: rowCount)
    var sum = 0.0
    for part in parts {
      for (place, row) in part.rows.enumerated() { position[row] = place }
      let local = part.rows.map { position[order[$0]] }
      precondition(
        zip(part.rows, local).allSatisfy { $1 >= 0 && part.rows[$1] == order[$0] },
        "rows are exchanged within their stratum only")
      sum += Double(part.rows.count) * (try part.information(local))
    }
    return sum / Double(rowCount)
  }
}
