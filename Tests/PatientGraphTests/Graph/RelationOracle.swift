import LinearAlgebra
import PatientGraph

/// The fused relation by dense matrices and plain loops over the whole cohort, nil standing for
/// what a modality did not measure.
struct RelationOracle {
  /// The fused matrix.
  let fused: Matrix
  /// Fused affinities of every training patient by one step.
  let step: Matrix

  init(features: [Matrix], isMeasured: [[Bool]], neighbors: Int, iterations: Int) {
    let n = features[0].rowCount
    let weights = kernelWeights(features, isMeasured, neighbors)
    let kernels = weights.map { matrix -> Matrix in
      var free = matrix
      for i in 0..<n { free[i, i] = 0 }
      return DenseFusionOracle.topRows(free, neighbors).mapValues { $0.isNaN ? 0 : $0 }
    }
    var status = weights.enumerated().map { v, matrix in normalized(matrix, isMeasured[v]) }
    func mean(without excluded: Int?) -> Matrix {
      var result = Matrix(rows: n, columns: n)
      for i in 0..<n {
        for j in 0..<n {
          let both = status.indices.filter {
            $0 != excluded && isMeasured[$0][i] && isMeasured[$0][j]
          }
          if !both.isEmpty {
            result[i, j] = both.reduce(0) { $0 + status[$1][i, j] } / Double(both.count)
          } else if let excluded {
            result[i, j] = status[excluded][i, j]
          }
        }
      }
      return result
    }
    var last = Matrix(rows: n, columns: n)
    for iteration in 0..<iterations {
      let products = kernels.enumerated().map { v, kernel in
        kernel.product(mean(without: v)).product(kernel, transposingOther: true)
      }
      if iteration == iterations - 1 {
        for product in products { last.add(product) }
      }
      status = products.enumerated().map { v, product in normalized(product, isMeasured[v]) }
    }
    for i in 0..<n {
      let count = isMeasured.count { $0[i] }
      for j in 0..<n where count > 0 { last[i, j] /= Double(count) }
    }
    step = last
    fused = DenseFusionOracle.normalized(mean(without: nil), .snftool231).symmetrized()
  }
}

/// Unit-kernel affinities on the whole cohort, 0 where not measured.
private func kernelWeights(
  _ features: [Matrix], _ isMeasured: [[Bool]], _ neighbors: Int
) -> [Matrix] {
  zip(features, isMeasured).map { matrix, flags in
    let rows = flags.indices.filter { flags[$0] }
    let local = UnitExponentialKernel(neighbors: neighbors, bandwidthScale: 0.5)
      .affinity(distances: pairwiseDistances(matrix.selecting(rows: rows), metric: .euclidean))
      .weights
    var result = Matrix(rows: flags.count, columns: flags.count)
    for (a, i) in rows.enumerated() {
      for (b, j) in rows.enumerated() { result[i, j] = local[a, b] }
    }
    return result
  }
}

/// Normalised with a diagonal of one half on measured rows, 0 elsewhere.
private func normalized(_ matrix: Matrix, _ flags: [Bool]) -> Matrix {
  var result = DenseFusionOracle.normalized(matrix, .snftool231).symmetrized()
  for i in flags.indices where !flags[i] { result[i, i] = 0 }
  return result
}
