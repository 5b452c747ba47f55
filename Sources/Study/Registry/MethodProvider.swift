import Cohort

/// What method names may refer to in a cohort.
public struct MethodScope: Equatable, Sendable {
  /// Modality names in cohort order.
  public let modalities: [String]
  /// Whether the cohort has covariates, and so the input `clinical`.
  public let hasCovariates: Bool

  /// Creates a scope.
  public init(modalities: [String], hasCovariates: Bool) {
    self.modalities = modalities
    self.hasCovariates = hasCovariates
  }
}

/// A source of learners: the plug-in point of the study.
///
/// To add a family of methods, write one provider and add it to ``MethodProvider/all``.
public struct MethodProvider: Sendable {
  /// Names on offer in a scope, in the order in which `all` lists them.
  public let names: @Sendable (MethodScope) -> [String]
  /// The learner of that name, or nil if it is not one of this provider's.
  public let learner: @Sendable (String, MethodScope) -> (any Learner)?

  /// Creates a provider.
  public init(
    names: @escaping @Sendable (MethodScope) -> [String],
    learner: @escaping @Sendable (String, MethodScope) -> (any Learner)?
  ) {
    self.names = names
    self.learner = learner
  }
}
