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
  let relational: ServedMember
  let discriminants: [SmoothedDiscriminant]
  let share: Double
  let sharpenings: [Sharpening]
  let baseSharpening: Sharpening
  let calming: Sharpening

  /// Members of given parts.
  init(
    relational: ServedMember, discriminants: [SmoothedDiscriminant], share: Double,
    sharpenings: [Sharpening], baseSharpening: Sharpening, calming: Sharpening
  ) {
    self.relational = relational
    self.discriminants = discriminants
    self.share = share
    self.sharpenings = sharpenings
    self.baseSharpening = baseSharpening
    self.calming = calming
  }

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
    let member = try LinearRelationalMember(
      training, context, labelled, configuration.usesFusedGraph ? .ownAndFused : .own, plain,
      input: .emphasizedComponents(150))
    relational = member.served
    let heard = member.trainingPosteriors(rows)
    var members = [heard.late, heard.joint]
    var discriminants: [SmoothedDiscriminant] = []
    for (components, shrinkage) in [(150, 0.7), (30, 0.4)] {
      let features = try RelationalFeatures(
        training, context, .fusedMean, input: .components(components))
      let fitted = try SmoothedDiscriminant(features, labelled, shrinkage: shrinkage)
      members.append(fitted.posteriors(features.features.map { $0.selecting(rows: rows) }))
      discriminants.append(fitted)
    }
    self.discriminants = discriminants
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
  func joined(to base: Matrix, _ placed: PlacedPatients) -> Matrix {
    let heard = relational.posteriors(placed)
    let members = [heard.late, heard.joint] + discriminants.map { $0.posteriors(placed) }
    return calming(
      Self.mixture(baseSharpening(base), zip(sharpenings, members).map { $0($1) }, share: share))
  }

  static func mixture(_ base: Matrix, _ members: [Matrix], share: Double) -> Matrix {
    var result = base
    result.scale(by: 1 - share)
    for member in members { result.add(member, times: share / Double(members.count)) }
    return result
  }
}
