import Cohort
import Evaluation
import LinearAlgebra

extension SettingResults {
  /// What the fits told of each modality.
  func modalitySummaries() -> [StudySummary.Modality] {
    plan.cohort.table.modalities.map { modality in
      let told = plan.methods.map { method in
        (
          method,
          results(of: method).compactMap { result in
            result.record?.modalities.first { $0.name == modality.name }
          }
        )
      }
      let ordered = told.filter { $0.0 == plan.reference } + told.filter { $0.0 != plan.reference }
      let informativeness =
        ordered.lazy.map { $0.1.compactMap(\.informativeness).filter(\.isFinite) }
        .first { !$0.isEmpty } ?? []
      var range: StudySummary.Bounds?
      if let low = informativeness.min(), let high = informativeness.max() {
        range = StudySummary.Bounds(low, high)
      }
      return StudySummary.Modality(
        name: modality.name, featureCount: modality.featureCount,
        measuredCount: modality.measuredRows.count,
        measuredLabelled: modality.measuredRows.count { plan.outcome.labels[$0] >= 0 },
        informativeness: informativeness.isEmpty ? nil : orderedMean(informativeness),
        informativenessRange: range,
        weightTrajectories: told.compactMap { trajectory(method: $0.0, $0.1) })
    }
  }

  private func trajectory(
    method: String, _ records: [FitRecord.Modality]
  ) -> StudySummary.WeightTrajectory? {
    let fits = records.map(\.weights).filter { !$0.isEmpty }
    let emphases = records.compactMap(\.emphasis).filter(\.isFinite)
    guard !fits.isEmpty || !emphases.isEmpty else { return nil }
    return StudySummary.WeightTrajectory(method: method, fits: fits, emphases: emphases)
  }

  /// Decisions on teacher–student pairs, by method, in the order in which fits first tell of them.
  func distillationSummaries() -> [StudySummary.Distillation] {
    plan.methods.flatMap { method in
      var order = [[String]]()
      var byPair = [[String]: [FitRecord.Distillation]]()
      for result in results(of: method) {
        for decision in result.record?.distillation ?? [] {
          let pair = [decision.teacher, decision.student]
          if byPair[pair] == nil { order.append(pair) }
          byPair[pair, default: []].append(decision)
        }
      }
      return order.compactMap { pair in
        byPair[pair].flatMap { summary(method: method, pair: pair, $0) }
      }
    }
  }

  private func summary(
    method: String, pair: [String], _ decisions: [FitRecord.Distillation]
  ) -> StudySummary.Distillation? {
    guard !decisions.isEmpty else { return nil }
    var counts = [String: Int]()
    for decision in decisions { counts[decision.decision, default: 0] += 1 }
    let names = counts.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    let most = names.map { counts[$0] ?? 0 }.max()
    let frequent = names.first { counts[$0] == most } ?? "uncertain"
    // The paper's gate looks at I(H_t; H_s) - I(H_s; Y); its 95 % interval is 1.96 standard errors wide.
    let lower = orderedMean(
      decisions.map {
        $0.teacherStudentNats - $0.studentLabelNats - 1.96 * $0.differenceStandardError
      })
    let upper = orderedMean(
      decisions.map {
        $0.teacherStudentNats - $0.studentLabelNats + 1.96 * $0.differenceStandardError
      })
    let isKnown = lower.isFinite && upper.isFinite
    let expected = decisions.compactMap(\.expectedGain)
    return StudySummary.Distillation(
      method: method, teacher: pair[0], student: pair[1],
      gate: orderedMean(decisions.map(\.gate)), decision: frequent, decisions: counts,
      teacherStudentNats: orderedMean(decisions.map(\.teacherStudentNats)),
      studentLabelNats: orderedMean(decisions.map(\.studentLabelNats)),
      interval: isKnown ? StudySummary.Bounds(lower, upper) : nil,
      expectedGain: expected.isEmpty ? nil : orderedMean(expected),
      reason: decisions.first { $0.decision == frequent }?.reason)
  }

  /// Remarks of the fits, each once, with the method that made it.
  func fitNotes() -> [String] {
    var seen = Set<String>()
    return plan.methods.flatMap { method in
      results(of: method).flatMap { $0.record?.notes ?? [] }.map { "\(method): \($0)" }
        .filter { seen.insert($0).inserted }
    }
  }
}
