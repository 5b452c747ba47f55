import Cohort
import Study

extension Settings {
  /// Options of an audit, checked as far as they can be without the cohort.
  func auditOptions(_ flags: AuditFlags) throws -> AuditOptions {
    var options = AuditOptions()
    options.folds = try integer(flags.folds, "folds") ?? options.folds
    options.repeats = try repeats(flags.repeats)
    options.unlabelled =
      try flags.unlabelled ?? file?.choice("unlabelled", UnlabelledUse.self) ?? .use
    options.gate = try text(flags.gate, "gate")
    options.seed = try seed(flags.seed) ?? options.seed
    options.innerFolds = try integer(nil, "innerFolds") ?? options.innerFolds
    options.preprocessing = try preprocessing()
    try options.check()
    return options
  }
}
