import LinearAlgebra

/// Similarity network fusion (Wang et al., Nature Methods 2014): modalities exchange their
/// affinities along each other's strongest neighbors until they agree.
///
/// For each modality P is the normalised affinity matrix and S its neighborhoods (the K largest
/// entries of each row of P, self included, divided by their sum). All modalities step from the
/// same state, P_v ← S_v mean_{u≠v}(P_u) S_vᵀ, normalised by the ``FusionVariant``. S is kept
/// sparse, so that a step costs O(n² K) in place of O(n³); the result is that of the dense product
/// up to rounding. Patients may miss modalities: a modality then lives on its own patients, takes
/// from the others what they measured of each pair, and keeps its own status for pairs that no
/// other modality measured. Pairs never measured together stay at 0 in the mean.
public struct SimilarityNetworkFusion: Sendable {
  /// What to compute.
  public struct Options: Codable, Hashable, Sendable {
    /// Neighbors K of each patient, self included; lowered to the patients measured. Default 20.
    public var neighbors = 20
    /// Iterations t, ≥ 0. Default 20; there is no early stop.
    public var iterations = 20
    /// The update rule. Default ``FusionVariant/snftool22``.
    public var variant = FusionVariant.snftool22
    /// Self-affinity α added at each step of ``FusionVariant/snftool22``. Default 1.
    public var selfAffinity = 1.0

    /// The defaults.
    public init() {}
  }

  /// The options in use.
  public let options: Options

  /// A fusion with the given options.
  ///
  /// - Throws: ``PatientGraphError`` `.optionOutOfRange` for neighbors < 1 or iterations < 0.
  public init(options: Options = Options()) throws(PatientGraphError) {
    guard options.neighbors >= 1 else {
      throw PatientGraphError(
        code: .optionOutOfRange, location: "neighbors", found: "\(options.neighbors)",
        expected: "at least 1")
    }
    guard options.iterations >= 0 else {
      throw PatientGraphError(
        code: .optionOutOfRange, location: "iterations", found: "\(options.iterations)",
        expected: "at least 0")
    }
    self.options = options
  }

  /// Fuses affinities of modalities that measured every patient.
  ///
  /// - Parameters:
  ///   - affinities: one n × n matrix a modality, as from an ``AffinityKernel``.
  ///   - threads: threads to use; the result does not depend on it.
  /// - Complexity: O(modalities × iterations × n² × neighbors) time; besides the affinities,
  ///   (modalities + 2) n² numbers.
  /// - Throws: ``PatientGraphError`` if there is no modality or shapes do not agree.
  public func fuse(
    _ affinities: [Matrix], threads: Int = 1
  ) throws(PatientGraphError) -> FusedNetwork {
    let count = affinities.first?.rowCount ?? 0
    return try fuse(
      affinities, isMeasured: affinities.map { _ in [Bool](repeating: true, count: count) },
      threads: threads)
  }

  /// Fuses affinities of modalities that each measured some of the patients.
  ///
  /// - Parameters:
  ///   - affinities: one matrix a modality on its measured patients, in cohort order.
  ///   - isMeasured: for each modality one flag per patient of the cohort.
  ///   - threads: threads to use; the result does not depend on it.
  /// - Throws: ``PatientGraphError`` if there is no modality or shapes do not agree.
  public func fuse(
    _ affinities: [Matrix], isMeasured: [[Bool]], threads: Int = 1
  ) throws(PatientGraphError) -> FusedNetwork {
    var engine = try engine(affinities, isMeasured: isMeasured, threads: threads)
    let convergence = run(&engine)
    return FusedNetwork(
      fused: options.variant.finished(engine.takeMeanStatus()), convergence: convergence)
  }

  /// Runs all iterations; a single modality has nothing to exchange and keeps its status.
  func run(_ engine: inout FusionEngine) -> [Double] {
    guard engine.status.count > 1 else { return [] }
    return (0..<options.iterations).map { _ in engine.iterate() }
  }

  func engine(
    _ affinities: [Matrix], isMeasured: [[Bool]], threads: Int
  ) throws(PatientGraphError) -> FusionEngine {
    guard !affinities.isEmpty else {
      throw PatientGraphError(
        code: .noModality, location: "fusion", found: "no modality", expected: "at least one")
    }
    guard isMeasured.count == affinities.count, Set(isMeasured.map(\.count)).count == 1 else {
      throw PatientGraphError(
        code: .shapeMismatch, location: "measured patients",
        found: "lists of \(isMeasured.map(\.count)) flags",
        expected: "\(affinities.count) lists of one length")
    }
    let measured = MeasuredPatients(isMeasured)
    for (index, affinity) in affinities.enumerated() {
      let count = measured.patients[index].count
      guard affinity.rowCount == count, affinity.columnCount == count else {
        throw PatientGraphError(
          code: .shapeMismatch, location: "affinities of modality \(index)",
          found: "\(affinity.rowCount) x \(affinity.columnCount)", expected: "\(count) x \(count)")
      }
      guard affinity.values.allSatisfy(\.isFinite) else {
        throw PatientGraphError(
          code: .notFinite, location: "affinities of modality \(index)",
          found: "an entry that is not finite", expected: "numbers")
      }
    }
    // One modality at a time, so that only its panels remain.
    var status = [PanelMatrix]()
    var neighborhoods = [SparseMatrix]()
    for affinity in affinities {
      let initial = options.variant.initialStatus(affinity)
      neighborhoods.append(
        initial.neighborhoods(
          count: min(options.neighbors, initial.rowCount), excludingDiagonal: false))
      status.append(PanelMatrix(initial))
    }
    return FusionEngine(
      measured: measured, status: status, neighborhoods: neighborhoods, variant: options.variant,
      selfAffinity: options.selfAffinity, threads: threads)
  }
}

/// The outcome of a similarity network fusion.
public struct FusedNetwork: Equatable, Sendable {
  /// Fused affinities, patients × patients, symmetric.
  public let fused: Matrix
  /// For each iteration the mean over modalities of ‖P_new − P_old‖ ÷ ‖P_old‖ (Frobenius norm);
  /// empty for a single modality.
  public let convergence: [Double]
}
