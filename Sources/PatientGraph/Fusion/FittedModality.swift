import LinearAlgebra

/// The training side of one modality: what places a new patient among its measured patients.
struct FittedModality: Sendable {
  /// Cohort indices of the measured training patients, ascending.
  let patients: [Int]
  /// Their features.
  let features: Matrix
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

extension FittedModality {
  /// Writes what places new patients.
  func archive(to writer: inout ArchiveWriter) {
    writer.write("patients", integers: patients)
    writer.write("features", features)
    writer.write("scales", scales.values)
    writer.write("floor", scales.floor)
    writer.write("kernel", [Double(kernel.neighbors), kernel.bandwidthScale])
    writer.write("kind", texts: [metric.rawValue, type(of: kernel).name])
  }

  /// Reads what ``archive(to:)`` wrote.
  init(from reader: ArchiveReader, width: Int, patientCount: Int) throws(ArchiveError) {
    patients = try reader.ascendingIntegers("patients", in: 0..<max(patientCount, 0))
    // A gap of a training patient counts as such in distances.
    features = try reader.matrix(
      "features", rows: patients.count, columns: width, allowsMissing: true)
    let kind = try reader.texts("kind", count: 2)
    guard let metric = DistanceMetric(rawValue: kind[0]), let known = AffinityKernels.named(kind[1])
    else {
      throw reader.error(
        .badValue, "kind", found: kind.joined(separator: ", "), expected: "a distance and a kernel")
    }
    let shape = try reader.vector("kernel", count: 2)
    guard let neighbors = Int(exactly: shape[0]), (1...Int(Int32.max)).contains(neighbors),
      shape[1] > 0
    else { throw reader.error(.badValue, "kernel", found: "\(shape)") }
    self.metric = metric
    kernel = known.init(neighbors: neighbors, bandwidthScale: shape[1])
    scales = LocalScales(
      values: try reader.vector("scales", count: patients.count),
      floor: try reader.number("floor"), duplicatedPatients: [])
  }
}
