import Cohort
import LinearAlgebra

/// Members on all features, and their mean.
struct LabelledMembers: Sendable {
  /// With graph, then, in an average, without.
  let members: [ServedMember]
  let answer: EquipoiseConfiguration.Answer

  /// The answer of what the members said.
  func answer(_ said: [ServedMember.Posteriors]) -> Matrix {
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
  let placement: PatientPlacement
  let base: LabelledMembers
  let components: ComponentMembers?
  /// What was decided, for the report; nil where a file keeps it elsewhere.
  let record: FitRecord?

  /// A fit of given parts.
  init(placement: PatientPlacement, base: LabelledMembers, components: ComponentMembers?) {
    self.placement = placement
    self.base = base
    self.components = components
    record = nil
  }

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
    base = LabelledMembers(members: members.map(\.served), answer: configuration.answer)
    components =
      configuration.usesComponentMembers && configuration.answer == .average
      ? try ComponentMembers(training, context, labelled, configuration) : nil
    placement = withGraph.placement
    record = withGraph.record
  }

  /// Posteriors of patients; a row depends on that patient alone.
  func answer(_ patients: PatientTable) -> Matrix {
    let placed = placement(patients)
    let answer = base.answer(base.members.map { $0.posteriors(placed) })
    return components?.joined(to: answer, placed) ?? answer
  }
}
