import Cohort
import Evaluation
import LinearAlgebra

extension SettingResults {
  /// More groups than this are not told apart: such a column names patients, not centres.
  private static let mostGroups = 20

  /// Spread of every metric of a method, and its results by group.
  private func methodSummary(_ method: MethodPredictions) -> StudySummary.Method {
    let scored = method.folds.map { fold in
      ScoredRows(
        truth: fold.rows.map { plan.outcome.labels[$0] }, probabilities: fold.probabilities)
    }
    let design = plan.design(of: setting, testTrainRatio: method.testTrainRatio)
    var metrics = [String: StudySummary.MetricSpread]()
    var pAboveGuessing: Double?
    for metric in MetricRegistry.all {
      let spread = FoldSpread(values: scored.map { metric.value(of: $0) }, design: design)
      metrics[metric.name] = StudySummary.MetricSpread(
        mean: spread?.mean, sd: spread?.standardDeviation,
        ci95: spread?.interval.map { interval in
          // t knows no ends of a metric's range.
          let ends = [interval.lower, interval.upper].map {
            min(max($0, metric.range.lowerBound), metric.range.upperBound)
          }
          return StudySummary.Bounds(ends[0], ends[1])
        })
      guard metric is MacroF1 else { continue }
      let bound = Guessing.highestMacroF1(classCount: plan.outcome.classes.count)
      pAboveGuessing = spread?.test.map { Guessing.p($0, above: bound) }
    }
    let repeats = pooledRepeats(method)
    return StudySummary.Method(
      name: method.name, metrics: metrics,
      pooledMacroF1: mean(of: MacroF1(), repeats), pAboveGuessing: pAboveGuessing,
      byGroup: groupResults(repeats))
  }

  /// All methods. Above guessing is what is so over replicates and over patients, corrected for the
  /// number of methods.
  ///
  /// - Parameter resampled: macro-F1 by method and resample of patients, NaN where undefined.
  func methodSummaries(
    _ predictions: [MethodPredictions], resampled: [[Double]]
  ) -> [StudySummary.Method] {
    var methods = predictions.map(methodSummary)
    let bound = Guessing.highestMacroF1(classCount: plan.outcome.classes.count)
    for (index, scores) in resampled.enumerated() {
      methods[index].pAboveGuessing = methods[index].pAboveGuessing.map {
        max($0, Guessing.p(resampled: scores, above: bound))
      }
    }
    let tried = methods.indices.filter { methods[$0].pAboveGuessing != nil }
    let corrected = MultipleTesting.holm(tried.map { methods[$0].pAboveGuessing ?? 1 })
    for (index, p) in zip(tried, corrected) { methods[index].pAboveGuessing = p }
    return methods
  }

  /// Predictions of all folds together, repeat by repeat.
  private func pooledRepeats(_ method: MethodPredictions) -> [[(row: Int, values: [Double])]] {
    let count = (method.folds.map(\.repeat).max() ?? -1) + 1
    var repeats = [[(row: Int, values: [Double])]](repeating: [], count: count)
    for fold in method.folds {
      for (position, row) in fold.rows.enumerated() {
        repeats[fold.repeat].append((row, Array(fold.probabilities.row(position))))
      }
    }
    return repeats
  }

  private func mean(
    of metric: any Metric, _ repeats: [[(row: Int, values: [Double])]]
  ) -> Double? {
    let values = repeats.filter { !$0.isEmpty }.compactMap { rows in
      metric.value(
        of: ScoredRows(
          truth: rows.map { plan.outcome.labels[$0.row] },
          probabilities: Matrix(rows.map(\.values))))
    }
    return values.isEmpty ? nil : orderedMean(values)
  }

  private func groupResults(
    _ repeats: [[(row: Int, values: [Double])]]
  ) -> [StudySummary.GroupResult] {
    guard let groups = plan.cohort.groups else { return [] }
    let labelled = plan.outcome.labelledRows
    let names = Set(labelled.map { groups[$0] })
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    guard names.count <= SettingResults.mostGroups else { return [] }
    return names.map { name in
      let within = repeats.map { rows in rows.filter { groups[$0.row] == name } }
      return StudySummary.GroupResult(
        group: name, patients: labelled.count { groups[$0] == name },
        macroF1: mean(of: MacroF1(), within), accuracy: mean(of: Accuracy(), within))
    }
  }
}
