import Cohort
import Evaluation
import LinearAlgebra
import Study

/// Out-of-fold probabilities of patients under one pattern of missing modalities.
struct PatternReadings: Sendable {
  let pattern: MissingPattern
  /// Rows of the training table.
  var rows: [Int] = []
  /// True classes.
  var labels: [Int] = []
  /// Patients × classes.
  var probabilities: Matrix
}

/// What a method says of each labelled training patient when fitted without its fold: as the patient
/// is, and as it would be under every pattern that a model serves.
struct OutOfFoldReadings: Sendable {
  /// Every labelled patient once, as it is.
  let natural: PatternReadings
  /// By served pattern, the complete one first: patients who have all that is left, without the rest.
  let patterns: [PatternReadings]
  /// Fold of each training patient; -1 where unlabelled.
  let folds: [Int]
  /// Folds.
  let foldCount: Int

  /// Readings of given parts.
  init(natural: PatternReadings, patterns: [PatternReadings], folds: [Int], foldCount: Int) {
    self.natural = natural
    self.patterns = patterns
    self.folds = folds
    self.foldCount = foldCount
  }

  /// - Parameters:
  ///   - training: all training patients.
  ///   - inputs: the model's modalities.
  ///   - served: patterns beside the complete one.
  ///   - progress: told after every fit with how many are done.
  init(
    _ learner: any Learner, _ training: TrainingView, _ options: TrainingOptions,
    inputs: ModelInputs, served: [MissingPattern], threads: Int,
    progress: @escaping @Sendable () -> Void
  ) throws {
    let folds = Self.folds(training, options)
    let count = (folds.max() ?? 0) + 1
    let patterns = [MissingPattern.complete] + served
    let parts = try parallelMap(count: count, threads: threads) { fold in
      try Fold(
        learner, training, options, held: folds.indices.filter { folds[$0] == fold }, fold: fold,
        inputs: inputs, patterns: patterns, progress: progress)
    }
    self.folds = folds
    foldCount = count
    natural = Self.joined(parts.map(\.natural))
    self.patterns = patterns.indices.map { k in Self.joined(parts.map { $0.patterns[k] }) }
  }

  /// Fold of each training patient; -1 where unlabelled.
  private static func folds(_ training: TrainingView, _ options: TrainingOptions) -> [Int] {
    var counts = [Int](repeating: 0, count: training.classCount)
    for label in training.labels where label >= 0 { counts[label] += 1 }
    let smallest = counts.filter { $0 > 0 }.min() ?? 2
    return stratifiedFolds(
      labels: training.labels, folds: max(2, min(options.folds, smallest)),
      groups: training.groups,
      stream: RandomStreams(seed: options.seed, prefix: "train").stream("split/calibration"))
  }

  private static func joined(_ parts: [PatternReadings]) -> PatternReadings {
    PatternReadings(
      pattern: parts[0].pattern, rows: parts.flatMap(\.rows), labels: parts.flatMap(\.labels),
      probabilities: Matrix.vertical(parts.map(\.probabilities)))
  }
}

/// One fold’s part.
private struct Fold: Sendable {
  var natural: PatternReadings
  var patterns: [PatternReadings]

  init(
    _ learner: any Learner, _ training: TrainingView, _ options: TrainingOptions, held: [Int],
    fold: Int, inputs: ModelInputs, patterns: [MissingPattern],
    progress: @Sendable () -> Void
  ) throws {
    let isHeld = Set(held)
    let kept = training.labels.indices.filter { !isHeld.contains($0) }
    let view = TrainingView(
      table: training.table.selecting(rows: kept), labels: kept.map { training.labels[$0] },
      classes: training.classes,
      groups: training.groups.map { groups in kept.map { groups[$0] } })
    let fitted = try learner.fit(
      view,
      FitContext(
        streams: RandomStreams(seed: options.seed, prefix: "train/fold=\(fold)"),
        preprocessing: options.preprocessing, innerFolds: options.innerFolds, gate: options.gate))
    progress()
    let patients = try AlignedPatients(training.table.selecting(rows: held), inputs: inputs)
    let own = patients.patterns
    var naturalRows = Matrix(rows: held.count, columns: training.classCount)
    var isRead = [Bool](repeating: false, count: held.count)
    self.patterns = []
    for pattern in patterns {
      let server =
        pattern.missing.isEmpty
        ? fitted : try (fitted as? any StorableLearner)?.dedicated(to: pattern.missing) ?? fitted
      let rows = own.indices.filter { own[$0].missing.allSatisfy(pattern.missing.contains) }
      let table = patients.table.selecting(rows: rows).selecting(
        modalities: inputs.modalities.map(\.name).filter { !pattern.missing.contains($0) })
      let said = try server.predict(table).probabilities
      self.patterns.append(
        PatternReadings(
          pattern: pattern, rows: rows.map { held[$0] },
          labels: rows.map { training.labels[held[$0]] }, probabilities: said))
      for (position, row) in rows.enumerated() where own[row] == pattern {
        naturalRows.setRow(row, said.row(position))
        isRead[row] = true
      }
      if !pattern.missing.isEmpty { progress() }
    }
    // Whoever has a pattern that is not served is predicted in the method's own way; whoever has
    // nothing tells nothing.
    let isEmpty = own.map { $0.missing.count == inputs.modalities.count && !$0.missing.isEmpty }
    let others = own.indices.filter { !isRead[$0] && !isEmpty[$0] }
    if !others.isEmpty {
      let said = try fitted.predict(patients.table.selecting(rows: others)).probabilities
      for (position, row) in others.enumerated() { naturalRows.setRow(row, said.row(position)) }
    }
    let told = held.indices.filter { !isEmpty[$0] }
    natural = PatternReadings(
      pattern: .complete, rows: told.map { held[$0] },
      labels: told.map { training.labels[held[$0]] },
      probabilities: naturalRows.selecting(rows: told))
  }
}
