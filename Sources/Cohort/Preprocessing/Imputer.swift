import LinearAlgebra

/// Fills missing cells of a row from training rows, each row by itself.
///
/// Neighbors (Troyanskaya et al., 2001): the distance of two rows is Euclidean over the features
/// that both have, times √(d / d_co); a cell is the mean over the ten nearest training rows that
/// have the feature, ties by row; the median where there is none.
public struct Imputer: Codable, Equatable, Sendable {
  /// Neighbors averaged.
  public static let neighbors = 10

  /// Median of the observed training values of each feature.
  public let medians: [Double]
  /// Training rows that neighbors are looked for in; nil where medians are used.
  public let reference: Reference?

  /// Training rows × features with gaps as NaN. Encoded with nulls, since JSON has no NaN.
  public struct Reference: Codable, Equatable, Sendable {
    /// Rows × features; a gap is NaN.
    public let rows: Matrix

    /// A reference from training rows.
    public init(rows: Matrix) { self.rows = rows }

    private enum Key: String, CodingKey { case rowCount, columnCount, cells }

    /// Reads what ``encode(to:)`` wrote.
    public init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Key.self)
      let rowCount = try container.decode(Int.self, forKey: .rowCount)
      let columnCount = try container.decode(Int.self, forKey: .columnCount)
      let cells = try container.decode([Double?].self, forKey: .cells)
      let (size, overflow) = rowCount.multipliedReportingOverflow(by: columnCount)
      guard rowCount >= 0, columnCount >= 0, !overflow, cells.count == size else {
        throw DecodingError.dataCorruptedError(
          forKey: .cells, in: container, debugDescription: "cells must fill rows and columns")
      }
      rows = Matrix(rows: rowCount, columns: columnCount, values: cells.map { $0 ?? .nan })
    }

    /// Writes shape and cells, row by row.
    public func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(rows.rowCount, forKey: .rowCount)
      try container.encode(rows.columnCount, forKey: .columnCount)
      try container.encode(rows.values.map { $0.isNaN ? nil : $0 }, forKey: .cells)
    }

    /// Equal where cells are equal or both missing.
    public static func == (a: Reference, b: Reference) -> Bool {
      a.rows.rowCount == b.rows.rowCount && a.rows.columnCount == b.rows.columnCount
        && zip(a.rows.values, b.rows.values).allSatisfy { $0 == $1 || ($0.isNaN && $1.isNaN) }
    }
  }

  /// Learns from training rows; every column has an observed value.
  init(training: Matrix, method: PreprocessingOptions.Imputation) {
    medians = (0..<training.columnCount).map { j in
      Self.median(training.column(j).filter { !$0.isNaN })
    }
    reference = method == .median ? nil : Reference(rows: training)
  }

  /// An imputer as it was learned, for instance from a model file.
  public init(medians: [Double], reference: Reference?) {
    self.medians = medians
    self.reference = reference
  }

  /// Rows × features without gaps.
  func filled(_ matrix: Matrix) -> Matrix {
    guard matrix.values.contains(where: \.isNaN) else { return matrix }
    var result = matrix
    for i in 0..<matrix.rowCount where matrix.row(i).contains(where: \.isNaN) {
      if let training = reference?.rows {
        fillFromNeighbors(&result, row: i, source: matrix, training)
      } else {
        for j in medians.indices where matrix[i, j].isNaN { result[i, j] = medians[j] }
      }
    }
    return result
  }

  private func fillFromNeighbors(
    _ result: inout Matrix, row i: Int, source: Matrix, _ training: Matrix
  ) {
    let row = Array(source.row(i))
    let nearest = Self.byDistance(row, training)
    for j in row.indices where row[j].isNaN {
      var sum = 0.0
      var count = 0
      for t in nearest where !training[t, j].isNaN {
        sum += training[t, j]
        count += 1
        if count == Self.neighbors { break }
      }
      result[i, j] = count > 0 ? sum / Double(count) : medians[j]
    }
  }

  /// Training rows that share an observed feature with `row`, nearest first.
  private static func byDistance(_ row: [Double], _ training: Matrix) -> [Int] {
    var distances = [(distance: Double, row: Int)]()
    for t in 0..<training.rowCount {
      var sum = 0.0
      var shared = 0
      for (j, value) in training.row(t).enumerated() where !value.isNaN && !row[j].isNaN {
        sum += (row[j] - value) * (row[j] - value)
        shared += 1
      }
      // The square root is monotone, so the squared distance orders the rows alike.
      if shared > 0 { distances.append((sum * Double(row.count) / Double(shared), t)) }
    }
    distances.sort { $0.distance != $1.distance ? $0.distance < $1.distance : $0.row < $1.row }
    return distances.map(\.row)
  }

  private static func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    guard !sorted.isEmpty else { return 0 }
    let middle = sorted.count / 2
    if sorted.count % 2 == 1 { return sorted[middle] }
    // Halves first, so that two large values do not overflow.
    return sorted[middle - 1] / 2 + sorted[middle] / 2
  }
}
