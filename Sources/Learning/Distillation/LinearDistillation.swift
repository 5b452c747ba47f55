import Cohort
import Evaluation
import LinearAlgebra
import MutualInformation
import NeuralNetwork

/// Linear heads of a training set with everything that is to be known of who may teach whom: the
/// way to evidence for learners, audits and studies alike.
///
/// ```swift
/// let linear = try LinearDistillation(training, context)
/// for evidence in try linear.evidence(for: .automatic) {
///   let decision = DistillationRule.automatic.decision(on: evidence)
/// }
/// ```
package struct LinearDistillation: Sendable {
  /// Features of the heads.
  package let features: RelationalFeatures
  /// Labelled training patients and their inner folds.
  package let labelled: LabelledRows
  /// Heads, one per modality.
  package let heads: ModalityHeads
  /// Unlabelled training patients.
  package let supply: UnlabelledSupply
  /// What the heads say out of fold.
  package let readings: HeadReadings
  private let blocks: RandomStream

  /// Heads on plain features (default) or on neighbors as well; features and heads are shared
  /// through the context's store.
  package init(
    _ training: TrainingView, _ context: FitContext, _ choice: RelationChoice = .none
  ) throws {
    let labelled = LabelledRows(training, context)
    let backbone = try LinearBackbone(
      training, context, PreparedPatients.shared(training, context), labelled, choice,
      EquipoiseConfiguration())
    self.init(
      backbone.features, try backbone.signals(), labelled, training, context.streams)
  }

  init(
    _ features: RelationalFeatures, _ heads: ModalityHeads, _ labelled: LabelledRows,
    _ training: TrainingView, _ streams: RandomStreams
  ) {
    self.features = features
    self.heads = heads
    self.labelled = labelled
    supply = UnlabelledSupply(
      modalities: features.modalities, labels: training.labels, isMeasured: features.isMeasured)
    readings = HeadReadings(heads, labelled, supply)
    blocks = streams.stream("distillation/blocks")
  }

  /// Evidence on every ordered pair, by student, then teacher, with trials where the rule looks at
  /// them; a rule can decide on evidence gathered for another.
  package func evidence(for rule: DistillationRule) throws -> [DistillationEvidence] {
    let count = features.modalities.count
    return try (0..<count).flatMap { s in
      try (0..<count).filter { $0 != s }.map { t in
        try evidence(teacher: t, student: s, for: rule)
      }
    }
  }

  /// Evidence on one ordered pair.
  package func evidence(
    teacher t: Int, student s: Int, for rule: DistillationRule
  ) throws -> DistillationEvidence {
    var evidence = try DistillationEvidence(readings, teacher: t, student: s, blocks: blocks)
    if rule.needsTrial, evidence.isSufficient, evidence.unlabelledCount > 0 {
      evidence.trial = try trial(teacher: t, student: s)
    }
    return evidence
  }

  /// A trainer of one ordered pair.
  package func trainer(teacher t: Int, student s: Int) -> StudentTrainer {
    StudentTrainer(
      teacher: t, student: s, pairs: supply.pairs(t, s), features, heads, labelled)
  }

  /// What the student gained when it was taught within inner folds.
  package func trial(
    teacher t: Int, student s: Int
  ) throws -> DistillationEvidence.Difference {
    try trial(student: s, taught: try trainer(teacher: t, student: s).outOfFold())
  }

  /// Macro-F1 of a taught student out of fold less that of the plain head, on labelled patients who
  /// have the modality, with a delete-block jackknife.
  package func trial(
    student s: Int, taught: Matrix
  ) throws -> DistillationEvidence.Difference {
    let (taughtClasses, plainClasses) = (argmaxRows(taught), argmaxRows(heads.outOfFold[s]))
    let rows = readings.commonRows(s, s)
    let (labels, classCount) = (labelled.labels, labelled.classCount)
    @Sendable func gain(_ kept: [Int]) -> Double {
      let truth = kept.map { labels[rows[$0]] }
      func score(_ predicted: [Int]) -> Double {
        macroF1(
          truth: truth, predicted: kept.map { predicted[rows[$0]] }, classCount: classCount)
      }
      return score(taughtClasses) - score(plainClasses)
    }
    let error = try BlockJackknife(rowCount: rows.count, stream: blocks) { gain($0) }
      .standardError
    return DistillationEvidence.Difference(gain(Array(rows.indices)), standardError: error)
  }
}
