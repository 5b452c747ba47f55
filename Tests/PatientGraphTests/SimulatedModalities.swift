import LinearAlgebra
import PatientGraph
import _TestSupport

/// Modalities of simulated patients in three groups, for tests of properties.
func simulatedModalities(_ patients: Int, columns: [Int] = [7, 12, 5], seed: UInt64 = 5)
  -> [Matrix]
{
  columns.enumerated().map { index, width in
    var stream = RandomStream(seed: seed, name: "modality/\(index)")
    let centers = stream.normalMatrix(rows: 3, columns: width)
    var features = stream.normalMatrix(rows: patients, columns: width)
    for i in 0..<patients {
      for j in 0..<width { features[i, j] += 1.5 * centers[i % 3, j] }
    }
    return features
  }
}

/// Every patient measured by every modality.
func allMeasured(_ modalities: [Matrix]) -> [[Bool]] {
  modalities.map { [Bool](repeating: true, count: $0.rowCount) }
}

/// A pattern of gaps in which every modality misses some patients and the last patient all.
func gaps(_ patients: Int, modalities: Int) -> [[Bool]] {
  (0..<modalities).map { m in
    (0..<patients).map { $0 != patients - 1 && ($0 + m) % (modalities + 2) != 0 }
  }
}

/// Affinities of measured patients by the field's kernel.
func kernelAffinities(_ modalities: [Matrix], _ isMeasured: [[Bool]], neighbors: Int) -> [Matrix] {
  zip(modalities, isMeasured).map { features, flags in
    let present = features.selecting(rows: flags.indices.filter { flags[$0] })
    return ScaledExponentialKernel(neighbors: neighbors, bandwidthScale: 0.5)
      .affinity(distances: pairwiseDistances(present, metric: .euclidean)).weights
  }
}

/// Rows and columns reordered alike.
func reordered(_ matrix: Matrix, _ order: [Int]) -> Matrix {
  matrix.selecting(rows: order).selecting(columns: order)
}

/// The three modalities of the reference numbers, z-scored over the given rows.
func goldenModality(_ index: Int, rows: [Int]? = nil) -> Matrix {
  let matrix = Golden.shared["snf", "X"].items[index].matrix
  return FeatureScaling.zscore.scaled(
    matrix.selecting(rows: rows ?? Array(0..<matrix.rowCount)))
}
