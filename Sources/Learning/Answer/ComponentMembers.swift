import Cohort
import LinearAlgebra

/// Members of the answer that see each modality through its leading components, and their share in it.
///
/// p = (1 − w) p_base + w mean(p_1 … p_4): p_1 and p_2 learned late fusion and gated joint model on 150
/// emphasized components, p_3 and p_4 smoothed discriminants on 150 and 30 components. Components and
/// graph need no label, so unlabelled training patients shape them: the fewer labels, the more they
/// know that the base does not. Source: ours (docs/decisions/0018).
struct ComponentMembers: Sendable {
  let relational: ServedMember
  let discriminants: [SmoothedDiscriminant]
  /// w, 0…1.
  let share: Double

  /// Members of given parts.
  init(relational: ServedMember, discriminants: [SmoothedDiscriminant], share: Double) {
    self.relational = relational
    self.discriminants = discriminants
    self.share = share
  }

  /// w of n labelled patients: 1 / (1 + (n/100)²), at least .3.
  static func share(labelledCount n: Int) -> Double {
    let hundreds = Double(n) / 100
    return max(0.3, 1 / (1 + hundreds * hundreds))
  }

  /// Members for a training set.
  init(
    _ training: TrainingView, _ context: FitContext, _ prepared: PreparedPatients,
    _ labelled: LabelledRows, _ configuration: EquipoiseConfiguration
  ) throws {
    share = Self.share(labelledCount: labelled.rows.count)
    var plain = configuration
    plain.usesDistillation = false
    plain.usesBalance = false
    relational = try LinearBackbone(
      training, context, prepared, labelled, configuration.usesFusedGraph ? .ownAndFused : .own,
      plain, input: .emphasizedComponents(150)
    ).passed().served
    discriminants = try [(150, 0.7), (30, 0.4)].map { components, shrinkage in
      try SmoothedDiscriminant(
        RelationalFeatures(
          prepared, training, context, .fusedMean, input: .components(components)),
        labelled, shrinkage: shrinkage)
    }
  }

  /// Probabilities of patients by each member; a row depends on that patient alone.
  func posteriors(_ placed: PlacedPatients) -> [Matrix] {
    let heard = relational.posteriors(placed)
    return [heard.late, heard.joint] + discriminants.map { $0.posteriors(placed) }
  }

  /// The answer for patients whose base answer is given; a row depends on that patient alone.
  func joined(to base: Matrix, _ placed: PlacedPatients) -> Matrix {
    Self.mixture(base, posteriors(placed), share: share)
  }

  static func mixture(_ base: Matrix, _ members: [Matrix], share: Double) -> Matrix {
    var result = base
    result.scale(by: 1 - share)
    for member in members { result.add(member, times: share / Double(members.count)) }
    return result
  }
}
