import Baselines

extension MethodProvider {
  /// All providers of this build, one line each; the first that knows a name answers.
  public static let all: [MethodProvider] = [baselines]

  /// The floor and the classical families.
  static let baselines = MethodProvider(
    names: { BaselineMethods.names(modalities: $0.modalities, hasCovariates: $0.hasCovariates) },
    learner: {
      BaselineMethods.learner(
        named: $0, modalities: $1.modalities, hasCovariates: $1.hasCovariates)
    })
}
