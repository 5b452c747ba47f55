import Cohort
import Evaluation
import LinearAlgebra

/// What one fit is made of: what a learner may see, and whom it has to predict.
package struct FoldMaterial: Sendable {
  /// Training patients with their labels; in transductive mode followed by the test patients'
  /// features.
  package let training: TrainingView
  /// Rows of the cohort to be predicted, ascending.
  package let testRows: [Int]
  /// Their measurements under each setting of the fit; no labels.
  package let tests: [PatientTable]
  /// Labelled training patients, `n_train`.
  package let labelledCount: Int
  /// Streams `repeat=R/fold=F`, or `draw=D`.
  package let streams: RandomStreams
}

extension StudyPlan {
  /// The material of a fit. In inductive mode the training view holds nothing of the test patients.
  package func material(of fit: StudyFit) -> FoldMaterial {
    let first = fit.settings[0]
    let split = split(first, fit.replicate)
    let isLabelled = Set(split.labelledRows)
    let streams = streams(first, fit.replicate)
    // Everything drawn below follows names: rows are places in `order` from here on.
    var place = [Int](repeating: 0, count: order.count)
    for (position, row) in order.enumerated() { place[row] = position }
    let trainable = (split.labelledRows + split.unlabelledRows).sorted { place[$0] < place[$1] }
    let fold = DegradedFold(
      trainingRows: trainable.map { place[$0] },
      trainingLabels: trainable.map { outcome.labels[$0] }, classes: outcome.classes,
      testRows: split.testRows.map { place[$0] }.sorted(), streams: streams)
    let tables = fit.settings.map { $0.degraded(orderedTable, in: fold) }
    let trainingRows =
      options.unlabelled == .use
      ? trainable : split.labelledRows.sorted { place[$0] < place[$1] }
    let seenRows = options.transductive ? trainingRows + split.testRows : trainingRows
    return FoldMaterial(
      training: TrainingView(
        table: tables[0].selecting(rows: seenRows.map { place[$0] }),
        labels: trainingRows.map { isLabelled.contains($0) ? outcome.labels[$0] : -1 },
        classes: outcome.classes,
        groups: cohort.groups.map { groups in trainingRows.map { groups[$0] } }),
      testRows: split.testRows,
      tests: tables.map { $0.selecting(rows: split.testRows.map { place[$0] }) },
      labelledCount: split.labelledRows.count, streams: streams)
  }

  /// Streams of a replicate, the same under every setting: what settings differ in is then the
  /// setting, not the luck of a draw.
  private func streams(_ setting: StudySetting, _ replicate: Replicate) -> RandomStreams {
    let streams = RandomStreams(seed: options.seed)
    if setting.labelledCount != nil, hasDraws(setting) {
      return streams.scoped("draw=\(replicate.repeatIndex)")
    }
    return streams.scoped("repeat=\(replicate.repeatIndex)").scoped("fold=\(replicate.fold)")
  }
}
