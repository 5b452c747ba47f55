import Baselines
import Learning

extension MethodProvider {
  /// All providers of this build, one line each; the first that knows a name answers.
  public static let all: [MethodProvider] = [baselines, equipoise, relationalNetworks]

  /// The floor and the classical families.
  static let baselines = MethodProvider(
    names: { BaselineMethods.names(modalities: $0.modalities, hasCovariates: $0.hasCovariates) },
    learner: {
      BaselineMethods.learner(
        named: $0, modalities: $1.modalities, hasCovariates: $1.hasCovariates)
    })

  /// The default method, its ablations and `joint`.
  static let equipoise = MethodProvider(
    names: { _ in EquipoiseMethods.names },
    learner: { name, _ in EquipoiseMethods.learner(named: name) })

  /// Networks: `paper` and its ablations, `snf-gcn`, `gcn:<modality>`, and balancers on the bare
  /// network (`ogm-ge`, `ogm-ge-linear`, …).
  static let relationalNetworks = MethodProvider(
    names: { scope in
      ["paper"] + Ablation.allCases.map { "paper-\($0.rawValue)" }
        + ["snf-gcn"] + scope.modalities.map { "gcn:\($0)" }
        + BalancedMethod.all.map(\.name)
    },
    learner: { name, scope in
      guard let configuration = RelationalNetworkConfiguration(method: name) else { return nil }
      if case .modality(let modality) = configuration.architecture,
        !scope.modalities.contains(modality)
      {
        return nil
      }
      return RelationalNetworkLearner(name: name, configuration: configuration)
    })
}
