import Cohort
import Evaluation
import Foundation
import LinearAlgebra

/// External validation of a model on labelled patients whom it has not seen, without refitting.
public struct Validation: Codable, Equatable, Sendable {
  /// Metrics of some of the patients.
  public struct Group: Codable, Equatable, Sendable {
    /// `group` for values of the group column, `missing` for modalities that patients lack.
    public var kind: String
    /// Value of the column; missing modalities joined by `|`.
    public var name: String
    /// Their metrics.
    public var figures: ValidationFigures
  }

  /// Sets of classes.
  public struct Sets: Codable, Equatable, Sendable {
    /// Wanted share of sets that hold the true class.
    public var coverage: Double
    /// Reached share.
    public var reached: Double
    /// Classes in a set, on average.
    public var meanSize: Double
    /// Share of patients with status `ok`.
    public var okShare: Double
  }

  /// Format of `validation.json`.
  public var format: String
  /// Method of the model.
  public var method: String
  /// Program that trained it.
  public var program: String
  /// Cohort it was trained on.
  public var trainedOn: String
  /// Cohort of the validation.
  public var cohort: String
  /// Column of the labels.
  public var label: String
  /// Patients read.
  public var patientCount: Int
  /// Of them without a label; not validated on.
  public var unlabelledCount: Int
  /// Of them labelled, but with nothing that the model looks at; not validated on.
  public var insufficientCount: Int
  /// Of them left out because they were in training.
  public var excludedCount: Int
  /// Whether the model could tell its training patients again.
  public var isOverlapChecked: Bool
  /// Metrics of all validated patients.
  public var figures: ValidationFigures
  /// The model’s own out-of-fold metrics in training, to compare.
  public var trainingMetrics: [String: Double]
  /// By class.
  public var classes: [ValidationClass]
  /// Sets at the coverage asked for.
  public var sets: Sets
  /// By group and by missing modalities.
  public var groups: [Group]
  /// What recalibration would bring, apart; nil with fewer than 20 patients.
  public var recalibrated: Recalibration?
  /// How patients compare with those of training.
  public var drift: DriftReport

  /// JSON with sorted keys, ending in a line break.
  public func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
  }
}

/// How a model is validated.
public struct ValidationOptions: Sendable {
  /// Coverage of sets, between 0 and 1. Default .9.
  public var coverage = 0.9
  /// Leaves out patients who were in training; else they are refused. Default false.
  public var excludesSeen = false
  /// Seed of the bootstrap. Default 1.
  public var seed: UInt64 = 1
  /// Resamples of the bootstrap. Default 1,000.
  public var resampleCount = 1000

  /// The defaults.
  public init() {}
}

extension Model {
  /// Validates the model on a cohort, whose classes must be among the model’s; `groups` of the cohort
  /// are told apart.
  ///
  /// - Returns: the validation, and what was said of each validated patient.
  /// - Throws: ``ModelError`` `.unknownClass`, `.noLabelledPatient`, `.seenInTraining`, and as
  ///   ``predict(_:coverage:threads:)``.
  public func validate(
    _ cohort: Cohort, options: ValidationOptions = ValidationOptions(), threads: Int = 1
  ) throws -> (validation: Validation, predictions: ModelPredictions, truth: [Int]) {
    guard let outcome = cohort.nominalOutcome else {
      throw ModelError(.noLabelledPatient, at: cohort.name, expected: "a column of labels")
    }
    let truth = try labels(of: outcome)
    let seen = try seenRows(cohort.table)
    if !seen.isEmpty, !options.excludesSeen {
      throw ModelError(
        .seenInTraining, at: cohort.name,
        found: "\(seen.count): "
          + seen.prefix(5).map { cohort.table.patients[$0] }.joined(separator: ", "),
        expected: "patients whom the model has not seen",
        remedy: "leave them out with --exclude-seen")
    }
    let isSeen = Set(seen)
    let rows = truth.indices.filter { truth[$0] >= 0 && !isSeen.contains($0) }
    let said = try predict(
      cohort.table.selecting(rows: rows), coverage: options.coverage, threads: threads)
    let told = rows.indices.filter { said.statuses[$0] != .insufficient }
    guard !told.isEmpty else {
      throw ModelError(
        .noLabelledPatient, at: cohort.name, found: "none with a label and a modality of the model",
        expected: "labelled patients in column \(outcome.column)")
    }
    let streams = RandomStreams(seed: options.seed)
    let scored = ScoredRows(
      truth: told.map { truth[rows[$0]] },
      probabilities: said.probabilities.selecting(rows: told))
    let validation = Validation(
      format: "equipoise-validation/1", method: facts.options.method, program: facts.program,
      trainedOn: facts.cohort, cohort: cohort.name, label: outcome.column,
      patientCount: cohort.table.patientCount, unlabelledCount: truth.count { $0 < 0 },
      insufficientCount: rows.count - told.count, excludedCount: seen.count,
      isOverlapChecked: knowsTrainingPatients,
      figures: ValidationFigures(
        scored, resampleCount: options.resampleCount, streams: streams, threads: threads),
      trainingMetrics: facts.metrics,
      classes: ValidationClass.all(scored, names: facts.classes),
      sets: Self.sets(said, told, scored.truth, coverage: options.coverage),
      groups: Self.groups(
        said, told, scored, cohort.groups.map { groups in rows.map { groups[$0] } }),
      recalibrated: Recalibration(scored, streams: streams), drift: said.drift)
    return (validation, said, rows.map { truth[$0] })
  }

  /// Labels as the model counts classes; −1 where there is none.
  private func labels(of outcome: NominalOutcome) throws(ModelError) -> [Int] {
    var place = [String: Int]()
    for (c, name) in facts.classes.enumerated() { place[name] = c }
    var known = [Int]()
    for (c, name) in outcome.classes.enumerated() {
      // A class that only a filter's leftovers had is no matter.
      if place[name] == nil, outcome.labels.contains(c) {
        throw ModelError(
          .unknownClass, at: "column \(outcome.column)", found: name,
          expected: "classes of the model: \(facts.classes.joined(separator: ", "))",
          remedy: "name the column with --label, or leave these patients out with --where")
      }
      known.append(place[name] ?? -1)
    }
    return outcome.labels.map { $0 < 0 ? -1 : known[$0] }
  }

  private static func sets(
    _ said: ModelPredictions, _ told: [Int], _ truth: [Int], coverage: Double
  ) -> Validation.Sets {
    let count = Double(told.count)
    return Validation.Sets(
      coverage: coverage,
      reached: Double(zip(told, truth).count { said.sets[$0].contains($1) }) / count,
      meanSize: Double(told.reduce(0) { $0 + said.sets[$1].count }) / count,
      okShare: Double(told.count { said.statuses[$0] == .ok }) / count)
  }

  private static func groups(
    _ said: ModelPredictions, _ told: [Int], _ scored: ScoredRows, _ groups: [String]?
  ) -> [Validation.Group] {
    func split(_ kind: String, _ key: (Int) -> String) -> [Validation.Group] {
      var members = [String: [Int]]()
      for position in told.indices { members[key(told[position]), default: []].append(position) }
      return members.keys.sorted().map { name in
        let rows = members[name] ?? []
        return Validation.Group(
          kind: kind, name: name,
          figures: ValidationFigures(
            ScoredRows(
              truth: rows.map { scored.truth[$0] },
              probabilities: scored.probabilities.selecting(rows: rows)), resampleCount: 0))
      }
    }
    let all = said.drift.modalities.map(\.name)
    let byGroup = groups.map { groups in split("group") { groups[$0] } } ?? []
    return byGroup
      + split("missing") { row in
        all.filter { !said.usedModalities[row].contains($0) }.joined(separator: "|")
      }
  }
}
