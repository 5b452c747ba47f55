import Cohort

/// The classical baselines by method name, `<family>:<input>`.
public enum BaselineMethods {
  private static let families: [any LinearFamily] = {
    var families: [any LinearFamily] = [
      LogisticFamily(isBalanced: true), LogisticFamily(isBalanced: false), DiscriminantFamily(),
    ]
    #if LIBLINEAR
      families.append(MarginFamily())
    #endif
    return families
  }()

  /// The learner of that name, or nil if there is none for this cohort.
  ///
  /// Inputs are a modality's name, `clinical` (where there are covariates), `concat`, `late`,
  /// `late-learned` and `best`; the last five win over a modality of the same name.
  ///
  /// - Parameters:
  ///   - named: for example `logistic-balanced:late-learned` or `majority`.
  ///   - modalities: names of the cohort's modalities.
  ///   - hasCovariates: whether the cohort has clinical columns.
  public static func learner(
    named name: String, modalities: [String], hasCovariates: Bool
  ) -> (any Learner)? {
    if name == "majority" { return MajorityLearner() }
    if name == "snf-knn" { return FusedNeighborLearner() }
    guard let separator = name.firstIndex(of: ":"),
      let family = families.first(where: { $0.name == name[..<separator] })
    else { return nil }
    let input = String(name[name.index(after: separator)...])
    switch input {
    case "concat": return LinearLearner(family: family, input: .concatenation)
    case "clinical":
      return hasCovariates ? LinearLearner(family: family, input: .clinical) : nil
    default:
      if let rule = LateRule(rawValue: input) { return LateLearner(family: family, rule: rule) }
      guard modalities.contains(input) else { return nil }
      return LinearLearner(family: family, input: .modality(input))
    }
  }

  /// All names that ``learner(named:modalities:hasCovariates:)`` knows for such a cohort.
  public static func names(modalities: [String], hasCovariates: Bool) -> [String] {
    let fusions = ["concat", "late", "late-learned", "best"]
    let inputs =
      (hasCovariates ? ["clinical"] : [])
      + modalities.filter { $0 != "clinical" && !fusions.contains($0) } + fusions
    return ["majority"] + families.flatMap { family in inputs.map { "\(family.name):\($0)" } }
      + ["snf-knn"]
  }
}
