import LinearAlgebra

/// Fills missing cells from the nearest training rows that observed the feature.
struct NeighborImputer: Equatable, Sendable {
  /// Rows whose mean fills a cell.
  static let neighborCount = 10

  /// Training rows × features as measured, NaN where missing.
  private let observed: Matrix
  private let medians: [Double]
  private let means: [Double]
  private let deviations: [Double]
  /// Standardised training rows, 0 where missing, and 1/0 for observed; rows padded to `width`.
  private let scaled: [Double]
  private let masks: [Double]
  private let width: Int

  /// Keeps training rows (rows × features, NaN: missing) and the spread of what they observed.
  init(observed: Matrix, medians: [Double], moments: [(mean: Double, variance: Double)]) {
    self.observed = observed
    self.medians = medians
    means = moments.map(\.mean)
    deviations = moments.map { $0.variance.squareRoot() }
    width = (observed.columnCount + 7) / 8 * 8
    var scaled = [Double](repeating: 0, count: observed.rowCount * width)
    var masks = scaled
    for i in 0..<observed.rowCount {
      for j in 0..<observed.columnCount where !observed[i, j].isNaN {
        scaled[i * width + j] = (observed[i, j] - means[j]) / deviations[j]
        masks[i * width + j] = 1
      }
    }
    self.scaled = scaled
    self.masks = masks
  }

  /// Fills the gaps of one row; what it gives depends on that row and the training rows alone.
  /// O(n d) and a sort of n for a row with gaps, nothing otherwise.
  func fill(_ row: inout [Double]) {
    let gaps = row.indices.filter { row[$0].isNaN }
    guard !gaps.isEmpty else { return }
    let distances = squaredDistances(to: row)
    let nearest = distances.indices.filter { distances[$0] < .infinity }
      .sorted { (distances[$0], $0) < (distances[$1], $1) }
    for j in gaps {
      var total = 0.0
      var count = 0
      // A training row never fills its own gap: it did not observe the feature.
      for i in nearest where !observed[i, j].isNaN {
        total += observed[i, j]
        count += 1
        if count == Self.neighborCount { break }
      }
      row[j] = count > 0 ? total / Double(count) : medians[j]
    }
  }

  /// Squared distance over co-observed features, scaled up to all d; ∞ where there are none.
  private func squaredDistances(to row: [Double]) -> [Double] {
    var own = [Double](repeating: 0, count: width)
    var ownMask = own
    for j in row.indices where !row[j].isNaN {
      own[j] = (row[j] - means[j]) / deviations[j]
      ownMask[j] = 1
    }
    var result = [Double](repeating: .infinity, count: observed.rowCount)
    for i in result.indices {
      var sums = SIMD8<Double>.zero
      var shared = SIMD8<Double>.zero
      for start in stride(from: 0, to: width, by: 8) {
        let at = i &* width &+ start
        let both = Self.load(masks, at) * Self.load(ownMask, start)
        let difference = (Self.load(scaled, at) - Self.load(own, start)) * both
        sums += difference * difference
        shared += both
      }
      let common = shared.sum()
      if common > 0 { result[i] = sums.sum() * Double(row.count) / common }
    }
    return result
  }

  @inline(__always)
  private static func load(_ values: [Double], _ start: Int) -> SIMD8<Double> {
    values.withUnsafeBytes {
      $0.loadUnaligned(fromByteOffset: start &* 8, as: SIMD8<Double>.self)
    }
  }
}
