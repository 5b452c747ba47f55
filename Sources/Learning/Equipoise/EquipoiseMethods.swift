import Cohort

/// Method names of the default method, its ablations and `joint`.
public enum EquipoiseMethods {
  /// All names, in report order.
  public static let names =
    ["joint", "equipoise"] + EquipoiseConfiguration.ablationSuffixes.map { "equipoise-\($0)" }

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
        let configuration = EquipoiseConfiguration.ablation(String(name.dropFirst(prefix.count)))
      else { return nil }
      return EquipoiseLearner(name: name, configuration: configuration)
    }
  }
}
