import Cohort

/// The presets of the pipeline by method name.
public enum PipelineMethods {
  /// Variants of `equipoise` beside its ablations: name and what is switched off.
  private static let variants:
    [(name: String, change: @Sendable (inout EquipoiseConfiguration) -> Void)] =
      [
        ("equipoise-no-component-members", { $0.usesComponentMembers = false }),
        ("equipoise-no-imputation", { $0.imputesMissing = false }),
      ]

  /// All names for a cohort, in report order.
  ///
  /// - Parameter modalities: names of the cohort's modalities.
  public static func names(modalities: [String]) -> [String] {
    ["joint", "equipoise"] + Ablation.allCases.map { "equipoise-\($0.rawValue)" }
      + variants.map(\.name)
      + ["paper"] + Ablation.allCases.map { "paper-\($0.rawValue)" }
      + ["snf-gcn"] + modalities.map { "gcn:\($0)" } + BalancedMethod.all.map(\.name)
  }

  /// The learner of that name; nil if the pipeline has no such preset for the cohort.
  public static func learner(named name: String, modalities: [String]) -> PipelineLearner? {
    if let configuration = linear(name) {
      return PipelineLearner(name: name, configuration: .linear(configuration))
    }
    guard let configuration = RelationalNetworkConfiguration(method: name) else { return nil }
    if case .modality(let modality) = configuration.architecture, !modalities.contains(modality) {
      return nil
    }
    return PipelineLearner(name: name, configuration: .network(configuration))
  }

  /// The configuration of a method on the linear path; nil for any other name.
  private static func linear(_ name: String) -> EquipoiseConfiguration? {
    if name == "equipoise" { return EquipoiseConfiguration() }
    if name == "joint" { return .joint }
    if let variant = variants.first(where: { $0.name == name }) {
      var configuration = EquipoiseConfiguration()
      variant.change(&configuration)
      return configuration
    }
    let prefix = "equipoise-"
    guard name.hasPrefix(prefix) else { return nil }
    return Ablation(rawValue: String(name.dropFirst(prefix.count)))
      .map { EquipoiseConfiguration().applying($0) }
  }
}
