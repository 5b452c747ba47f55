import LinearAlgebra

/// Agreement of two labelings of the same patients.
public struct ClusterScores: Equatable, Sendable {
  /// Mutual information of both labelings, in nats, ≥ 0.
  public let informationNats: Double
  /// Mutual information divided by the mean of both entropies, in 0...1; 1 where both labelings
  /// have a single cluster.
  public let normalizedInformation: Double
  /// Adjusted Rand index (Hubert & Arabie 1985), ≤ 1, 0 expected by chance; 1 where the expected
  /// value is the largest possible.
  public let adjustedRand: Double

  /// Compares two labelings, one entry per patient each.
  ///
  /// - Complexity: O(patients + clusters²).
  public init(_ a: [Int], _ b: [Int]) {
    precondition(a.count == b.count, "both labelings must cover the same patients")
    let table = ContingencyTable(renumbered(a), renumbered(b))
    informationNats = table.information
    let entropy = (table.rowEntropy + table.columnEntropy) / 2
    normalizedInformation = entropy > 0 ? max(0, table.information) / entropy : 1
    adjustedRand = table.adjustedRand
  }
}

/// The labeling with clusters numbered from 0 in the order of their first patient.
public func renumbered(_ labels: [Int]) -> [Int] {
  var numbers: [Int: Int] = [:]
  return labels.map { label in
    if let number = numbers[label] { return number }
    let number = numbers.count
    numbers[label] = number
    return number
  }
}

/// Counts of patients by pairs of clusters.
private struct ContingencyTable {
  private let cells: Matrix
  private let rows: [Double]
  private let columns: [Double]
  private let total: Double

  init(_ a: [Int], _ b: [Int]) {
    var table = Matrix(rows: (a.max() ?? -1) + 1, columns: (b.max() ?? -1) + 1)
    for (i, j) in zip(a, b) { table[i, j] += 1 }
    cells = table
    rows = table.rowSums()
    columns = table.transposed().rowSums()
    total = Double(a.count)
  }

  var rowEntropy: Double { entropy(rows) }
  var columnEntropy: Double { entropy(columns) }

  var information: Double {
    var sum = 0.0
    for i in rows.indices {
      for j in columns.indices where cells[i, j] > 0 {
        sum += cells[i, j] / total * logarithm(cells[i, j] * total / (rows[i] * columns[j]))
      }
    }
    return sum
  }

  var adjustedRand: Double {
    let together = cells.values.reduce(0) { $0 + pairs($1) }
    let inRows = rows.reduce(0) { $0 + pairs($1) }
    let inColumns = columns.reduce(0) { $0 + pairs($1) }
    let all = pairs(total)
    let expected = all > 0 ? inRows * inColumns / all : 0
    let largest = (inRows + inColumns) / 2
    return largest == expected ? 1 : (together - expected) / (largest - expected)
  }

  private func entropy(_ counts: [Double]) -> Double {
    counts.reduce(0) { $1 > 0 ? $0 - $1 / total * logarithm($1 / total) : $0 }
  }

  private func pairs(_ count: Double) -> Double { count * (count - 1) / 2 }
}
