import LinearAlgebra

/// Counts of pairs of classes, and the information in them. Only pairs that occur are held, so that
/// many classes on both sides take no more than their rows.
public struct ContingencyTable: Equatable, Sendable {
  /// A pair of classes that occurs.
  public struct Cell: Equatable, Sendable {
    /// Class of the first variable.
    public let first: Int
    /// Class of the second variable.
    public let second: Int
    /// Its rows, at least 1.
    public let count: Int
  }

  /// Rows of each class of the first variable.
  public let firstCounts: [Int]
  /// Rows of each class of the second variable.
  public let secondCounts: [Int]
  /// The pairs that occur, by first and then second class.
  public let cells: [Cell]

  /// Counts pairs; rows where either class is negative are left out.
  ///
  /// - Complexity: O(n log n + classes).
  public init(_ first: [Int], _ second: [Int]) {
    precondition(first.count == second.count, "one class of each per row")
    var rows = [Int](repeating: 0, count: max(first.max() ?? -1, -1) + 1)
    var columns = [Int](repeating: 0, count: max(second.max() ?? -1, -1) + 1)
    var codes = [Int]()
    codes.reserveCapacity(first.count)
    for (a, b) in zip(first, second) where a >= 0 && b >= 0 {
      rows[a] += 1
      columns[b] += 1
      codes.append(a * columns.count + b)
    }
    codes.sort()
    firstCounts = rows
    secondCounts = columns
    var cells = [Cell]()
    var start = 0
    for position in codes.indices
    where position + 1 == codes.count || codes[position + 1] != codes[position] {
      let (a, b) = codes[position].quotientAndRemainder(dividingBy: columns.count)
      cells.append(Cell(first: a, second: b, count: position + 1 - start))
      start = position + 1
    }
    self.cells = cells
  }

  /// Number of rows counted.
  public var total: Int { firstCounts.reduce(0, +) }

  /// Plug-in information Σ p_ab ln(p_ab / (p_a p_b)), in nats, ≥ 0 up to rounding.
  public var plugIn: Double {
    let n = Double(total)
    guard n > 0 else { return 0 }
    return orderedSum(
      cells.map { cell in
        let expected = Double(firstCounts[cell.first]) * Double(secondCounts[cell.second])
        return Double(cell.count) / n * logarithm(Double(cell.count) * n / expected)
      })
  }

  /// Number of classes that occur on each side.
  var occupied: [Int] { [firstCounts, secondCounts].map { $0.count { $0 > 0 } } }

  /// The correction that suits the number of rows and classes: Miller and Madow's from two rows a
  /// cell, Chao and Shen's below.
  public var suitedCorrection: EntropyCorrection {
    .suited(rows: total, occupied: occupied)
  }

  /// H(first) + H(second) - H(both), each entropy corrected, in nats; may be negative.
  public func information(_ correction: EntropyCorrection) -> Double {
    switch correction {
    case .plugIn: plugIn
    case .millerMadow, .chaoShen:
      correction.entropy(counts: firstCounts) + correction.entropy(counts: secondCounts)
        - correction.entropy(counts: cells.map(\.count))
    }
  }

  /// max(0, plug-in - (r - 1)(c - 1)/(2n)), in nats, with r and c the occupied rows and columns: the
  /// bias under independence removed.
  public var corrected: Double {
    guard total > 0 else { return 0 }
    let degrees = (occupied[0] - 1) * (occupied[1] - 1)
    return max(0, plugIn - Double(degrees) / (2 * Double(total)))
  }
}

/// Information of predicted classes about labels, corrected for its bias under independence:
/// max(0, Î - (r - 1)(c - 1)/(2n)) in nats, r and c the occupied rows and columns.
///
/// Rows where either is negative (unlabelled) are left out.
/// - Complexity: O(n + C²).
public func correctedPlugInInformation(predicted: [Int], labels: [Int]) -> Double {
  ContingencyTable(predicted, labels).corrected
}

/// ``correctedPlugInInformation(predicted:labels:)`` over the plug-in entropy of the labels: 0 for
/// no, 1 for full information; 0 where all labels are equal.
public func normalizedPlugInInformation(predicted: [Int], labels: [Int]) -> Double {
  let table = ContingencyTable(predicted, labels)
  let entropy = plugInEntropy(counts: table.secondCounts)
  return entropy > 0 ? min(1, table.corrected / entropy) : 0
}
