import Foundation
import LinearAlgebra

/// A simulated pair of tables whose mutual information is known.
struct SimulatedDependence: Sendable {
  /// Name in tables, for example `gaussian-5`.
  let name: String
  /// I(x; y) in nats.
  let information: Double
  /// Draws n rows of both tables.
  let draw: @Sendable (_ rows: Int, _ stream: inout RandomStream) -> (x: Matrix, y: Matrix)

  /// What the neural estimators were chosen on.
  static var all: [SimulatedDependence] {
    [
      gaussian("gaussian-1", columns: 1, correlation: 0.8),
      gaussian("gaussian-5", columns: 5, correlation: 0.6),
      gaussian("gaussian-10", columns: 10, correlation: 0.5),
      gaussian("gaussian-25", columns: 25, correlation: 0.4),
      gaussian("strong-5", columns: 5, correlation: 0.9),
      gaussian("strong-25", columns: 25, correlation: 0.5),
      gaussian("shared-2-of-10", columns: 10, shared: 2, correlation: 0.9),
      gaussian("shared-2-of-25", columns: 25, shared: 2, correlation: 0.9),
      gaussian("independent-10", columns: 10, correlation: 0),
      gaussian("cubes-5", columns: 5, correlation: 0.6) { $0 * $0 * $0 },
      signs("signs-1", columns: 1, correlation: 0.9),
      signs("signs-3", columns: 3, correlation: 0.8),
      student("student-3", columns: 3, correlation: 0.5),
      uniformNoise("uniform-noise", width: 0.1),
    ]
  }

  /// Normal columns, the first `shared` correlated with their partners, both sides rotated at
  /// random, then each entry mapped: -½ shared · ln(1 - ρ²).
  static func gaussian(
    _ name: String, columns: Int, shared: Int? = nil, correlation rho: Double,
    map: @escaping @Sendable (Double) -> Double = { $0 }
  ) -> SimulatedDependence {
    let shared = shared ?? columns
    return SimulatedDependence(
      name: name, information: -0.5 * Double(shared) * logarithm(1 - rho * rho)
    ) { rows, stream in
      let (x, y) = correlated(rows, columns, &stream) { _, j in j < shared ? rho : 0 }
      let (left, right) = (rotation(columns, &stream), rotation(columns, &stream))
      return (x.product(left).mapValues(map), y.product(right).mapValues(map))
    }
  }

  /// Correlation +ρ in all columns or -ρ in all, by a coin for each row: nothing linear.
  static func signs(_ name: String, columns: Int, correlation rho: Double) -> SimulatedDependence {
    let draw: @Sendable (Int, inout RandomStream) -> (x: Matrix, y: Matrix) = { rows, stream in
      let signs = (0..<rows).map { _ in stream.below(2) == 0 ? rho : -rho }
      return correlated(rows, columns, &stream) { i, _ in signs[i] }
    }
    return averaged(name, draw) { x, y in
      // ln of p(x, y) / (p(x) p(y)), for which x · y is all that matters beside the norms.
      let inner = zip(x, y).reduce(0) { $0 + $1.0 * $1.1 }
      let norms = zip(x, y).reduce(0) { $0 + $1.0 * $1.0 + $1.1 * $1.1 }
      let variance = 1 - rho * rho
      return -0.5 * Double(columns) * logarithm(variance) - 0.5 * rho * rho * norms / variance
        + logarithm(cosh(rho * inner / variance))
    }
  }

  /// Student's t with 2 degrees of freedom in all columns of both sides together.
  static func student(_ name: String, columns: Int, correlation rho: Double) -> SimulatedDependence
  {
    let freedom = 2.0
    let draw: @Sendable (Int, inout RandomStream) -> (x: Matrix, y: Matrix) = { rows, stream in
      var (x, y) = correlated(rows, columns, &stream) { _, _ in rho }
      for i in 0..<rows {
        let (a, b) = (stream.normal(), stream.normal())
        let factor = (freedom / (a * a + b * b)).squareRoot()
        for j in 0..<columns {
          x[i, j] *= factor
          y[i, j] *= factor
        }
      }
      return (x, y)
    }
    let variance = 1 - rho * rho
    let width = Double(columns)
    func constant(_ dimension: Double) -> Double {
      lgamma((freedom + dimension) / 2) - lgamma(freedom / 2)
        - dimension / 2 * logarithm(freedom * .pi)
    }
    let shift = constant(2 * width) - 2 * constant(width) - width / 2 * logarithm(variance)
    return averaged(name, draw) { x, y in
      let (xx, yy) = (x.reduce(0) { $0 + $1 * $1 }, y.reduce(0) { $0 + $1 * $1 })
      let inner = zip(x, y).reduce(0) { $0 + $1.0 * $1.1 }
      let joint = (xx + yy - 2 * rho * inner) / variance
      return shift - (freedom / 2 + width) * log1p(joint / freedom)
        + (freedom + width) / 2 * (log1p(xx / freedom) + log1p(yy / freedom))
    }
  }

  /// x uniform on 0…1, y = x + U(-w, w) with w ≤ ½: w - ln(2 w).
  static func uniformNoise(_ name: String, width: Double) -> SimulatedDependence {
    SimulatedDependence(name: name, information: width - logarithm(2 * width)) { rows, stream in
      let x = (0..<rows).map { _ in stream.uniform() }
      let y = x.map { $0 + width * (2 * stream.uniform() - 1) }
      return (
        Matrix(rows: rows, columns: 1, values: x), Matrix(rows: rows, columns: 1, values: y)
      )
    }
  }

  /// A dependence whose information is the mean of ln p(x, y)/(p(x) p(y)) over 400,000 draws, which
  /// has a standard error of about .001.
  private static func averaged(
    _ name: String,
    _ draw: @escaping @Sendable (Int, inout RandomStream) -> (x: Matrix, y: Matrix),
    logRatio: (ArraySlice<Double>, ArraySlice<Double>) -> Double
  ) -> SimulatedDependence {
    var stream = RandomStream(seed: 1, name: "truth/\(name)")
    let (x, y) = draw(400_000, &stream)
    let terms = (0..<x.rowCount).map { logRatio(x.row($0), y.row($0)) }
    return SimulatedDependence(name: name, information: orderedMean(terms), draw: draw)
  }

  /// Standard normal columns; y's have the given correlation with x's of the same index.
  private static func correlated(
    _ rows: Int, _ columns: Int, _ stream: inout RandomStream,
    correlation: (_ row: Int, _ column: Int) -> Double
  ) -> (x: Matrix, y: Matrix) {
    let x = stream.normalMatrix(rows: rows, columns: columns)
    var y = stream.normalMatrix(rows: rows, columns: columns)
    for i in 0..<rows {
      for j in 0..<columns {
        let rho = correlation(i, j)
        y[i, j] = rho * x[i, j] + (1 - rho * rho).squareRoot() * y[i, j]
      }
    }
    return (x, y)
  }

  /// A random orthogonal matrix (Gram and Schmidt).
  private static func rotation(_ order: Int, _ stream: inout RandomStream) -> Matrix {
    var result = stream.normalMatrix(rows: order, columns: order)
    for i in 0..<order {
      for k in 0..<i {
        let inner = zip(result.row(i), result.row(k)).reduce(0) { $0 + $1.0 * $1.1 }
        for j in 0..<order { result[i, j] -= inner * result[k, j] }
      }
      let length = result.row(i).reduce(0) { $0 + $1 * $1 }.squareRoot()
      for j in 0..<order { result[i, j] /= length }
    }
    return result
  }
}
