import LinearAlgebra

/// Plug-in entropy -Σ p ln p of counts, in nats; 0 without counts.
public func plugInEntropy(counts: [Int]) -> Double {
  let total = Double(counts.reduce(0, +))
  guard total > 0 else { return 0 }
  return -orderedSum(
    counts.filter { $0 > 0 }.map { Double($0) / total * logarithm(Double($0) / total) })
}

/// Plug-in entropy plus Miller's (1955) bias term (occupied - 1)/(2n), in nats.
public func millerMadowEntropy(counts: [Int]) -> Double {
  let total = counts.reduce(0, +)
  guard total > 0 else { return 0 }
  return plugInEntropy(counts: counts)
    + Double(counts.count { $0 > 0 } - 1) / (2 * Double(total))
}

/// Counts of pairs of classes, and the information in them.
public struct ContingencyTable: Equatable, Sendable {
  /// Rows of each class of the first variable.
  public let firstCounts: [Int]
  /// Rows of each class of the second variable.
  public let secondCounts: [Int]
  /// Pairs, first × second, row-major.
  public let jointCounts: [Int]

  /// Counts pairs; rows where either class is negative are left out.
  ///
  /// - Complexity: O(n + classes²).
  public init(_ first: [Int], _ second: [Int]) {
    precondition(first.count == second.count, "one class of each per row")
    let height = (first.max() ?? -1) + 1
    let width = (second.max() ?? -1) + 1
    var rows = [Int](repeating: 0, count: max(height, 0))
    var columns = [Int](repeating: 0, count: max(width, 0))
    var joint = [Int](repeating: 0, count: max(height, 0) * max(width, 0))
    for (a, b) in zip(first, second) where a >= 0 && b >= 0 {
      rows[a] += 1
      columns[b] += 1
      joint[a * width + b] += 1
    }
    firstCounts = rows
    secondCounts = columns
    jointCounts = joint
  }

  /// Number of rows counted.
  public var total: Int { firstCounts.reduce(0, +) }

  /// Plug-in information Σ p_ab ln(p_ab / (p_a p_b)), in nats, ≥ 0 up to rounding.
  public var plugIn: Double {
    let n = Double(total)
    guard n > 0 else { return 0 }
    let width = secondCounts.count
    return orderedSum(
      jointCounts.enumerated().filter { $0.element > 0 }.map { position, count in
        let expected =
          Double(firstCounts[position / width]) * Double(secondCounts[position % width])
        return Double(count) / n * logarithm(Double(count) * n / expected)
      })
  }

  /// Plug-in information with each of the three entropies corrected by Miller and Madow, in nats;
  /// may be negative.
  public var millerMadow: Double {
    guard total > 0 else { return 0 }
    let occupied = [firstCounts, secondCounts, jointCounts].map { $0.count { $0 > 0 } }
    return plugIn + Double(occupied[0] + occupied[1] - occupied[2] - 1) / (2 * Double(total))
  }

  /// max(0, plug-in - (r - 1)(c - 1)/(2n)), in nats, with r and c the occupied rows and columns: the
  /// bias under independence removed.
  public var corrected: Double {
    guard total > 0 else { return 0 }
    let (r, c) = (firstCounts.count { $0 > 0 }, secondCounts.count { $0 > 0 })
    return max(0, plugIn - Double((r - 1) * (c - 1)) / (2 * Double(total)))
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
