import LinearAlgebra

/// n pairs of standard normals with correlation ρ.
func gaussianPair(_ n: Int, correlation: Double, seed: UInt64) -> (x: Matrix, y: Matrix) {
  var stream = RandomStream(seed: seed, name: "pair")
  let x = stream.normalMatrix(rows: n, columns: 1)
  var y = stream.normalMatrix(rows: n, columns: 1)
  y.scale(by: (1 - correlation * correlation).squareRoot())
  y.add(x, times: correlation)
  return (x, y)
}

/// n rows of two classes in turn, class c drawn from N(shift · c, 1).
func shiftedClasses(_ n: Int, shift: Double, seed: UInt64) -> (x: Matrix, labels: [Int]) {
  var stream = RandomStream(seed: seed, name: "classes")
  let labels = (0..<n).map { $0 % 2 }
  let values = labels.map { stream.normal() + shift * Double($0) }
  return (Matrix(rows: n, columns: 1, values: values), labels)
}

/// Mean of a statistic over seeds 1…count.
func meanOverSeeds(_ count: Int, _ statistic: (UInt64) throws -> Double) rethrows -> Double {
  orderedMean(try (1...UInt64(count)).map(statistic))
}
