extension MutualInformationError.Code {
  /// What went wrong, in a few words.
  public var summary: String {
    switch self {
    case .tooFewRows: "there are too few rows to estimate information"
    case .unequalRows: "two variables have different numbers of rows"
    case .noColumns: "a table has no columns"
    case .unsupportedVariable: "the estimator does not take these variables"
    case .notFinite: "a value is not finite, or excessive"
    case .numericalFailure: "the numbers defeat the estimator"
    case .unknownEstimator: "there is no such estimator"
    case .optionOutOfRange: "an option is out of range"
    }
  }
}
