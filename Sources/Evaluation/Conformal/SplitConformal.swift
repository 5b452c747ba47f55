import LinearAlgebra

/// Sets of classes that hold the true one with a chosen probability (Vovk; Papadopoulos et al.
/// 2002), from scores 1 - p(true class) of calibration rows.
///
/// Coverage holds on average over new patients exchangeable with the calibration rows, which must
/// be out-of-fold rows of the training set.
public struct SplitConformal: Equatable, Sendable {
  /// Calibration scores, ascending, each in 0…1.
  public let scores: [Double]

  /// From calibration scores, in any order.
  public init(scores: [Double]) {
    self.scores = scores.sorted()
  }

  /// From out-of-fold probabilities of labelled rows; unlabelled rows (negative) are left out.
  public init(probabilities: Matrix, labels: [Int]) {
    precondition(labels.count == probabilities.rowCount, "one label per row")
    self.init(
      scores: labels.indices.filter { labels[$0] >= 0 }.map { 1 - probabilities[$0, labels[$0]] })
  }

  /// The r-th smallest score, r = ⌈(n + 1) · coverage⌉; infinite where r exceeds n.
  ///
  /// - Parameter coverage: wanted probability, strictly between 0 and 1.
  public func quantile(coverage: Double) -> Double {
    precondition(coverage > 0 && coverage < 1, "coverage must lie between 0 and 1")
    // The slack keeps products such as 20 · (1 - 0.1) from being rounded up to the next rank.
    let rank = Int((Double(scores.count + 1) * coverage - 1e-9).rounded(.up))
    return rank > scores.count ? .infinity : scores[max(rank, 1) - 1]
  }

  /// Classes c with 1 - p_c not above the quantile, ascending; may be empty, or all.
  public func set(_ probabilities: some Collection<Double>, coverage: Double) -> PredictionSet {
    PredictionSet(probabilities, threshold: quantile(coverage: coverage))
  }
}

/// The classes that cannot be ruled out for one patient.
public struct PredictionSet: Equatable, Sendable {
  /// Class indices, ascending.
  public let classes: [Int]
  /// Number of classes there are.
  public let classCount: Int

  /// Classes with 1 - p_c ≤ threshold.
  public init(_ probabilities: some Collection<Double>, threshold: Double) {
    classes = probabilities.enumerated().filter { 1 - $0.element <= threshold }.map(\.offset)
    classCount = probabilities.count
  }

  /// Classes given.
  public init(classes: [Int], classCount: Int) {
    self.classes = classes
    self.classCount = classCount
  }

  /// Whether nothing was decided: no class remains (the patient fits none), or all do.
  public var isAbstained: Bool { classes.isEmpty || classes.count == classCount }
}
