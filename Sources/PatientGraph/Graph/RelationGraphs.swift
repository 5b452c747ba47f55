import LinearAlgebra

/// Directed patient graphs for relational learning: one for each modality and one fused by
/// similarity network fusion, fitted on training patients and extended to new ones.
///
/// Within a modality W = exp(−D²/(2σ²)), D Euclidean, σ_ij = μ(d̄_i + d̄_j + D_ij)/3, d̄ the mean
/// distance to the K nearest. The modality's own graph keeps the K largest W of each row (self
/// excluded, ties to the lower column), divided by their sum. The fused graph keeps the K largest
/// entries of fused affinities in the same way. Fusion is ``FusionVariant/snftool231`` with these
/// neighborhoods as S.
///
/// The step that gives new patients their fused edges is ours. Everything about a training cohort
/// is fixed at `init`; a new patient's rows do not depend on who else is new.
public struct RelationGraphs: Sendable {
  /// What to build.
  public struct Options: Sendable, Hashable {
    /// Neighbors K, ≥ 1; nil: 15, or 10 below 100 patients. Never above measured patients − 1.
    public var neighbors: Int?
    /// Factor μ on the bandwidth. Default 0.5.
    public var bandwidthScale = 0.5
    /// Iterations of the fusion. Default 15.
    public var iterations = 15
    /// Where training patients take their fused edges from. Default ``FusedEdges/oneStep``.
    public var fusedEdges: FusedEdges = .oneStep

    /// The defaults.
    public init() {}
  }

  /// Where training patients take their fused edges from.
  public enum FusedEdges: String, Sendable {
    /// The same single diffusion step that serves new patients, so that all rows are alike.
    case oneStep
    /// The fused matrix itself.
    case fusedMatrix
  }

  /// The graph of each modality, n × n, rows summing to 1; rows of patients lacking the modality
  /// are empty.
  public let own: [SparseMatrix]
  /// The fused graph, n × n, rows summing to 1; rows of patients lacking every modality are empty.
  public let fused: SparseMatrix
  /// Fused affinities of the training patients, n × n, symmetric: after the last iteration, the
  /// normalised mean over the modalities that measured both patients.
  public let fusedMatrix: Matrix
  /// Neighbors K of the fused graph.
  public let neighbors: Int
  /// For each iteration the mean relative change of the status matrices.
  public let convergence: [Double]

  /// What places new patients among the training patients.
  public let placement: RelationPlacement

  /// Builds the graphs of the training patients.
  ///
  /// - Parameters:
  ///   - features: for each modality a standardised matrix, n × features; rows of patients that
  ///     lack the modality are ignored.
  ///   - isMeasured: for each modality one flag per patient.
  ///   - options: see ``Options``.
  ///   - threads: threads to use; the result does not depend on it.
  /// - Complexity: O(n² (features + iterations × neighbors)) a modality; keeps n² numbers a
  ///   modality and n² for the fused matrix.
  public init(
    features: [Matrix], isMeasured: [[Bool]], options: Options = Options(), threads: Int = 1
  ) {
    precondition(
      !features.isEmpty && features.count == isMeasured.count, "one list of flags per modality")
    precondition(options.neighbors ?? 1 >= 1, "neighbors must be positive")
    let n = features[0].rowCount
    precondition(
      features.allSatisfy { $0.rowCount == n } && isMeasured.allSatisfy { $0.count == n },
      "every modality needs one row and one flag per patient")
    let count = min(options.neighbors ?? (n < 100 ? 10 : 15), max(n - 1, 0))
    let measured = MeasuredPatients(isMeasured)
    let fitted = zip(features, measured.patients).map { matrix, patients in
      FittedModality.fit(
        features: matrix, patients: patients, metric: .euclidean,
        kernel: UnitExponentialKernel(
          neighbors: count, bandwidthScale: options.bandwidthScale))
    }
    let neighborhoods = fitted.map {
      $0.weights.neighborhoods(count: count, excludingDiagonal: true)
    }
    var engine = FusionEngine(
      measured: measured,
      status: fitted.map { PanelMatrix(FusionVariant.snftool231.initialStatus($0.weights)) },
      neighborhoods: neighborhoods, variant: .snftool231, threads: threads)
    let isSingle = fitted.count == 1
    let iterations = isSingle ? 0 : max(options.iterations, 0)
    var changes = (0..<max(iterations - 1, 0)).map { _ in engine.iterate() }
    // The step uses the status that enters the last iteration.
    let step = DiffusionStep(engine)
    if iterations > 0 { changes.append(engine.iterate()) }
    let mean = engine.takeMeanStatus()
    fusedMatrix = isSingle ? mean : FusionVariant.snftool231.finished(mean)
    convergence = changes
    neighbors = count
    let modalities = fitted.map(\.modality)
    placement = RelationPlacement(
      modalities: modalities, step: step, neighbors: count, patientCount: n)
    let placed = zip(modalities, neighborhoods).map { $0.placed($1, rowCount: n) }
    own = zip(modalities, placed).map { $0.spread($1, patientCount: n) }
    fused =
      switch options.fusedEdges {
      case .fusedMatrix: fusedMatrix.neighborhoods(count: count, excludingDiagonal: true)
      case .oneStep:
        step.affinities(neighborhoods: placed, isMeasured: isMeasured)
          .neighborhoods(count: count, excludingDiagonal: true)
      }
  }

  /// Edges of new patients to training patients, as ``RelationPlacement/extend(features:isMeasured:)``.
  public func extend(
    features: [Matrix], isMeasured: [[Bool]]
  ) -> (own: [SparseMatrix], fused: SparseMatrix) {
    placement.extend(features: features, isMeasured: isMeasured)
  }

  /// Fused affinities of new patients, as
  /// ``RelationPlacement/fusedAffinities(features:isMeasured:)``.
  public func fusedAffinities(features: [Matrix], isMeasured: [[Bool]]) -> Matrix {
    placement.fusedAffinities(features: features, isMeasured: isMeasured)
  }
}
