import Cohort
import LinearAlgebra

/// Members of the answer that learn from unlabelled training patients, and their share in it.
///
/// p = (1 - u²) p_base + u² mean(p_1 … p_4), u the share of training patients without a label, each
/// sharpened to a mean largest posterior of .9 over the training patients first: p_1 and p_2 learned
/// late fusion and gated joint on 150 emphasized components, p_3 and p_4 smoothed discriminants with
/// 150 and 30 components. Principal components need no label and many patients, and so does the
/// graph; with every patient labelled the share is 0.
///
/// The mixture is brought back to the confidence that the base had on the unlabelled patients, so
/// that sharpening moves no probability on the whole. Source: ours (docs/decisions/0013).
struct UnlabelledMembers: Sendable {
  private let relational: LinearRelationalMember
  private let discriminants: [SmoothedDiscriminant]
  private let share: Double
  private let sharpenings: [Sharpening]
  private let baseSharpening: Sharpening
  private let calming: Sharpening

  /// Confidence at which members meet.
  private static let confidence = 0.9

  /// Members for a training set; nil where everybody is labelled.
  ///
  /// - Parameter base: posteriors of training rows by the members that need labels.
  init?(
    _ training: TrainingView, _ context: FitContext, _ labelled: LabelledRows,
    _ configuration: EquipoiseConfiguration, base: ([Int]) -> Matrix
  ) throws {
    let rows = Array(0..<training.trainingCount)
    let unlabelled = rows.filter { training.labels[$0] < 0 }
    guard !unlabelled.isEmpty else { return nil }
    let unlabelledShare = Double(unlabelled.count) / Double(rows.count)
    share = unlabelledShare * unlabelledShare
    var plain = configuration
    plain.usesDistillation = false
    plain.usesBalance = false
    relational = try LinearRelationalMember(
      training, context, labelled, configuration.usesFusedGraph ? .ownAndFused : .own, plain,
      input: .emphasizedComponents(150))
    discriminants = try [(150, 0.7), (30, 0.4)].map { components, shrinkage in
      try SmoothedDiscriminant(
        training, context, labelled, components: components, shrinkage: shrinkage)
    }
    let heard = relational.trainingPosteriors(rows)
    let members =
      [heard.late, heard.joint] + discriminants.map { $0.trainingPosteriors(rows) }
    let whole = base(rows)
    sharpenings = members.map { Sharpening($0, confidence: Self.confidence) }
    baseSharpening = Sharpening(whole, confidence: Self.confidence)
    let mixture = Self.mixture(
      baseSharpening(whole), zip(sharpenings, members).map { $0($1) }, share: share
    ).selecting(rows: unlabelled)
    calming = Sharpening(
      mixture, confidence: Sharpening.meanLargest(whole.selecting(rows: unlabelled)))
  }

  /// The answer for patients whose base answer is given; a row depends on that patient alone.
  func joined(to base: Matrix, _ patients: PatientTable) -> Matrix {
    let heard = relational.posteriors(patients)
    let members = [heard.late, heard.joint] + discriminants.map { $0.posteriors(patients) }
    return calming(
      Self.mixture(baseSharpening(base), zip(sharpenings, members).map { $0($1) }, share: share))
  }

  private static func mixture(_ base: Matrix, _ members: [Matrix], share: Double) -> Matrix {
    var result = base
    result.scale(by: 1 - share)
    for member in members { result.add(member, times: share / Double(members.count)) }
    return result
  }
}
