import Cohort
import LinearAlgebra

/// Members on all features, and their mean.
struct LabelledMembers: Sendable {
  /// With graph, then, in an average, without.
  let members: [ServedMember]
  let answer: EquipoiseConfiguration.Answer

  /// The answer from the members' posteriors.
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

  /// The members of the answer, each one pass of the pipeline over the same prepared patients.
  init(
    _ training: TrainingView, _ context: FitContext, _ prepared: PreparedPatients,
    _ configuration: EquipoiseConfiguration
  ) throws {
    let labelled = LabelledRows(training, context)
    func member(_ relations: RelationChoice) throws -> LinearBackbone.Trained {
      try LinearBackbone(training, context, prepared, labelled, relations, configuration).passed()
    }
    let withGraph = try member(configuration.usesFusedGraph ? .ownAndFused : .own)
    let isAverage = configuration.answer == .average
    base = LabelledMembers(
      members: [withGraph.served] + (isAverage ? [try member(.none).served] : []),
      answer: configuration.answer)
    components =
      configuration.usesComponentMembers && isAverage
      ? try ComponentMembers(training, context, prepared, labelled, configuration) : nil
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
