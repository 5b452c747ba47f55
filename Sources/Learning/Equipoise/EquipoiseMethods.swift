import Cohort

/// Method names of the default method, its ablations and `joint`.
public enum EquipoiseMethods {
  /// All names, in report order.
  public static let names =
    ["joint", "equipoise"] + Ablation.allCases.map { "equipoise-\($0.rawValue)" }

  /// The learner of that name, or nil if the name is not one of ``names``.
  public static func learner(named name: String) -> (any Learner)? {
    switch name {
    case "equipoise":
      return EquipoiseLearner(name: name, configuration: EquipoiseConfiguration())
    case "joint":
      return EquipoiseLearner(name: name, configuration: .joint)
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
