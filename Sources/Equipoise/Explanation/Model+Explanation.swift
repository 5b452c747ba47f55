import Cohort
import Evaluation
import Learning
import LinearAlgebra

extension Model {
  /// Modalities up to which all subsets are asked.
  static let mostExplainedModalities = 12

  /// Why the model says what it says of some patients.
  ///
  /// - *Modalities*: exact Shapley values of the calibrated probability of the predicted class over
  ///   all subsets of modalities, each subset answered as a patient without the others would be.
  /// - *Features*: integrated gradients of the same probability, with the patient’s neighbors held.
  /// - *Training patients*: those heard through the graphs, by their share.
  ///
  /// - Parameters:
  ///   - patients: as for ``predict(_:coverage:threads:)``.
  ///   - cohort: name of the cohort.
  ///   - top: features and training patients named for a patient.
  ///   - threads: threads to use; the answer does not depend on it.
  /// - Throws: as ``predict(_:coverage:threads:)``; ``ModelError`` `.badOption` with more than twelve
  ///   modalities.
  /// - Complexity: O(2^modalities) predictions.
  public func explain(
    _ patients: PatientTable, cohort: String = "patients", top: Int = 10,
    threads: Int = ProcessorAllowance.count()
  ) throws -> ExplanationSummary {
    let said = try predict(patients, threads: threads)
    let aligned = try AlignedPatients(patients, inputs: inputs)
    let subsets = try subsetValues(aligned.table, explaining: said.predicted, threads: threads)
    let explained = learner as? any ExplainedFit
    let names = try trainingPatients()
    let companions =
      try explained?.companions(of: aligned.table) ?? patients.patients.map { _ in [] }
    let patterns = aligned.patterns
    let attributions = try parallelMap(count: patients.patientCount, threads: threads) { i in
      try explained?.attributions(
        of: aligned.table.selecting(rows: [i]), class: said.predicted[i],
        temperature: calibration.part(for: patterns[i]).temperature.value)
    }
    let rows = patients.patients.indices.map { i in
      PatientExplanation(
        row: i, said: said, subsets: subsets[i], companions: companions[i],
        attributions: attributions[i])
    }
    return ExplanationSummary(
      model: described, cohort: cohort,
      modalities: CohortExplanation.modalities(rows, inputs.modalities.map(\.name)),
      interactions: CohortExplanation.interactions(rows, inputs.modalities.map(\.name)),
      features: CohortExplanation.features(rows, classes: facts.classes, top: 2 * top),
      prototypes: CohortExplanation.prototypes(rows, classes: facts.classes, names, top: 3),
      patients: rows.map {
        $0.summary(modalities: inputs.modalities.map(\.name), names, top: top)
      },
      warnings: said.drift.warnings)
  }

  private var described: ExplanationSummary.Model {
    ExplanationSummary.Model(
      method: facts.options.method, program: facts.program, cohort: facts.title ?? facts.cohort,
      label: facts.label, classes: facts.classes, classCounts: facts.classCounts,
      modalities: inputs.modalities.map(\.name), license: facts.license,
      macroF1: facts.metrics["macro_f1"], accuracy: facts.metrics["accuracy"])
  }

  /// For each patient the probability of a class with every subset of modalities.
  private func subsetValues(
    _ table: PatientTable, explaining classes: [Int], threads: Int
  ) throws -> [SubsetValues] {
    let names = inputs.modalities.map(\.name)
    guard names.count <= Self.mostExplainedModalities else {
      throw ModelError(
        .badOption, at: "modalities", found: "\(names.count)",
        expected: "\(Self.mostExplainedModalities) at most",
        remedy: "train a model on fewer with --modalities")
    }
    var values = [[Double]](repeating: [], count: table.patientCount)
    for subset in 0..<(1 << names.count) {
      let kept = names.indices.filter { subset >> $0 & 1 == 1 }.map { names[$0] }
      let probabilities = try self.probabilities(
        AlignedPatients(table.selecting(modalities: kept), inputs: inputs, requiresModality: false),
        threads: threads)
      for i in values.indices { values[i].append(probabilities[i, classes[i]]) }
    }
    return values.map { SubsetValues(playerCount: names.count, values: $0) }
  }

  /// Names and classes of the training patients, where the model keeps them.
  func trainingPatients() throws(ArchiveError) -> TrainingNames {
    guard facts.holdsPatients else { return TrainingNames(patients: [], labels: []) }
    let part = reader.scoped("patients")
    let patients = try part.texts("names")
    let labels = try part.integers(
      "labels", count: patients.count, in: -1..<facts.classes.count)
    return TrainingNames(
      patients: patients, labels: labels.map { $0 < 0 ? nil : facts.classes[$0] })
  }
}

/// Training patients as an explanation names them.
struct TrainingNames: Sendable {
  let patients: [String]
  let labels: [String?]

  func companion(
    _ row: Int, weight: Double, similarities: [(modality: String, value: Double)]
  ) -> ExplanationSummary.Companion {
    ExplanationSummary.Companion(
      patient: row < patients.count ? patients[row] : "training patient \(row + 1)",
      label: row < labels.count ? labels[row] : nil, weight: weight,
      similarities: Dictionary(similarities) { first, _ in first })
  }
}
