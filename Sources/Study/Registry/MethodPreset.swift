/// A named list of methods.
public enum MethodPreset: String, CaseIterable, Sendable {
  /// The floor, balanced logistic regression on every input, and the network.
  case quick
  /// `quick`, the seed paper's method, classical families and the ablations.
  case standard
  /// Everything registered.
  case all

  /// Ablations of `equipoise` in the standard preset.
  static let ablations = [
    "no-distillation", "no-balance", "no-mi", "no-f1", "no-snf", "no-emphasis",
  ].map { "equipoise-\($0)" }

  /// Method names in a scope, whether or not this build has them; empty for `all`.
  package func names(in scope: MethodScope) -> [String] {
    switch self {
    case .all: return []
    case .quick:
      let clinical = scope.hasCovariates ? ["logistic-balanced:clinical"] : []
      return ["majority"] + clinical
        + scope.modalities.map { "logistic-balanced:\($0)" }
        + ["logistic-balanced:concat", "logistic-balanced:late-learned", "joint", "equipoise"]
    case .standard:
      let classical = ["logistic", "svm", "lda"].flatMap { family in
        (scope.modalities + ["concat"]).map { "\(family):\($0)" }
      }
      return MethodPreset.quick.names(in: scope) + ["paper"] + classical
        + ["logistic-balanced:late"] + scope.modalities.map { "gcn:\($0)" }
        + ["snf-gcn", "snf-knn"] + MethodPreset.ablations
    }
  }
}
