import Cohort
import Evaluation
import Learning
import LinearAlgebra
import Study
import Synchronization

/// A model as it comes out of training: it can be kept, and asked.
public struct TrainedModel: Sendable {
  /// The model, ready to predict.
  public let model: Model
  let archive: ArchiveWriter
  let remarks: [String: String]

  /// Writes the model’s file, complete or not at all.
  ///
  /// - Throws: `ArchiveError` `.unwritable` or `.writeFailed`.
  public func save(to path: String) throws {
    try ModelFileWriter.write(archive, remarks: remarks, to: path)
  }
}

extension Model {
  /// Fits a method on all patients of a cohort, with calibration from predictions out of fold.
  ///
  /// ```swift
  /// let trained = try Model.train(cohort)
  /// try trained.save(to: "model.safetensors")
  /// ```
  ///
  /// - Parameters:
  ///   - cohort: patients with a nominal outcome.
  ///   - options: method and seed; the defaults are the command line’s.
  ///   - threads: folds worked on at a time; the model does not depend on it.
  ///   - progress: told of every finished fit.
  /// - Throws: `CohortError` for a cohort that cannot be learned from, `StudyError` for an unknown
  ///   method, ``ModelError`` `.methodCannotBeKept` for one whose fits have no form in a file.
  public static func train(
    _ cohort: Cohort, options: TrainingOptions = TrainingOptions(),
    threads: Int = ProcessorAllowance.count(),
    progress: @escaping @Sendable (StudyProgress) -> Void = { _ in }
  ) throws -> TrainedModel {
    try ModelTraining(cohort, options).run(threads: threads, progress: progress)
  }
}

/// What a training is made of.
private struct ModelTraining {
  let cohort: Cohort
  let outcome: NominalOutcome
  let options: TrainingOptions
  let learner: any Learner
  let training: TrainingView

  init(_ cohort: Cohort, _ options: TrainingOptions) throws {
    try options.check()
    let scope = MethodScope(
      modalities: cohort.table.modalities.map(\.name),
      hasCovariates: !cohort.table.covariates.isEmpty)
    learner = try MethodRegistry(scope: scope).storableLearner(named: options.method)
    let outcome = try StudyPlan.studiedOutcome(of: cohort)
    let rows =
      options.unlabelled == .use
      ? Array(0..<cohort.table.patientCount) : outcome.labelledRows
    training = TrainingView(
      table: cohort.table.selecting(rows: rows), labels: rows.map { outcome.labels[$0] },
      classes: outcome.classes, groups: cohort.groups.map { groups in rows.map { groups[$0] } })
    self.cohort = cohort
    self.outcome = outcome
    self.options = options
  }

  func run(
    threads: Int, progress: @escaping @Sendable (StudyProgress) -> Void
  ) throws -> TrainedModel {
    do {
      return try fit(threads: threads, progress: progress)
    } catch let error as LearningError {
      throw StudyError(
        .learnerRefused, "the method cannot be fitted on these data", location: error.location,
        found: error.found, expected: error.expected)
    }
  }

  private func fit(
    threads: Int, progress: @escaping @Sendable (StudyProgress) -> Void
  ) throws -> TrainedModel {
    let fitted = try learner.fit(
      training,
      FitContext(
        streams: RandomStreams(seed: options.seed, prefix: "train/all"),
        preprocessing: options.preprocessing, innerFolds: options.innerFolds, gate: options.gate))
    guard let storable = fitted as? any StorableLearner else {
      throw ModelError(.methodCannotBeKept, found: options.method)
    }
    let inputs = ModelInputs(training.table, using: storable.usedModalities)
    let natural = try AlignedPatients(training.table, inputs: inputs).patterns
    let served = ServedPatterns(
      modalities: inputs.modalities.map(\.name), natural: natural)
    let steps = StepCounter(
      total: options.folds * (1 + served.patterns.count), progress: progress)
    let readings = try OutOfFoldReadings(
      learner, training, options, inputs: inputs, served: served.patterns, threads: threads
    ) { steps.advance() }
    let shared =
      options.isShareSafe
      ? try ShareSafeTraining(
        training, options, inputs: inputs, taught: readings, threads: threads) : nil
    let told = shared?.readings ?? readings
    let kept: any StorableLearner = shared?.students ?? storable
    let calibration = ModelCalibration(pooled: told.natural, patterns: told.patterns)
    var archive = ArchiveWriter()
    archive.scoped("inputs") { inputs.archive(to: &$0) }
    archive.scoped("calibration") { calibration.archive(to: &$0) }
    if shared == nil { archivePatients(to: &archive, named: kept.holdsPatients) }
    try kept.archive(
      to: &archive, serving: kept.refitsForMissing ? served.patterns.map(\.missing) : [])
    let facts = ModelFacts(
      cohort: cohort, outcome: outcome, training: training, inputs: inputs, options: options,
      served: served, readings: told, calibration: calibration, record: fitted.record,
      holdsPatients: kept.holdsPatients)
    let remarks = [Model.remarkKey: try facts.json()]
    return TrainedModel(
      model: try Model(source: MemoryArchive(archive), remarks: remarks), archive: archive,
      remarks: remarks)
  }

  /// Marks of the training patients; and their names and classes, so that whoever is heard can be named,
  /// where patients are in the file anyway.
  private func archivePatients(to archive: inout ArchiveWriter, named: Bool) {
    archive.scoped("patients") { part in
      part.write("marks", PatientMarks(training.table).marks)
      guard named else { return }
      part.write("names", texts: training.table.patients)
      part.write("labels", integers: training.labels)
    }
  }
}

/// Counts finished fits of several threads.
private final class StepCounter: Sendable {
  private let total: Int
  private let clock = StudyProgress.Clock()
  private let done = Atomic<Int>(0)
  private let progress: @Sendable (StudyProgress) -> Void

  init(total: Int, progress: @escaping @Sendable (StudyProgress) -> Void) {
    self.total = total
    self.progress = progress
  }

  func advance() {
    let count = done.wrappingAdd(1, ordering: .relaxed).newValue
    progress(clock.progress(done: min(count, total), total: max(total, 1)))
  }
}
