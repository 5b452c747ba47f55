import Foundation
import LinearAlgebra
import MutualInformation

/// A simulated pair of variables, numbers or classes, whose information is known.
struct KnownPair: Sendable {
  /// Name in tables.
  let name: String
  /// I(x; y) in nats.
  let information: Double
  /// Estimators judged on it, `auto` first.
  let estimators: [String]
  /// Draws n rows.
  let draw: @Sendable (_ rows: Int, _ stream: inout RandomStream) -> (x: Variable, y: Variable)

  /// Dependent pairs and one without dependence.
  static var all: [KnownPair] {
    let numbers = ["auto", "ksg1", "copula"]
    return [
      KnownPair(.gaussian("normal, r = .6", columns: 1, correlation: 0.6), numbers + ["gaussian"]),
      KnownPair(.gaussian("normal, 3 + 3 columns, r = .5", columns: 3, correlation: 0.5), numbers),
      KnownPair(
        .gaussian("cubes of normals, r = .7", columns: 1, correlation: 0.7) { $0 * $0 * $0 },
        numbers),
      KnownPair(.uniformNoise("uniform, uniform noise", width: 0.4), ["auto", "ksg1"]),
      KnownPair(.student("Student t, 2 degrees of freedom", columns: 1, correlation: 0.5), numbers),
      threeClasses(distance: 1),
      threeClasses(distance: 2),
      table,
      zeroInflated(share: 0.6, correlation: 0.7),
      KnownPair(.gaussian("independent normals", columns: 2, correlation: 0), numbers),
    ]
  }

  private init(_ simulated: SimulatedDependence, _ estimators: [String]) {
    self.init(
      name: simulated.name, information: simulated.information, estimators: estimators
    ) { rows, stream in
      let (x, y) = simulated.draw(rows, &stream)
      return (.numbers(x), .numbers(y))
    }
  }

  private init(
    name: String, information: Double, estimators: [String],
    draw: @escaping @Sendable (_ rows: Int, _ stream: inout RandomStream) -> (Variable, Variable)
  ) {
    self.name = name
    self.information = information
    self.estimators = estimators
    self.draw = draw
  }

  /// Classes of shares .5, .3 and .2 at 0, d and 2 d, noise N(0, 1); the truth by the trapezoidal rule.
  static func threeClasses(distance: Double) -> KnownPair {
    let shares = [0.5, 0.3, 0.2]
    func density(_ x: Double, _ c: Int) -> Double {
      let z = x - distance * Double(c)
      return exponential(-z * z / 2) / (2 * Double.pi).squareRoot()
    }
    let step = 0.001
    let terms = stride(from: -9.0, through: 9 + 2 * distance, by: step).map { x in
      let densities = (0..<3).map { density(x, $0) }
      let mixture = zip(shares, densities).reduce(0) { $0 + $1.0 * $1.1 }
      return zip(shares, densities).reduce(0.0) { sum, item in
        item.1 > 0 ? sum + item.0 * item.1 * logarithm(item.1 / mixture) : sum
      }
    }
    return KnownPair(
      name: "three classes, \(Int(distance)) SD apart", information: step * orderedSum(terms),
      estimators: ["auto", "ross", "classifier"]
    ) { rows, stream in
      let classes = (0..<rows).map { _ -> Int in
        let u = stream.uniform()
        return u < shares[0] ? 0 : (u < shares[0] + shares[1] ? 1 : 2)
      }
      let values = classes.map { distance * Double($0) + stream.normal() }
      return (.numbers(Matrix(rows: rows, columns: 1, values: values)), .classes(classes))
    }
  }

  /// Three classes and four; a third of the rows agree where they can.
  static var table: KnownPair {
    let cells = (0..<3).map { i in (0..<4).map { j in (i == j ? 4.0 : 1.0) / 21 } }
    let (rows, columns) = (
      cells.map { $0.reduce(0, +) }, (0..<4).map { j in cells.reduce(0) { $0 + $1[j] } }
    )
    var truth = 0.0
    for i in 0..<3 {
      for j in 0..<4 {
        truth += cells[i][j] * logarithm(cells[i][j] / (rows[i] * columns[j]))
      }
    }
    return KnownPair(name: "table of 3 by 4", information: truth, estimators: ["auto"]) {
      count, stream in
      var (x, y): ([Int], [Int]) = ([], [])
      for _ in 0..<count {
        var rest = stream.uniform()
        var cell = 0
        while cell < 11, rest >= cells[cell / 4][cell % 4] {
          rest -= cells[cell / 4][cell % 4]
          cell += 1
        }
        x.append(cell / 4)
        y.append(cell % 4)
      }
      return (.classes(x), .classes(y))
    }
  }

  /// Both sides 0 together, else correlated normals: H(share) - share · ½ ln(1 - ρ²).
  static func zeroInflated(share: Double, correlation rho: Double) -> KnownPair {
    let entropy = -share * logarithm(share) - (1 - share) * logarithm(1 - share)
    return KnownPair(
      name: "zeros together, else r = .7",
      information: entropy - 0.5 * share * logarithm(1 - rho * rho), estimators: ["auto", "mixed"]
    ) { rows, stream in
      var (x, y) = (Matrix(rows: rows, columns: 1), Matrix(rows: rows, columns: 1))
      for i in 0..<rows where stream.uniform() < share {
        x[i, 0] = stream.normal()
        y[i, 0] = rho * x[i, 0] + (1 - rho * rho).squareRoot() * stream.normal()
      }
      return (.numbers(x), .numbers(y))
    }
  }
}
