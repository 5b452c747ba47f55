import Evaluation

/// What one fit of each method serves: a replicate, and the settings that agree in all that a fit
/// depends on and differ in what tested patients show.
public struct StudyFit: Sendable {
  /// Settings whose tested patients are predicted, in the plan's order.
  public let settings: [StudySetting]
  /// The split.
  public let replicate: Replicate

  /// A fit that serves some settings, at least one.
  package init(settings: [StudySetting], replicate: Replicate) {
    precondition(!settings.isEmpty, "a fit serves a setting")
    self.settings = settings
    self.replicate = replicate
  }
}

/// The rows of one replicate.
package struct StudySplit: Equatable, Sendable {
  /// Training rows with their labels, ascending.
  package var labelledRows: [Int]
  /// Training rows that have no label or whose label is hidden, ascending.
  package var unlabelledRows: [Int]
  /// Rows to be predicted, ascending.
  package var testRows: [Int]
}

extension StudyPlan {
  /// Splits of a setting, in order: the folds, or its draws of labels.
  public func replicates(of setting: StudySetting) -> [Replicate] {
    if let size = setting.labelledCount, let draws { return draws.replicates(size: size) }
    // All labels of the training side can be drawn in one way only.
    if hasDraws(setting) { return [Replicate(repeatIndex: 0)] }
    return folds.tasks.map { Replicate(repeatIndex: $0.repeat, fold: $0.fold) }
  }

  /// Whether a setting is judged on the common test set of the draws.
  package func hasDraws(_ setting: StudySetting) -> Bool {
    guard let draws, draws.shareTestSet else { return false }
    return setting.labelledCount != nil || options.robustness?.kind == .samples
  }

  /// How far the replicates of a setting are independent.
  package func design(
    of setting: StudySetting, testTrainRatio: Double
  ) -> ReplicateDesign {
    hasDraws(setting) ? .independentDraws : .crossValidation(testTrainRatio: testTrainRatio)
  }

  /// The rows of a replicate.
  package func split(_ setting: StudySetting, _ replicate: Replicate) -> StudySplit {
    let tested =
      setting.labelledCount == nil ? replicate : draws?.testedFold(of: replicate) ?? replicate
    let trainable = folds.trainingRows(repeat: tested.repeatIndex, fold: tested.fold)
    let labelled =
      setting.labelledCount.flatMap { size in draws?.labelledRows(size: size, replicate) }
      ?? trainable.filter { folds.isLabelled[$0] }
    let isLabelled = Set(labelled)
    return StudySplit(
      labelledRows: labelled, unlabelledRows: trainable.filter { !isLabelled.contains($0) },
      testRows: folds.testRows(repeat: tested.repeatIndex, fold: tested.fold))
  }

  /// Fits in the order in which they are begun: every method is fitted once in each.
  public var fits: [StudyFit] {
    var order = [String]()
    var sharing = [String: [StudySetting]]()
    for setting in settings {
      // In transductive mode a fit sees the features of tested patients.
      let key = options.transductive ? setting.name : setting.trainingName
      if sharing[key] == nil { order.append(key) }
      sharing[key, default: []].append(setting)
    }
    return order.flatMap { key -> [StudyFit] in
      guard let settings = sharing[key], let first = settings.first else { return [] }
      return replicates(of: first).map { StudyFit(settings: settings, replicate: $0) }
    }
  }
}
