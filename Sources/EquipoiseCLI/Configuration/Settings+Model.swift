import Cohort
import Equipoise
import Study

extension Settings {
  /// Options of a training, checked as far as they can be without the cohort.
  func trainingOptions(_ flags: TrainFlags) throws -> TrainingOptions {
    var options = TrainingOptions()
    options.method = try text(flags.method, "method") ?? options.method
    options.unlabelled =
      try flags.unlabelled ?? file?.choice("unlabelled", UnlabelledUse.self) ?? .use
    options.gate = try text(flags.gate, "gate")
    options.seed = try seed(flags.seed) ?? options.seed
    options.innerFolds = try integer(nil, "innerFolds") ?? options.innerFolds
    options.isShareSafe = try truth(flags.shareSafe, "shareSafe")
    options.preprocessing = try preprocessing()
    try options.check()
    return options
  }

  /// Wanted coverage of sets, between 0 and 1.
  func coverage(_ flag: Double?) throws -> Double {
    let coverage = try flag ?? file?.number("coverage") ?? 0.9
    guard coverage > 0, coverage < 1 else {
      throw Failure(
        .usage, "an option is out of range", at: "coverage", found: "\(coverage)",
        expected: "a number between 0 and 1")
    }
    return coverage
  }

  /// Options of a validation.
  func validationOptions(_ flags: ValidateFlags) throws -> ValidationOptions {
    var options = ValidationOptions()
    options.coverage = try coverage(flags.coverage)
    options.excludesSeen = try truth(flags.excludeSeen, "excludeSeen")
    options.seed = try seed(flags.seed) ?? options.seed
    return options
  }

  /// Name of the cohort of new patients.
  func cohortName(_ options: NewPatientsOptions) throws -> String {
    try cohortName(options.cohort, isDemo: options.isDemo)
  }

  /// Reads new patients as a model takes them; labels are not looked at unless asked for.
  func load(
    _ name: String, _ options: NewPatientsOptions, model: Model, threads: Int,
    labels: CohortRequest.LabelUse = .ignored, label: String? = nil, group: String? = nil
  ) throws -> LoadedCohort {
    let conditions =
      try options.conditions.isEmpty ? file?.items("where") ?? [] : options.conditions
    var request = CohortRequest(
      name, labelColumn: label, groupColumn: group,
      filters: try conditions.map { try WhereFilter(parsing: $0) },
      modalities: try list(options.modalities, "modalities"), labels: labels,
      knownFeatures: model.knownFeatures, threads: threads)
    try apply(options.format, to: &request)
    // Patients are brought to the scale of training, whatever their folder says.
    for (name, transform) in model.facts.transforms ?? [:] where request.transforms[name] == nil {
      request.transforms[name] = transform
    }
    return try load(request, named: name)
  }
}
