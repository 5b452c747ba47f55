import LinearAlgebra

/// A similarity network fusion of training patients that can place new patients, by one diffusion
/// step through the final training states: f = Σ_v s_v T_v S_vᵀ, with s_v the new patient's own
/// neighbors (self-free) in each measured modality and T_v the mean of the other modalities.
///
/// The step for new patients is ours. Training states never change: one patient at a time gives
/// the same bytes as a batch.
public struct InductiveFusion: Sendable {
  /// The fused network of the training patients.
  public let network: FusedNetwork
  private let modalities: [FittedModality]
  private let neighbors: Int
  private let step: DiffusionStep

  /// Fits on training patients.
  ///
  /// - Parameters:
  ///   - features: one standardised matrix a modality, patients × features; rows of patients that
  ///     lack the modality are ignored.
  ///   - isMeasured: for each modality one flag per patient.
  ///   - metric: distance. Default ``DistanceMetric/sqeuclidean``.
  ///   - bandwidthScale: the kernel's μ. Default 0.5.
  ///   - fusion: options of the fusion; its neighbors also set the kernel's local scales.
  ///   - threads: threads to use; the result does not depend on it.
  /// - Throws: ``PatientGraphError`` as ``SimilarityNetworkFusion`` does.
  public init(
    features: [Matrix], isMeasured: [[Bool]], metric: DistanceMetric = .sqeuclidean,
    bandwidthScale: Double = 0.5, fusion: SimilarityNetworkFusion.Options = .init(),
    threads: Int = 1
  ) throws(PatientGraphError) {
    let rule = try SimilarityNetworkFusion(options: fusion)
    let measured = MeasuredPatients(isMeasured)
    let fitted = zip(features, measured.patients).map { matrix, patients in
      FittedModality.fit(
        features: matrix, patients: patients, metric: metric,
        kernel: ScaledExponentialKernel(
          neighbors: fusion.neighbors, bandwidthScale: bandwidthScale))
    }
    modalities = fitted.map(\.modality)
    var engine = try rule.engine(
      fitted.map(\.weights), isMeasured: isMeasured, threads: threads)
    let convergence = rule.run(&engine)
    step = DiffusionStep(engine)
    network = FusedNetwork(
      fused: fusion.variant.finished(engine.takeMeanStatus()), convergence: convergence)
    neighbors = fusion.neighbors
  }

  /// Fused affinities of new patients to the training patients, each row summing to 1 (0 for a
  /// patient without any modality); rows are independent to the bit.
  public func affinities(features: [Matrix], isMeasured: [[Bool]]) -> Matrix {
    precondition(
      features.count == modalities.count && isMeasured.count == modalities.count,
      "one matrix and one list of flags per modality")
    let neighborhoods = modalities.indices.map {
      modalities[$0].neighborhoods(
        of: features[$0], isMeasured: isMeasured[$0], count: neighbors)
    }
    return step.affinities(neighborhoods: neighborhoods, isMeasured: isMeasured)
      .dividedByRowSums()
  }
}
