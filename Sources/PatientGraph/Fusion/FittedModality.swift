import LinearAlgebra

/// The training side of one modality: what places a new patient among its measured patients.
struct FittedModality: Sendable {
  /// Cohort indices of the measured training patients, ascending.
  let patients: [Int]
  /// Their features.
  private let features: Matrix
  private let metric: DistanceMetric
  private let kernel: any AffinityKernel
  private let scales: LocalScales

  /// Fits one modality; also returns the affinities among its measured patients, which placing
  /// new ones does not need.
  static func fit(
    features: Matrix, patients: [Int], metric: DistanceMetric, kernel: any AffinityKernel
  ) -> (modality: FittedModality, weights: Matrix) {
    let present = features.selecting(rows: patients)
    let affinity = kernel.affinity(distances: pairwiseDistances(present, metric: metric))
    return (
      FittedModality(
        patients: patients, features: present, metric: metric, kernel: kernel,
        scales: affinity.scales), affinity.weights
    )
  }

  /// Neighborhoods of new rows: the `count` largest affinities to measured training patients,
  /// divided by their sum; empty where a row lacks the modality. Rows are independent to the bit.
  func neighborhoods(of newFeatures: Matrix, isMeasured: [Bool], count: Int) -> SparseMatrix {
    precondition(isMeasured.count == newFeatures.rowCount, "one flag per row")
    let present = isMeasured.indices.filter { isMeasured[$0] }
    let distances = crossDistances(
      newFeatures.selecting(rows: present), to: features, metric: metric)
    let cross = kernel.crossWeights(distances: distances, training: scales)
    var rows = [[(column: Int, weight: Double)]](repeating: [], count: isMeasured.count)
    for (position, i) in present.enumerated() {
      rows[i] = normalizedNeighbors(cross.row(position), count: count)
    }
    return SparseMatrix(rows: rows, columnCount: patients.count)
  }

  /// Neighborhoods of the measured training patients as rows of the whole cohort.
  func placed(_ neighborhoods: SparseMatrix, rowCount: Int) -> SparseMatrix {
    var rows = [[(column: Int, weight: Double)]](repeating: [], count: rowCount)
    for (position, patient) in patients.enumerated() { rows[patient] = neighborhoods.row(position) }
    return SparseMatrix(rows: rows, columnCount: neighborhoods.columnCount)
  }

  /// Neighborhoods with columns renumbered from measured patients to the whole cohort.
  func spread(_ neighborhoods: SparseMatrix, patientCount: Int) -> SparseMatrix {
    SparseMatrix(
      rows: (0..<neighborhoods.rowCount).map { i in
        neighborhoods.row(i).map { (patients[$0.column], $0.weight) }
      }, columnCount: patientCount)
  }
}
