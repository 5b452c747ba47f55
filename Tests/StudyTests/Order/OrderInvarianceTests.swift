import Cohort
import Evaluation
import LinearAlgebra
import Study
import Testing

/// Nothing of a method or a study follows the order in which files list patients, modalities and
/// columns.
@Suite("Order of patients, modalities and columns")
struct OrderInvarianceTests {
  /// Two classes of which one is rare, gaps, and some patients without a label.
  private static let cohort: Cohort = {
    let count = 34
    let patients = (0..<count).map { "P\($0)" }
    let texts = (0..<count).map { $0 % 9 == 4 ? nil : ["a", "b"][$0 % 3 == 0 ? 1 : 0] }
    let modalities = [("rna", 7, 1.4), ("cnv", 5, 0.7)].map { name, width, signal in
      var stream = RandomStream(seed: 3, name: name)
      var values = stream.normalMatrix(rows: count, columns: width)
      for i in 0..<count {
        if i % 3 == 0 { values[i, i % 2] += signal }
        if (i + width) % 8 == 0 { for j in 0..<width { values[i, j] = .nan } }
      }
      return ModalityTable(
        name: name, featureNames: (0..<width).map { "\(name)\($0)" }, values: values)
    }
    return Cohort(
      name: "ordered", table: PatientTable(patients: patients, modalities: modalities),
      outcome: .nominal(NominalOutcome(column: "label", texts: texts)))
  }()

  /// The same cohort, listed in another order.
  private static let shuffled: Cohort = {
    var stream = RandomStream(seed: 8, name: "order")
    let rows = stream.permutation(cohort.table.patientCount)
    let selected = cohort.table.selecting(rows: rows)
    let modalities = selected.modalities.reversed().map { table in
      let columns = stream.permutation(table.featureCount)
      return ModalityTable(
        name: table.name, featureNames: columns.map { table.featureNames[$0] },
        values: table.values.selecting(columns: columns))
    }
    let outcome = cohort.nominalOutcome
    let labels = outcome?.labels ?? []
    return Cohort(
      name: "ordered", table: PatientTable(patients: selected.patients, modalities: modalities),
      outcome: .nominal(
        NominalOutcome(
          column: "label", classes: outcome?.classes ?? [], labels: rows.map { labels[$0] })))
  }()

  private static let registry = MethodRegistry(
    scope: MethodScope(modalities: ["rna", "cnv"], hasCovariates: false))

  /// Probabilities of some patients by a fit on the others, by patient.
  private func probabilities(_ name: String, _ cohort: Cohort) throws -> [String: [Double]] {
    let learner = try #require(Self.registry.learner(named: name))
    let tested = Set((0..<6).map { "P\(5 * $0)" })
    let labels = cohort.nominalOutcome?.labels ?? []
    let rows = cohort.table.patients.indices
    let training = rows.filter { !tested.contains(cohort.table.patients[$0]) }
    let test = rows.filter { tested.contains(cohort.table.patients[$0]) }
    let fitted = try learner.fit(
      TrainingView(
        table: cohort.table.selecting(rows: training), labels: training.map { labels[$0] },
        classes: ["a", "b"]),
      FitContext(streams: RandomStreams(seed: 2, prefix: "fold"), innerFolds: 2))
    let answer = try fitted.predict(cohort.table.selecting(rows: test)).probabilities
    return Dictionary(
      uniqueKeysWithValues: test.enumerated().map { position, row in
        (cohort.table.patients[row], Array(answer.row(position)))
      })
  }

  @Test("No probability of any method moves", arguments: registry.names)
  func methods(name: String) throws {
    let first = try probabilities(name, Self.cohort)
    let second = try probabilities(name, Self.shuffled)
    #expect(first.count == 6 && second.count == 6)
    for (patient, row) in first {
      let other = try #require(second[patient])
      #expect(zip(row, other).allSatisfy { abs($0 - $1) <= 1e-6 }, "\(patient)")
    }
  }

  /// Probabilities of a study by setting, method, repeat, fold and patient.
  private func study(_ cohort: Cohort, _ robustness: RobustnessOptions?) throws -> [String:
    [Double]]
  {
    var options = StudyOptions(methods: ["logistic-balanced:late-learned", "joint"])
    options.folds = 3
    options.repeats = 2
    options.robustness = robustness
    let plan = try StudyPlan(cohort: cohort, options: options)
    var result: [String: [Double]] = [:]
    for task in try StudyRun(plan: plan).results().results {
      let setting = plan.settings.first { $0.name == task.task.setting ?? "full" }
      let split = plan.split(try #require(setting), task.task.replicate)
      for (position, row) in split.testRows.enumerated() {
        result["\(task.task.identifier)/\(cohort.table.patients[row])"] =
          task.probabilities[position]
      }
    }
    return result
  }

  @Test(
    "Folds, draws of labels and degradations do not follow it",
    arguments: [
      nil, RobustnessOptions(kind: .samples, settings: ["full", "n=12"], draws: 2),
      RobustnessOptions(
        kind: .information, settings: ["noise:rna=2", "replace:cnv", "features:rna=3"], draws: 1),
      RobustnessOptions(kind: .missing, settings: ["gaps:rna=0.3", "missing:cnv"], draws: 1),
    ])
  func studies(robustness: RobustnessOptions?) throws {
    let first = try study(Self.cohort, robustness)
    let second = try study(Self.shuffled, robustness)
    #expect(!first.isEmpty && first.keys == second.keys)
    for (key, row) in first {
      let other = try #require(second[key])
      #expect(zip(row, other).allSatisfy { abs($0 - $1) <= 1e-6 }, "\(key)")
    }
  }
}
