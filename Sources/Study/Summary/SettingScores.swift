import Cohort
import Evaluation
import LinearAlgebra

/// Macro-F1 of all methods under all settings, by replicate and by resample of patients: what
/// comparisons within and between settings are made of.
struct SettingScores: Sendable {
  /// One method under one setting.
  struct Entry: Sendable {
    /// By replicate; undefined values are nil.
    let values: [Double?]
    /// By resample; NaN where undefined.
    let resampled: [Double]
    /// Tested over trained patients.
    let testTrainRatio: Double
  }

  /// Replicates of each setting, in order.
  let replicates: [[Replicate]]
  private let entries: [[Entry]]
  private let plan: StudyPlan

  /// Scores of finished results; `predictions` by setting, then method.
  ///
  /// - Complexity: O(settings · methods · resamples · replicates · tested patients).
  init(plan: StudyPlan, predictions: [[MethodPredictions]], threads: Int) throws {
    self.plan = plan
    replicates = plan.settings.map { plan.replicates(of: $0) }
    let methodCount = plan.methods.count
    let bootstrap = plan.bootstrap
    let labels = plan.outcome.labels
    let flat = parallelMap(count: predictions.count * methodCount, threads: threads) { index in
      let method = predictions[index / methodCount][index % methodCount]
      return Entry(
        values: method.values(of: MacroF1(), labels: labels),
        resampled: bootstrap.scores(of: method), testTrainRatio: method.testTrainRatio)
    }
    entries = predictions.indices.map { setting in
      Array(flat[setting * methodCount..<(setting + 1) * methodCount])
    }
  }

  /// A method under a setting, both by their place in the plan.
  func entry(setting: Int, method: Int) -> Entry { entries[setting][method] }

  /// A weighted mean of one method over settings with the same replicates; nil where these differ.
  func mean(method: Int, over weighted: [(setting: Int, weight: Double)]) -> Entry? {
    guard let first = weighted.first,
      weighted.allSatisfy({ replicates[$0.setting] == replicates[first.setting] })
    else { return nil }
    let parts = weighted.map { (entry: entries[$0.setting][method], weight: $0.weight) }
    return Entry(
      values: replicates[first.setting].indices.map { index in
        let terms = parts.map { part in part.entry.values[index].map { $0 * part.weight } }
        let defined = terms.compactMap { $0 }
        return defined.count == terms.count ? defined.reduce(0, +) : nil
      },
      resampled: parts[0].entry.resampled.indices.map { index in
        parts.reduce(0) { $0 + $1.entry.resampled[index] * $1.weight }
      },
      testTrainRatio: parts.map(\.entry.testTrainRatio).reduce(0, +) / Double(parts.count))
  }
}

extension SettingScores.Entry {
  /// Paired differences of this entry minus another, where both are defined.
  func differences(to other: SettingScores.Entry) -> [Double] {
    zip(values, other.values).compactMap { pair in
      guard let a = pair.0, let b = pair.1 else { return nil }
      return a - b
    }
  }
}
