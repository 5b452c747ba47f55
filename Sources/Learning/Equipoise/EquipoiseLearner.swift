import Cohort
import LinearAlgebra

/// The whole method with the defaults that measured best: linear relational heads on the
/// SNF-fused patient graph, signals out of fold, distillation where it is plausible, joint training
/// with balanced losses and informed emphasis, and an average of five posteriors that does no harm.
public struct EquipoiseLearner: Learner {
  /// Method name.
  public let name: String
  /// Switches of this variant.
  public let configuration: EquipoiseConfiguration

  /// A variant of the method under a name.
  public init(name: String, configuration: EquipoiseConfiguration) {
    self.name = name
    self.configuration = configuration
  }

  /// Fits the members on the training patients; see the type.
  ///
  /// - Throws: ``LearningError`` `.noUsableModality` if every modality is unmeasured or constant in
  ///   the training patients.
  public func fit(_ training: TrainingView, _ context: FitContext) throws -> any FittedLearner {
    let prepared = context.store.value("prepared") { StandardizedModalities(training, context) }
    guard !prepared.modalities.isEmpty else {
      throw LearningError(
        code: .noUsableModality, location: name,
        found: training.table.modalities.map(\.name).joined(separator: ", "),
        expected: "a modality that varies among the training patients")
    }
    let whole = try EquipoiseFit(training, context, configuration)
    let patterns =
      configuration.imputesMissing && configuration.answer == .average
        && prepared.modalities.count > 1
      ? MissingPatterns(training: training, context: context, configuration: configuration) : nil
    return FittedEquipoise(
      whole: whole, patterns: patterns, modalities: prepared.modalities,
      prior: training.labelledPrior)
  }
}

extension TrainingView {
  /// Class frequencies of the labelled training patients.
  var labelledPrior: [Double] {
    var counts = [Double](repeating: 0, count: classCount)
    for label in labels where label >= 0 { counts[label] += 1 }
    let total = counts.reduce(0, +)
    return counts.map { $0 / max(total, 1) }
  }
}

/// Members that learn from labelled patients, and their mean.
struct LabelledMembers: Sendable {
  /// With graph, then, in an average, without.
  let members: [LinearRelationalMember]
  let answer: EquipoiseConfiguration.Answer

  /// The answer of what the members said.
  func answer(_ said: [LinearRelationalMember.Posteriors]) -> Matrix {
    var parts = said.map(\.joint)
    if answer == .average {
      parts += said.map(\.late)
      // The last member is the one without graph.
      parts += said.suffix(1).map(\.bestSingle)
    }
    var mean = Matrix(rows: parts[0].rowCount, columns: parts[0].columnCount)
    for part in parts { mean.add(part, times: 1 / Double(parts.count)) }
    return mean
  }
}

/// The method fitted on modalities as they are, or as they would be without some.
struct EquipoiseFit: Sendable {
  private let base: LabelledMembers
  private let unlabelled: UnlabelledMembers?
  /// What was decided, for the report.
  let record: FitRecord

  init(
    _ training: TrainingView, _ context: FitContext, _ configuration: EquipoiseConfiguration
  ) throws {
    let labelled = LabelledRows(training, context)
    let graphChoice: RelationChoice = configuration.usesFusedGraph ? .ownAndFused : .own
    let withGraph = try LinearRelationalMember(
      training, context, labelled, graphChoice, configuration)
    var members = [withGraph]
    if configuration.answer == .average {
      members.append(
        try LinearRelationalMember(training, context, labelled, .none, configuration))
    }
    let base = LabelledMembers(members: members, answer: configuration.answer)
    unlabelled =
      configuration.usesUnlabelledMembers && configuration.answer == .average
      ? try UnlabelledMembers(training, context, labelled, configuration) { rows in
        base.answer(members.map { $0.trainingPosteriors(rows) })
      } : nil
    self.base = base
    record = withGraph.record
  }

  /// Posteriors of patients; a row depends on that patient alone.
  func answer(_ patients: PatientTable) -> Matrix {
    let answer = base.answer(base.members.map { $0.posteriors(patients) })
    return unlabelled?.joined(to: answer, patients) ?? answer
  }
}

/// A fitted variant of the method.
struct FittedEquipoise: FittedLearner {
  let whole: EquipoiseFit
  let patterns: MissingPatterns?
  /// Modalities in use, as ``MissingPatterns`` counts them.
  let modalities: [String]
  let prior: [Double]
  var record: FitRecord? { whole.record }

  func predict(_ patients: PatientTable) throws -> Predictions {
    var answer = Matrix(rows: patients.patientCount, columns: prior.count)
    for (missing, rows) in patternsOf(patients) {
      if missing.count == modalities.count {
        for row in rows { answer.setRow(row, prior) }
        continue
      }
      let fit = missing.isEmpty ? whole : try patterns?.fit(missing) ?? whole
      let said = fit.answer(patients.selecting(rows: rows))
      for (position, row) in rows.enumerated() { answer.setRow(row, said.row(position)) }
    }
    return Predictions(probabilities: answer)
  }

  /// Positions of missing modalities, with the rows that lack them, in order of first appearance.
  private func patternsOf(_ patients: PatientTable) -> [(missing: [Int], rows: [Int])] {
    let isMeasured = modalities.map { name in
      patients.modalities.first { $0.name == name }?.isMeasured
        ?? [Bool](repeating: false, count: patients.patientCount)
    }
    var result: [(missing: [Int], rows: [Int])] = []
    for row in 0..<patients.patientCount {
      let missing = modalities.indices.filter { !isMeasured[$0][row] }
      if let index = result.firstIndex(where: { $0.missing == missing }) {
        result[index].rows.append(row)
      } else {
        result.append((missing, [row]))
      }
    }
    return result
  }
}
