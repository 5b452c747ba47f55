import LinearAlgebra

/// I(X; Y | Z) = H(X, Z) + H(Y, Z) - H(X, Y, Z) - H(Z) of classes, in nats; may be negative once
/// corrected.
///
/// - Parameters:
///   - x: class of each row; rows with a negative class in any of the three are left out.
///   - y: as many classes.
///   - z: as many classes.
///   - correction: of each entropy; nil takes Miller and Madow's from two rows a cell of the three
///     sides' occupied classes, Chao and Shen's below.
/// - Complexity: O(n log n).
/// - Throws: ``MutualInformationError`` `.unequalRows`.
public func conditionalDiscreteInformation(
  _ x: [Int], _ y: [Int], given z: [Int], correction: EntropyCorrection? = nil
) throws(MutualInformationError) -> Double {
  for other in [y, z] where other.count != x.count { throw .unequalRows(x.count, other.count) }
  let rows = x.indices.filter { x[$0] >= 0 && y[$0] >= 0 && z[$0] >= 0 }
  let (a, b, c) = (rows.map { x[$0] }, rows.map { y[$0] }, rows.map { z[$0] })
  let occupied = [a, b, c].map { occupiedCounts($0).count }
  let correction = correction ?? .suited(rows: rows.count, occupied: occupied)
  func entropy(_ classes: [Int]) -> Double { correction.entropy(counts: occupiedCounts(classes)) }
  let withX = combinedClasses(a, c)
  return entropy(withX) + entropy(combinedClasses(b, c)) - entropy(combinedClasses(withX, b))
    - entropy(c)
}

/// One class for each pair of classes that occurs, numbered by first and then second; -1 where
/// either is negative.
///
/// - Complexity: O(n log n).
func combinedClasses(_ first: [Int], _ second: [Int]) -> [Int] {
  precondition(first.count == second.count, "one class of each per row")
  let rows = first.indices.filter { first[$0] >= 0 && second[$0] >= 0 }
    .sorted { (first[$0], second[$0], $0) < (first[$1], second[$1], $1) }
  var result = [Int](repeating: -1, count: first.count)
  var code = -1
  var previous: (Int, Int)?
  for row in rows {
    if previous.map({ $0 != (first[row], second[row]) }) ?? true { code += 1 }
    previous = (first[row], second[row])
    result[row] = code
  }
  return result
}

/// Rows of each class that occurs, by class.
private func occupiedCounts(_ classes: [Int]) -> [Int] {
  ContingencyTable(classes, classes).firstCounts.filter { $0 > 0 }
}
