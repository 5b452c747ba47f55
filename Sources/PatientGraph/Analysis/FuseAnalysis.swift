import LinearAlgebra

/// The work behind `equipoise fuse`: scale, affinities, similarity network fusion, clusters.
public struct FuseAnalysis: Sendable {
  /// What to compute; the defaults are those of the field.
  public struct Options: Hashable, Sendable {
    /// Neighbors K, ≥ 1; lowered, with a note, to measured patients − 1. Default 20.
    public var neighbors = 20
    /// Factor μ on the kernel's bandwidth, > 0. Default 0.5.
    public var bandwidthScale = 0.5
    /// Iterations t, ≥ 0. Default 20.
    public var iterations = 20
    /// Distance. Default squared Euclidean.
    public var metric = DistanceMetric.sqeuclidean
    /// Update rule. Default SNFtool 2.2.
    public var variant = FusionVariant.snftool22
    /// Scaling of the features. Default z-scores.
    public var scaling = FeatureScaling.zscore
    /// Clusters; nil (default): by the largest eigengap among 2...10.
    public var clusterCount: Int?
    /// Seed of the stream behind the clusters. Default 1.
    public var seed: UInt64 = 1

    /// The defaults.
    public init() {}
  }

  /// One modality as it was measured.
  public struct Modality: Sendable {
    /// Its name.
    public let name: String
    /// Patients × features; missing cells are NaN.
    public let features: Matrix
    /// One flag per patient.
    public let isMeasured: [Bool]

    /// A modality; a row counts as measured if it is flagged so and has an observed cell.
    public init(name: String, features: Matrix, isMeasured: [Bool]) {
      precondition(isMeasured.count == features.rowCount, "one flag per patient")
      self.name = name
      self.features = features
      self.isMeasured = isMeasured.indices.map { i in
        isMeasured[i] && features.row(i).contains { !$0.isNaN }
      }
    }
  }

  /// Affinities of one modality.
  public struct ModalityAffinity: Sendable {
    /// Name of the modality.
    public let name: String
    /// Cohort indices of its measured patients, ascending.
    public let patients: [Int]
    /// Affinities among them.
    public let affinity: Affinity
    private let patientCount: Int

    init(name: String, patients: [Int], affinity: Affinity, patientCount: Int) {
      self.name = name
      self.patients = patients
      self.affinity = affinity
      self.patientCount = patientCount
    }

    /// Affinities on the whole cohort, NaN where a patient was not measured: the content of
    /// `affinity-<modality>.npy`.
    public var spread: Matrix {
      var result = Matrix(rows: patientCount, columns: patientCount, repeating: .nan)
      for (a, i) in patients.enumerated() {
        for (b, j) in patients.enumerated() { result[i, j] = affinity.weights[a, b] }
      }
      return result
    }
  }

  /// Affinities of the modalities that took part.
  public let affinities: [ModalityAffinity]
  /// The fused network, patients × patients.
  public let network: FusedNetwork
  /// Cluster of each patient, numbered by first appearance.
  public let clusters: [Int]
  /// What is written as `fuse.json`, without comparison to labels.
  public let record: FuseRecord

  /// Fuses modalities over one list of patients.
  ///
  /// - Parameters:
  ///   - modalities: at least one, all with the same patients in the same order; one measured in
  ///     fewer than two patients, or without a feature that varies, is left out with a note.
  ///   - options: see ``Options``.
  ///   - threads: threads to use; the result does not depend on it.
  /// - Throws: ``PatientGraphError``: nothing to fuse, shapes that disagree, options out of range,
  ///   infinite cells.
  public init(
    modalities: [Modality], options: Options = Options(), threads: Int = 1
  ) throws(PatientGraphError) {
    let n = try Self.checked(modalities, options)
    var notes = [String]()
    var kept = [ModalityAffinity]()
    var flags = [[Bool]]()
    for modality in modalities {
      guard let result = Self.affinity(of: modality, options, notes: &notes) else { continue }
      kept.append(result)
      flags.append(modality.isMeasured)
    }
    guard let widest = kept.map(\.patients.count).max() else {
      throw PatientGraphError(
        code: .tooFewPatients, location: "fusion",
        found: "no modality measured in two patients or more", expected: "at least one",
        remedy: "check that identifiers join and that the files hold values")
    }
    var fusion = SimilarityNetworkFusion.Options()
    fusion.neighbors = min(options.neighbors, widest - 1)
    fusion.iterations = options.iterations
    fusion.variant = options.variant
    affinities = kept
    network = try SimilarityNetworkFusion(options: fusion).fuse(
      kept.map(\.affinity.weights), isMeasured: flags, threads: threads)
    let spectral = try SpectralClustering(network.fused)
    let eigengap = spectral.eigengapCount()
    let count = options.clusterCount ?? eigengap
    clusters = try spectral.labels(
      clusterCount: count, stream: RandomStream(seed: options.seed, name: "fuse/clusters"))
    record = FuseRecord(
      n: n, modalities: kept.map(\.name), neighbors: fusion.neighbors, mu: options.bandwidthScale,
      iterations: options.iterations, metric: options.metric, variant: options.variant,
      eigengap: eigengap, clusters: count, nmi: nil, ari: nil, convergence: network.convergence,
      notes: notes)
  }

  /// The record with the agreement of clusters and labels, over labelled patients.
  ///
  /// - Parameter labels: class of each patient, nil where there is none.
  public func record(labels: [Int?]) -> FuseRecord {
    precondition(labels.count == clusters.count, "one label per patient")
    let labelled = labels.indices.filter { labels[$0] != nil }
    guard !labelled.isEmpty else { return record }
    let scores = ClusterScores(labelled.map { clusters[$0] }, labelled.compactMap { labels[$0] })
    var result = record
    result.nmi = scores.normalizedInformation
    result.ari = scores.adjustedRand
    return result
  }
}

extension FuseAnalysis {
  private static func checked(
    _ modalities: [Modality], _ options: Options
  ) throws(PatientGraphError) -> Int {
    guard let first = modalities.first else {
      throw PatientGraphError(
        code: .noModality, location: "fusion", found: "no modality", expected: "at least one")
    }
    let n = first.features.rowCount
    for modality in modalities {
      if modality.features.rowCount != n {
        throw PatientGraphError(
          code: .shapeMismatch, location: modality.name,
          found: "\(modality.features.rowCount) patients", expected: "\(n)")
      }
      if modality.features.values.contains(where: \.isInfinite) {
        throw PatientGraphError(
          code: .notFinite, location: modality.name, found: "an infinite cell",
          expected: "numbers or missing cells")
      }
    }
    if options.neighbors < 1 {
      throw PatientGraphError(
        code: .optionOutOfRange, location: "neighbors", found: "\(options.neighbors)",
        expected: "at least 1")
    }
    if !(options.bandwidthScale > 0 && options.bandwidthScale.isFinite) {
      throw PatientGraphError(
        code: .optionOutOfRange, location: "mu", found: "\(options.bandwidthScale)",
        expected: "a number above 0")
    }
    if let count = options.clusterCount, count < 1 || count > n {
      throw PatientGraphError(
        code: .optionOutOfRange, location: "clusters", found: "\(count)", expected: "1 to \(n)")
    }
    return n
  }

  /// Affinities of one modality, or nil with a note where it cannot take part.
  private static func affinity(
    of modality: Modality, _ options: Options, notes: inout [String]
  ) -> ModalityAffinity? {
    let patients = modality.isMeasured.indices.filter { modality.isMeasured[$0] }
    guard patients.count >= 2 else {
      notes.append("\(modality.name): measured in \(patients.count) patients, left out")
      return nil
    }
    let features = options.scaling.scaled(modality.features.selecting(rows: patients))
    guard features.columnCount > 0 else {
      notes.append("\(modality.name): no feature varies, left out")
      return nil
    }
    let neighbors = min(options.neighbors, patients.count - 1)
    if neighbors < options.neighbors {
      notes.append(
        "\(modality.name): neighbors lowered from \(options.neighbors) to \(neighbors), "
          + "one less than its \(patients.count) patients")
    }
    let affinity = ScaledExponentialKernel(
      neighbors: neighbors, bandwidthScale: options.bandwidthScale
    ).affinity(distances: pairwiseDistances(features, metric: options.metric))
    let duplicated = affinity.scales.duplicatedPatients.count
    if duplicated > 0 {
      notes.append(
        "\(modality.name): \(duplicated) patients have \(neighbors) or more exact duplicates; "
          + "their affinities outweigh all others")
    }
    return ModalityAffinity(
      name: modality.name, patients: patients, affinity: affinity,
      patientCount: modality.features.rowCount)
  }
}
