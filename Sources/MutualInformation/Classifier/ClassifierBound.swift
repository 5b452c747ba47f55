import LinearAlgebra

/// Cross-fitted classifier bound: how many nats a model's out-of-fold probabilities tell about the
/// label, Î = mean[ln q(y_i | z_i) - ln π(y_i)].
///
/// Estimates a lower bound of I(Z; Y) for a model calibrated to the natural class shares; balanced
/// models must be brought back to them first. A negative value says that the model is worse than
/// the shares alone. Works at any dimension.
public struct ClassifierBound: Equatable, Sendable {
  /// t_i = ln q(y_i | z_i) - ln π(y_i) of each labelled row, in nats.
  public let terms: [Double]
  /// Rows of the table that the terms belong to, ascending.
  public let rows: [Int]

  /// From out-of-fold probabilities.
  ///
  /// - Parameters:
  ///   - probabilities: n × C; row i from the model fitted without row i's fold; clipped at 1e-12.
  ///   - labels: class of each row; negative (unlabelled) rows are left out.
  ///   - folds: fold of each row, indexing `priors`.
  ///   - priors: for each fold the class shares among its training rows. A row whose class its
  ///     fold's training rows lack counts 0: neither model nor share knows of it.
  public init(probabilities: Matrix, labels: [Int], folds: [Int], priors: [[Double]]) {
    precondition(
      labels.count == probabilities.rowCount && folds.count == labels.count, "one entry per row")
    let rows = labels.indices.filter { labels[$0] >= 0 && folds[$0] >= 0 }
    self.rows = rows
    terms = rows.map { row in
      let label = labels[row]
      let prior = priors[folds[row]][label]
      guard prior > 0 else { return 0 }
      return logarithm(max(probabilities[row, label], 1e-12)) - logarithm(prior)
    }
  }

  /// Mean of the terms, in nats, unclipped; 0 without rows.
  public var estimate: Double { terms.isEmpty ? 0 : orderedMean(terms) }

  /// Standard error sd/√n of the mean; nil below 2 rows.
  public var standardError: Double? { meanStandardError(terms) }

  /// Interval of the estimate: normal, or percentiles of a bootstrap of the terms (2,000 resamples)
  /// below 100 rows; nil below 2 rows.
  public func interval(confidence: Double = 0.95, stream: RandomStream) -> (Double, Double)? {
    meanInterval(terms, confidence: confidence, stream: stream)
  }
}

/// Class shares among labelled rows outside each fold, for ``ClassifierBound``.
///
/// - Parameters:
///   - labels: class of each row, negative where unlabelled.
///   - folds: fold of each row, negative where in none.
/// - Returns: folds × classes.
public func foldPriors(labels: [Int], folds: [Int], classCount: Int) -> [[Double]] {
  (0..<((folds.max() ?? -1) + 1)).map { fold in
    var counts = [Double](repeating: 0, count: classCount)
    for (label, own) in zip(labels, folds) where label >= 0 && own != fold { counts[label] += 1 }
    let total = counts.reduce(0, +)
    return counts.map { total > 0 ? $0 / total : 1 / Double(classCount) }
  }
}

/// What a modality tells about the label beyond the others: mean[ln q(y | all) - ln q(y | all but
/// it)] with the paired standard error.
///
/// The difference of two bounds, not itself a bound; conditional on the fitted models.
public struct UniqueInformation: Equatable, Sendable {
  /// Difference of each labelled row, in nats.
  public let terms: [Double]

  /// From out-of-fold probabilities with and without the modality; clipped at 1e-12.
  public init(all: Matrix, without: Matrix, labels: [Int]) {
    precondition(
      all.rowCount == labels.count && without.rowCount == labels.count, "one entry per row")
    terms = labels.indices.filter { labels[$0] >= 0 }.map { row in
      logarithm(max(all[row, labels[row]], 1e-12))
        - logarithm(max(without[row, labels[row]], 1e-12))
    }
  }

  /// Mean of the terms, in nats; 0 without rows.
  public var estimate: Double { RowTerms(terms).estimate }

  /// Paired standard error; nil below 2 rows.
  public var standardError: Double? { RowTerms(terms).standardError }

  /// Interval of the estimate; nil below 2 rows.
  public func interval(confidence: Double = 0.95, stream: RandomStream) -> (Double, Double)? {
    RowTerms(terms).interval(confidence: confidence, stream: stream)
  }

  /// One-sided p that the modality tells nothing more, by random sign flips of the row differences:
  /// (1 + #{mean of flipped ≥ mean})/(flips + 1).
  ///
  /// - Parameter flips: default 10,000.
  public func signFlipP(flips: Int = 10_000, stream: RandomStream) -> Double {
    RowTerms(terms).signFlipP(flips: flips, stream: stream)
  }
}
