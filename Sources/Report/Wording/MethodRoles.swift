import Evaluation

/// Which methods answer which question: clinical columns alone, one assay alone, all together.
package struct MethodRoles: Sendable {
  /// Families in the order in which they speak for an assay alone.
  private static let families = [
    "logistic-balanced", "logistic", "lda", "svm", "forest", "boosting", "gcn", "mlp",
  ]

  private let methods: [StudySummary.Method]
  private let modalities: [String]
  private let primary: StudySummary.Contrast?

  /// Roles of a study's methods.
  package init(_ summary: StudySummary) {
    self.init(
      methods: summary.methods, modalities: summary.modalities.map(\.name),
      primary: summary.primary)
  }

  /// Roles of methods with their scores.
  package init(
    methods: [StudySummary.Method], modalities: [String], primary: StudySummary.Contrast?
  ) {
    self.methods = methods
    self.modalities = modalities
    self.primary = primary
  }

  /// The method of that name.
  package func method(named name: String) -> StudySummary.Method? {
    methods.first { $0.name == name }
  }

  /// Mean macro-F1 of a method.
  package func score(_ method: StudySummary.Method) -> Double? {
    method.metrics["macro_f1"]?.mean
  }

  /// The method on clinical columns alone that scored highest.
  package var clinical: StudySummary.Method? { best(of: seeing { $0 == "clinical" }) }

  /// All methods that see a single modality.
  package var singleAssay: [StudySummary.Method] {
    seeing { modalities.contains($0) }
  }

  /// The method on a single modality that scored highest.
  package var bestSingleAssay: StudySummary.Method? { best(of: singleAssay) }

  /// The method that stands for all modalities together: the first of the declared contrast unless
  /// that sees one modality only, else the whole method, else the highest.
  package var together: StudySummary.Method? {
    let single = Set((singleAssay + seeing { $0 == "clinical" }).map(\.name))
    let candidates = methods.filter { !single.contains($0.name) && $0.name != "majority" }
    for name in [primary?.a, "equipoise"] {
      if let method = candidates.first(where: { $0.name == name }) { return method }
    }
    return best(of: candidates)
  }

  /// The family that speaks for every modality alone; the first that was run on most of them.
  package var aloneFamily: String? {
    func coverage(_ family: String) -> Int {
      modalities.count { method(named: "\(family):\($0)") != nil }
    }
    var best: (family: String, coverage: Int)?
    for family in MethodRoles.families where coverage(family) > best?.coverage ?? 0 {
      best = (family, coverage(family))
    }
    return best?.family
  }

  /// The method that speaks for one modality alone.
  package func alone(_ modality: String) -> StudySummary.Method? {
    aloneFamily.flatMap { method(named: "\($0):\(modality)") }
  }

  /// Mark of a method: both of the declared contrast stand out.
  package func mark(_ name: String) -> Mark {
    if name == primary?.a { return .first }
    return name == primary?.b ? .second : .other
  }

  /// Methods for the first screen: all where they are few, else those that the answer speaks of and
  /// their nearest relatives; in the order of the study.
  package var keyMethods: [StudySummary.Method] {
    guard methods.count > 14 else { return methods }
    let family = aloneFamily ?? "logistic-balanced"
    var names = ["majority", "joint", "paper", "equipoise", "\(family):concat"]
    names += [primary?.a, primary?.b, clinical?.name].compactMap { $0 }
    names += [bestSingleAssay?.name, together?.name].compactMap { $0 }
    names += modalities.map { "\(family):\($0)" }
    return methods.filter { names.contains($0.name) }
  }

  /// The two methods shown in detail: those of the declared contrast, else all together and the best
  /// single assay; each once.
  package var shown: [(method: StudySummary.Method, mark: Mark)] {
    var pair = [primary?.a, primary?.b].compactMap { $0 }
      .compactMap { method(named: $0) }
    if pair.isEmpty { pair = [together, bestSingleAssay].compactMap { $0 } }
    if pair.isEmpty { pair = Array(methods.prefix(1)) }
    return Array(zip(pair, [Mark.first, .second]))
  }

  private func seeing(_ isWanted: (String) -> Bool) -> [StudySummary.Method] {
    methods.filter { method in
      guard let colon = method.name.firstIndex(of: ":") else { return false }
      return isWanted(String(method.name[method.name.index(after: colon)...]))
    }
  }

  /// The first method with the highest score.
  private func best(of methods: [StudySummary.Method]) -> StudySummary.Method? {
    var best: StudySummary.Method?
    for method in methods where score(method) != nil {
      if best.flatMap(score) ?? -.infinity < score(method) ?? -.infinity { best = method }
    }
    return best
  }
}
