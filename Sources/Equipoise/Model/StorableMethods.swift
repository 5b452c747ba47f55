import Cohort
import Study

extension MethodRegistry {
  /// Names of methods whose fits can be kept in a file.
  var storableNames: [String] {
    names.filter { learner(named: $0)?.storedForm != nil }
  }

  /// The learner of that name.
  ///
  /// - Throws: `StudyError` `.unknownMethod` with the nearest name; ``ModelError``
  ///   `.methodCannotBeKept`, listing those that can.
  func storableLearner(named name: String) throws -> any Learner {
    guard let learner = learner(named: name) else {
      throw StudyError(
        .unknownMethod, "unknown method", found: name,
        expected: "one of \(storableNames.joined(separator: ", "))",
        remedy: nearestName(to: name, among: storableNames).map { "did you mean \($0)?" } ?? "")
    }
    guard learner.storedForm != nil else {
      throw ModelError(
        .methodCannotBeKept, found: name,
        expected: "one of \(storableNames.joined(separator: ", "))",
        remedy: "choose another --method; `equipoise study` compares this one")
    }
    return learner
  }
}
