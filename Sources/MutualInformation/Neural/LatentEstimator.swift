import LinearAlgebra

/// `latent`: numbers of high dimension on both sides, compressed by networks to at most 8 columns a
/// side; the first KSG estimate of these, on rows that the networks have not seen (Gowri et al.
/// 2024).
///
/// Compression can only lose information, so apart from the error of KSG the estimate lies below
/// I(x; y). It is meant for many columns that share few directions. Where many are shared it is poor:
/// compression drops most of them, and KSG misses a part of the rest. For two normal tables of 25
/// columns with 2.18 nats in all of them it finds less than a tenth (decision 13); `copula`, `infonce` and
/// `mine` find most.
public struct LatentEstimator: MutualInformationEstimator {
  private let options: EstimatorOptions
  private let settings: NeuralTraining

  /// An estimator with 3 neighbors; its streams stand below `mi/latent`.
  public init(_ options: EstimatorOptions = EstimatorOptions()) {
    self.init(options, settings: NeuralTraining())
  }

  /// The same with another training.
  package init(_ options: EstimatorOptions, settings: NeuralTraining) {
    self.options = options
    self.settings = settings
  }

  /// `latent`.
  public var name: String { "latent" }

  /// The mean over two halves, each encoded by networks trained on the other, with
  /// ``InformationEstimate/heldOut``.
  ///
  /// - Complexity: up to 3,000 steps of O(batch · (d_x + d_y)) a half, and a neighbor search.
  /// - Throws: ``MutualInformationError`` `.unsupportedVariable` for classes, `.tooFewRows` below
  ///   100 rows, `.numericalFailure` if training diverges, and as
  ///   ``ksgInformation(_:_:neighbors:variant:norm:threads:)``.
  public func estimate(
    _ x: Variable, _ y: Variable
  ) throws(MutualInformationError) -> InformationEstimate {
    if let settled = try settledEstimate(x, y, estimator: name) { return settled }
    guard case .numbers = x, case .numbers = y else {
      throw .unsupportedVariable("\(x.kind) and \(y.kind)", expected: "numbers on both sides")
    }
    try checkRowsForNetworks(x.rowCount)
    let (left, right) = (try x.networkInput(), try y.networkInput())
    let (neighbors, norm) = (options.neighbors ?? 3, options.norm ?? .chebyshev)
    try checkPoints([left, right], neighbors: neighbors, needed: 2 * neighbors + 2)
    let streams = options.streams.scoped("mi/latent")
    let folds = CrossFolds(rowCount: x.rowCount, folds: 2, stream: streams.stream("folds")).folds
    let parts = try parallelMap(
      count: folds.count, threads: options.threads
    ) { [settings] (index) throws(MutualInformationError) in
      let fold = folds[index]
      let encoders = try LatentEncoders.trained(
        x: left, y: right, fold: fold, settings: settings,
        streams: streams.scoped("fold=\(index)"))
      let latent = encoders.latent(
        x: left.selecting(rows: fold.heldOut), y: right.selecting(rows: fold.heldOut))
      let found = try KSGNeighborhoods(
        latent.x, latent.y, neighbors: neighbors, variant: .first, norm: norm)
      let part = HeldOutEstimate.Part(rows: fold.heldOut, terms: found.terms) {
        order throws(MutualInformationError) in
        try ksgInformation(
          latent.x, latent.y.selecting(rows: order), neighbors: neighbors, norm: norm)
      }
      return (part: part, ceiling: found.ceiling, tiedShare: found.tiedShare)
    }
    let heldOut = HeldOutEstimate(parts.map(\.part))
    let information = orderedMean(heldOut.rowTerms)
    var warnings = neuralWarnings(
      rows: x.rowCount, columns: left.columnCount + right.columnCount)
    if max(left.columnCount, right.columnCount) > 4 {
      warnings.append("more than 4 columns a side: far too low where many directions are shared")
    }
    if parts.contains(where: { $0.tiedShare > 0.01 }) {
      warnings.append("more than 1 % of the latent distances are tied: choose another estimator")
    }
    if information > 0.9 * parts.reduce(.infinity, { min($0, $1.ceiling) }) {
      warnings.append("near the largest value that this number of rows can show")
    }
    return InformationEstimate(
      information: information, estimator: name, warnings: warnings, heldOut: heldOut)
  }
}
