import Evaluation

/// What may be said of a comparison, and no more than its interval supports.
package struct Claim: Sendable {
  /// What the comparison shows.
  package enum Verdict: String, Sendable {
    /// Both methods gave the same predictions.
    case identical
    /// There is no interval to judge by.
    case undefined
    /// The interval contains 0, or the correction for many comparisons leaves too little.
    case notTold
    /// The first method scored higher.
    case higher
    /// The first method scored lower.
    case lower
  }

  /// The words for a difference that may be nothing.
  package static let null = "is not distinguishable from zero"

  /// The comparison spoken of.
  package let comparison: StudySummary.PairedComparison

  /// What the paired test runs over: `folds`, or `draws`.
  package let replicates: String

  /// A claim about a comparison over folds, unless said.
  package init(_ comparison: StudySummary.PairedComparison, over replicates: String = "folds") {
    self.comparison = comparison
    self.replicates = replicates
  }

  /// What the comparison shows.
  package var verdict: Verdict {
    if comparison.identical { return .identical }
    guard let difference = comparison.difference, comparison.ci95 != nil else {
      return .undefined
    }
    guard comparison.showsDifference else { return .notTold }
    return difference > 0 ? .higher : .lower
  }

  /// The verdict in a few words, for tables.
  package var brief: String {
    switch verdict {
    case .identical: "same predictions, by construction"
    case .undefined: "cannot be judged"
    case .notTold: Claim.null
    case .higher: "higher"
    case .lower: "lower"
    }
  }

  /// One sentence with both names and no number.
  package var headline: String {
    let (a, b) = (comparison.a, comparison.b)
    return switch verdict {
    case .identical: "\(a) and \(b) gave the same predictions: no difference by construction."
    case .undefined: "The gain of \(a) over \(b) cannot be judged from this study."
    case .notTold: "The gain of \(a) over \(b) \(Claim.null)."
    case .higher: "\(a) scored higher than \(b)."
    case .lower: "\(a) scored lower than \(b)."
    }
  }

  /// The numbers behind the verdict: difference, interval and p.
  package var numbers: String {
    switch verdict {
    case .identical: return "0, by construction"
    case .undefined:
      return "\(Numbers.signed(comparison.difference)), without an interval"
    default:
      return "\(Numbers.signed(comparison.difference)) (95 % interval "
        + "\(Numbers.signedRange(comparison.ci95)), \(pClause))"
    }
  }

  /// Why a difference is not claimed although its own interval excludes 0; nil otherwise.
  package var caveat: String? {
    guard verdict == .notTold, let ci95 = comparison.ci95, !ci95.contains(0) else { return nil }
    if let bootstrap = comparison.bootstrapCI95, bootstrap.contains(0) {
      return "Its interval over \(replicates) excludes zero, but the one over patients does not "
        + "(\(Numbers.signedRange(bootstrap)))."
    }
    return "Its own interval excludes zero, but not after correction for the number of "
      + "comparisons (Holm)."
  }

  private var pClause: String {
    comparison.primary
      ? Numbers.pClause(comparison.p) : "Holm \(Numbers.pClause(comparison.pHolm))"
  }
}
