import Cohort

/// Turns method names into learners, by asking the providers in order.
public struct MethodRegistry: Sendable {
  /// What names may refer to.
  public let scope: MethodScope
  private let providers: [MethodProvider]

  /// A registry for a cohort's modalities.
  public init(scope: MethodScope, providers: [MethodProvider] = MethodProvider.all) {
    self.scope = scope
    self.providers = providers
  }

  /// Names of all registered methods, each once, in the providers' order.
  public var names: [String] {
    var seen = Set<String>()
    return providers.flatMap { $0.names(scope) }.filter { seen.insert($0).inserted }
  }

  /// The learner of that name, or nil.
  public func learner(named name: String) -> (any Learner)? {
    for provider in providers {
      if let learner = provider.learner(name, scope) { return learner }
    }
    return nil
  }

  /// Learners for names and presets, each method once, in the order of first mention.
  ///
  /// A preset leaves out what this build does not have (for example `svm` without LIBLINEAR), and
  /// says so in `notes`.
  /// - Throws: ``StudyError`` `.unknownMethod`, with the nearest name; `.badOption` if nothing is
  ///   left.
  public func resolve(
    _ requested: [String]
  ) throws(StudyError) -> (learners: [any Learner], notes: [String]) {
    var learners = [any Learner]()
    var notes = [String]()
    var seen = Set<String>()
    for request in requested {
      guard let preset = MethodPreset(rawValue: request) else {
        guard let learner = learner(named: request) else {
          throw .unknownMethod(
            request,
            nearest: nearestName(
              to: request, among: names + MethodPreset.allCases.map(\.rawValue)))
        }
        if seen.insert(request).inserted { learners.append(learner) }
        continue
      }
      var absent = [String]()
      for name in preset == .all ? names : preset.names(in: scope) {
        guard let learner = learner(named: name) else {
          absent.append(name)
          continue
        }
        if seen.insert(name).inserted { learners.append(learner) }
      }
      if !absent.isEmpty {
        notes.append(
          "Preset \(preset.rawValue) without \(absent.joined(separator: ", ")): "
            + "not in this build.")
      }
    }
    guard !learners.isEmpty else {
      throw StudyError(
        .badOption, "no method to study", found: requested.joined(separator: ", "),
        expected: "at least one method", remedy: "name methods with --methods")
    }
    return (learners, notes)
  }
}
