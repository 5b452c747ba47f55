import LinearAlgebra

/// Distances between all rows, n × n, exactly symmetric with a zero diagonal, by BLAS.
///
/// Euclidean distances come from the Gram matrix, max(0, ‖x‖² + ‖y‖² − 2xᵀy), and are recomputed
/// from differences where that falls below 1e-8 (‖x‖² + ‖y‖²), so that duplicates lie at exactly 0.
/// Cosine and correlation distances are half the squared Euclidean distance of unit rows. Missing
/// cells are NaN: such pairs are compared on co-observed features, and squared Euclidean distances
/// are multiplied by features ÷ co-observed features.
///
/// - Complexity: O(n² × features).
public func pairwiseDistances(_ features: Matrix, metric: DistanceMetric) -> Matrix {
  if features.containsMissing {
    var distances = MaskedRows(features).distances(
      to: MaskedRows(features), metric: metric
    ) { $0.product($1, transposingOther: true) }
    distances = distances.symmetrized()
    for i in 0..<features.rowCount { distances[i, i] = 0 }
    return distances
  }
  let rows = metric.prepared(features)
  var distances = rows.gram()
  let squaredNorms = (0..<rows.rowCount).map { distances[$0, $0] }
  for i in 0..<rows.rowCount {
    for j in 0..<i {
      let value = metric.distance(
        product: distances[i, j], squaredNorms: (squaredNorms[i], squaredNorms[j]),
        fromDifferences: squaredDifference(rows, i, rows, j))
      distances[i, j] = value
      distances[j, i] = value
    }
    distances[i, i] = 0
  }
  return distances
}

/// Distances of new rows to training rows, new × training, as in
/// ``pairwiseDistances(_:metric:)``; each row of the result depends, to the bit, on its own new row
/// and the training rows alone.
///
/// - Complexity: O(new × training × features).
public func crossDistances(
  _ features: Matrix, to training: Matrix, metric: DistanceMetric
) -> Matrix {
  precondition(features.columnCount == training.columnCount, "features must agree")
  let masked =
    training.containsMissing
    ? Array(0..<features.rowCount)
    : (0..<features.rowCount).filter { features.row($0).contains { $0.isNaN } }
  var result = Matrix(rows: features.rowCount, columns: training.rowCount)
  if masked.count < features.rowCount {
    result = completeCrossDistances(features, to: training, metric: metric)
  }
  if !masked.isEmpty {
    let distances = MaskedRows(features.selecting(rows: masked)).distances(
      to: MaskedRows(training), metric: metric
    ) { $0.fixedOrderProduct(transposed: $1) }
    for (position, i) in masked.enumerated() { result.setRow(i, distances.row(position)) }
  }
  return result
}

/// Rows with missing cells give NaN here; their callers replace them.
private func completeCrossDistances(
  _ features: Matrix, to training: Matrix, metric: DistanceMetric
) -> Matrix {
  let rows = metric.prepared(features)
  let columns = metric.prepared(training)
  var result = rows.fixedOrderProduct(transposed: columns)
  let rowNorms = rows.squaredRowNorms()
  let columnNorms = columns.squaredRowNorms()
  for i in 0..<rows.rowCount {
    for j in 0..<columns.rowCount {
      result[i, j] = metric.distance(
        product: result[i, j], squaredNorms: (rowNorms[i], columnNorms[j]),
        fromDifferences: squaredDifference(rows, i, columns, j))
    }
  }
  return result
}

extension DistanceMetric {
  /// Rows whose squared Euclidean distance determines the metric: unit rows for the angle,
  /// centred before for the correlation.
  fileprivate func prepared(_ features: Matrix) -> Matrix {
    guard self == .cosine || self == .correlation else { return features }
    var result = features
    for i in 0..<features.rowCount {
      var row = Array(features.row(i))
      if self == .correlation {
        let mean = row.reduce(0, +) / Double(max(row.count, 1))
        // A constant row must become exactly zero, whatever the rounding of its mean.
        let isConstant = row.allSatisfy { $0 == row[0] }
        for j in row.indices { row[j] = isConstant ? 0 : row[j] - mean }
      }
      let norm = row.reduce(0) { $0 + $1 * $1 }.squareRoot()
      if norm > 0 { for j in row.indices { row[j] /= norm } }
      result.setRow(i, row)
    }
    return result
  }

  /// The metric from the inner product of two prepared rows.
  fileprivate func distance(
    product: Double, squaredNorms: (Double, Double),
    fromDifferences: @autoclosure () -> Double
  ) -> Double {
    let isAngular = self == .cosine || self == .correlation
    if isAngular && (squaredNorms.0 == 0 || squaredNorms.1 == 0) { return 1 }
    let size = squaredNorms.0 + squaredNorms.1
    var squared = max(0, size - 2 * product)
    if squared < 1e-8 * size { squared = fromDifferences() }
    return switch self {
    case .sqeuclidean: squared
    case .euclidean: squared.squareRoot()
    case .cosine, .correlation: squared / 2
    }
  }
}

/// Squared distance of row i of one matrix and row j of another over features seen in both.
func squaredDifference(_ a: Matrix, _ i: Int, _ b: Matrix, _ j: Int) -> Double {
  var sum = 0.0
  for (x, y) in zip(a.row(i), b.row(j)) where !x.isNaN && !y.isNaN { sum += (x - y) * (x - y) }
  return sum
}

extension Matrix {
  var containsMissing: Bool { values.contains { $0.isNaN } }

  fileprivate func squaredRowNorms() -> [Double] {
    (0..<rowCount).map { row($0).reduce(0) { $0 + $1 * $1 } }
  }
}
