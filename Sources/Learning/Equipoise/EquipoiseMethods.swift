import Cohort

/// Method names of the default method, its ablations and `joint`.
public enum EquipoiseMethods {
  /// All names, in report order.
  public static let names =
    ["joint", "equipoise"] + Ablation.allCases.map { "equipoise-\($0.rawValue)" }
    + [withoutComponentMembers, withoutImputation]

  /// The method without the members on components.
  private static let withoutComponentMembers = "equipoise-no-component-members"

  /// The method where a missing modality stands at its mean, and neighbors speak for it.
  private static let withoutImputation = "equipoise-no-imputation"

  /// The learner of that name, or nil if the name is not one of ``names``.
  public static func learner(named name: String) -> (any Learner)? {
    switch name {
    case "equipoise":
      return EquipoiseLearner(name: name, configuration: EquipoiseConfiguration())
    case "joint":
      return EquipoiseLearner(name: name, configuration: .joint)
    case withoutComponentMembers:
      var configuration = EquipoiseConfiguration()
      configuration.usesComponentMembers = false
      return EquipoiseLearner(name: name, configuration: configuration)
    case withoutImputation:
      var configuration = EquipoiseConfiguration()
      configuration.imputesMissing = false
      return EquipoiseLearner(name: name, configuration: configuration)
    default:
      let prefix = "equipoise-"
      guard name.hasPrefix(prefix),
        let ablation = Ablation(rawValue: String(name.dropFirst(prefix.count)))
      else { return nil }
      return EquipoiseLearner(
        name: name, configuration: EquipoiseConfiguration().applying(ablation))
    }
  }
}
