import LinearAlgebra

/// The scaled exponential kernel of similarity network fusion (Wang et al. 2014), as the published
/// programs compute it: the density of a normal distribution at the distance,
/// exp(−D²/(2(μσ)²)) / (√(2π) μσ), σ_ij = (ε̄_i + ε̄_j + D_ij)/3, ε̄ the mean distance to the nearest
/// neighbors.
///
/// The diagonal is not 1. The kernel squares the distance once more, so that squared Euclidean
/// distances enter by their square.
public struct ScaledExponentialKernel: AffinityKernel, Hashable {
  /// `scaled-exponential`.
  public static let name = "scaled-exponential"
  /// Neighbors that set the local scale; lowered to patients − 1. Default of the field: 20.
  public let neighbors: Int
  /// Factor μ on the bandwidth, > 0. Default of the field: 0.5.
  public let bandwidthScale: Double
  /// Whether bandwidths below a millionth of their median are lifted to it, so that duplicated
  /// patients keep finite weight. Off by default, as in the published programs.
  public var floorsScale = false

  /// A kernel without a floor.
  public init(neighbors: Int, bandwidthScale: Double) {
    self.neighbors = neighbors
    self.bandwidthScale = bandwidthScale
  }

  /// Affinities among training patients.
  ///
  /// - Complexity: O(n²).
  public func affinity(distances: Matrix) -> Affinity {
    shape.affinity(distances: distances)
  }

  /// Affinities of new patients to training patients.
  public func crossWeights(distances: Matrix, training: LocalScales) -> Matrix {
    shape.crossWeights(distances: distances, training: training)
  }

  private var shape: ExponentialShape {
    ExponentialShape(
      neighbors: neighbors, bandwidthScale: bandwidthScale, floorsScale: floorsScale,
      isDensity: true)
  }
}

/// The same kernel without the factor of the density: exp(−D²/(2(μσ)²)), in 0...1, 1 on the
/// diagonal. Neighborhoods of relation graphs are built on it.
public struct UnitExponentialKernel: AffinityKernel, Hashable {
  /// `unit-exponential`.
  public static let name = "unit-exponential"
  /// Neighbors that set the local scale; lowered to patients − 1.
  public let neighbors: Int
  /// Factor μ on the bandwidth, > 0.
  public let bandwidthScale: Double

  /// A kernel.
  public init(neighbors: Int, bandwidthScale: Double) {
    self.neighbors = neighbors
    self.bandwidthScale = bandwidthScale
  }

  /// Affinities among training patients.
  ///
  /// - Complexity: O(n²).
  public func affinity(distances: Matrix) -> Affinity {
    shape.affinity(distances: distances)
  }

  /// Affinities of new patients to training patients.
  public func crossWeights(distances: Matrix, training: LocalScales) -> Matrix {
    shape.crossWeights(distances: distances, training: training)
  }

  private var shape: ExponentialShape {
    ExponentialShape(
      neighbors: neighbors, bandwidthScale: bandwidthScale, floorsScale: false, isDensity: false)
  }
}

/// What both kernels share.
private struct ExponentialShape {
  /// Machine epsilon as the published programs use it: keeps bandwidths above zero.
  static let unit = 2.220446049250313e-16

  let neighbors: Int
  let bandwidthScale: Double
  let floorsScale: Bool
  let isDensity: Bool

  func affinity(distances: Matrix) -> Affinity {
    let n = distances.rowCount
    precondition(distances.columnCount == n, "distances must be square")
    let scales = (0..<n).map { localScale(distances.row($0), excluding: $0) }
    let floor = floorsScale ? 1e-6 * medianBandwidth(distances, scales) : 0
    var weights = Matrix(rows: n, columns: n)
    weights.values.withUnsafeMutableBufferPointer { target in
      distances.values.withUnsafeBufferPointer { source in
        for i in 0..<n {
          for j in 0...i {
            let value = weight(
              (source[i &* n &+ j] + source[j &* n &+ i]) / 2, scales[i], scales[j], floor)
            target[i &* n &+ j] = value
            target[j &* n &+ i] = value
          }
        }
      }
    }
    return Affinity(
      weights: weights,
      scales: LocalScales(
        values: scales, floor: floor,
        duplicatedPatients: n > 1 ? (0..<n).filter { scales[$0] <= 2 * Self.unit } : []))
  }

  func crossWeights(distances: Matrix, training: LocalScales) -> Matrix {
    precondition(
      distances.columnCount == training.values.count, "one column per training patient")
    var result = distances
    for i in 0..<distances.rowCount {
      let scale = localScale(distances.row(i), excluding: nil)
      for j in 0..<distances.columnCount {
        result[i, j] = weight(
          distances[i, j], scale, training.values[j], training.floor)
      }
    }
    return result
  }

  /// Mean of the smallest distances, self excluded, summed from the smallest up.
  private func localScale(_ row: ArraySlice<Double>, excluding excluded: Int?) -> Double {
    let available = excluded == nil ? row.count : row.count - 1
    let count = min(neighbors, available)
    guard count > 0 else { return Self.unit }
    let nearest = RowSelection.smallestValues(row, count: count, excluding: excluded)
    return Self.unit + nearest.reduce(0, +) / Double(count)
  }

  private func bandwidth(_ distance: Double, _ scale: Double, _ other: Double) -> Double {
    let mean = (scale + other + distance) / 3
    return mean > Self.unit ? mean + Self.unit : Self.unit
  }

  private func weight(
    _ distance: Double, _ scale: Double, _ other: Double, _ floor: Double
  ) -> Double {
    let width = bandwidthScale * max(bandwidth(distance, scale, other), floor)
    let value = exponential(-distance * distance / (2 * (width * width)))
    return isDensity ? value / ((2 * Double.pi).squareRoot() * width) : value
  }

  private func medianBandwidth(_ distances: Matrix, _ scales: [Double]) -> Double {
    var widths = [Double]()
    widths.reserveCapacity(scales.count * (scales.count - 1) / 2)
    for i in scales.indices {
      for j in 0..<i { widths.append(bandwidth(distances[i, j], scales[i], scales[j])) }
    }
    guard !widths.isEmpty else { return 0 }
    widths.sort()
    let middle = widths.count / 2
    return widths.count % 2 == 1 ? widths[middle] : (widths[middle - 1] + widths[middle]) / 2
  }
}
