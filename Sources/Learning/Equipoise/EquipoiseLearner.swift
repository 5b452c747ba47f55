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
    let labelled = LabelledRows(training, context)
    let graphChoice: RelationChoice = configuration.usesFusedGraph ? .ownAndFused : .own
    let withGraph = try LinearRelationalMember(
      training, context, labelled, graphChoice, configuration)
    var members = [withGraph]
    if configuration.answer == .average {
      members.append(
        try LinearRelationalMember(training, context, labelled, .none, configuration))
    }
    return FittedEquipoise(
      members: members, answer: configuration.answer, prior: training.labelledPrior,
      record: withGraph.record)
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

/// A fitted variant of the method.
struct FittedEquipoise: FittedLearner {
  let members: [LinearRelationalMember]
  let answer: EquipoiseConfiguration.Answer
  let prior: [Double]
  let record: FitRecord?

  func predict(_ patients: PatientTable) throws -> Predictions {
    let said = members.map { $0.posteriors(patients) }
    var parts = said.map(\.joint)
    if answer == .average {
      parts += said.map(\.late)
      // The last member is the one without graph.
      parts += said.suffix(1).map(\.bestSingle)
    }
    var mean = Matrix(rows: patients.patientCount, columns: prior.count)
    for part in parts { mean.add(part, times: 1 / Double(parts.count)) }
    let isMeasured = said.first?.isMeasured ?? []
    for i in 0..<mean.rowCount where !isMeasured.contains(where: { $0[i] }) {
      mean.setRow(i, prior)
    }
    return Predictions(probabilities: mean)
  }
}
