import Evaluation

/// What may be said of the declared contrast under one setting, and no more than its intervals
/// support.
package struct SettingFinding: Sendable {
  private let setting: RobustnessSummary.Setting
  private let settingCount: Int

  /// A finding about one of several settings.
  package init(_ setting: RobustnessSummary.Setting, settingCount: Int) {
    self.setting = setting
    self.settingCount = settingCount
  }

  /// Name of the setting.
  package var name: String { setting.name }

  /// The claim about the declared contrast; nil where it was not run.
  package var claim: Claim? {
    setting.primaryComparison.map { Claim($0, over: RobustnessWords.replicates(setting)) }
  }

  /// Whether no method is distinguishable from guessing here; there is then nothing to compare.
  package var learnedNothing: Bool { setting.methods.learnedNothing }

  /// What the declared contrast shows, also after correction for the number of settings.
  package var correctedVerdict: Claim.Verdict? {
    guard let claim, !learnedNothing else { return nil }
    guard claim.verdict == .higher || claim.verdict == .lower else { return claim.verdict }
    return setting.primaryHolmOverSettings.map { $0 < 0.05 } ?? true ? claim.verdict : .notTold
  }

  /// One sentence on the declared contrast, with its numbers.
  package var sentence: String {
    guard !learnedNothing else {
      return "nothing was learned: no method is distinguishable from guessing."
    }
    guard let claim else {
      return setting.replicateCount == 1
        ? "one split alone: methods cannot be told apart."
        : "the contrast declared beforehand was not run."
    }
    let comparison = claim.comparison
    switch claim.verdict {
    case .identical, .undefined: return claim.headline
    case .notTold, .higher, .lower:
      let numbers =
        "\(Numbers.signed(comparison.difference)) (95 % interval over "
        + "\(RobustnessWords.replicates(setting)) \(Numbers.signedRange(comparison.ci95))"
      let patients =
        comparison.bootstrapCI95.map { ", by patients \(Numbers.signedRange($0))" } ?? ""
      return "\(claim.headline.dropLast()): \(numbers)\(patients)).\(caveat(claim))"
    }
  }

  /// One sentence on what the setting changed for a method; nil where there is nothing to compare
  /// with.
  package func changeSentence(of method: String) -> String? {
    guard let change = setting.changes.first(where: { $0.method == method }),
      let difference = change.difference, let ci95 = change.ci95
    else { return nil }
    let numbers =
      "\(Numbers.signed(difference)) (95 % interval \(Numbers.signedRange(ci95)))"
    switch SettingFinding.direction(change) {
    case .lower: return "\(method) lost against \(change.from): \(numbers)."
    case .higher: return "\(method) gained against \(change.from): \(numbers)."
    default:
      return "The change of \(method) against \(change.from) \(Claim.null): \(numbers)."
    }
  }

  /// What a change shows: both intervals must exclude 0.
  package static func direction(_ change: RobustnessSummary.Change) -> Claim.Verdict {
    guard let difference = change.difference, let ci95 = change.ci95 else { return .undefined }
    let isTold = !ci95.contains(0) && change.bootstrapCI95.map { !$0.contains(0) } ?? true
    guard isTold else { return .notTold }
    return difference > 0 ? .higher : .lower
  }

  private func caveat(_ claim: Claim) -> String {
    if let caveat = claim.caveat { return " \(caveat)" }
    guard settingCount > 1, claim.verdict != .notTold, correctedVerdict == .notTold else {
      return ""
    }
    return " Not so after correction for the number of settings (Holm "
      + "\(Numbers.pClause(setting.primaryHolmOverSettings)))."
  }
}

extension SettingFinding {
  /// The answer of a whole study in one sentence.
  package static func headline(
    _ findings: [SettingFinding], _ primary: StudySummary.Contrast?
  ) -> String {
    let silent = findings.count(where: \.learnedNothing)
    guard silent == 0 || silent < findings.count else {
      return findings.count == 1
        ? "Nothing was learned: no method is distinguishable from guessing."
        : "In none of \(findings.count) settings was anything learned: "
          + "no method is distinguishable from guessing."
    }
    let spoken = findings.filter { !$0.learnedNothing }
    let judged = spoken.filter { $0.claim.map { $0.verdict != .undefined } ?? false }
    let nothing =
      silent > 0
      ? " In \(silent) of \(findings.count) settings no method is distinguishable from guessing."
      : ""
    return comparison(judged, primary) + nothing
  }

  private static func comparison(
    _ judged: [SettingFinding], _ primary: StudySummary.Contrast?
  ) -> String {
    guard let primary, !judged.isEmpty else {
      return "The contrast declared beforehand was not run."
    }
    func count(_ verdict: Claim.Verdict) -> Int {
      judged.count { $0.correctedVerdict == verdict }
    }
    let (higher, lower, same) = (count(.higher), count(.lower), count(.identical))
    let total = judged.count
    if total == 1, let claim = judged[0].claim { return claim.headline }
    let corrected = "after correction for the number of settings"
    if higher == 0, lower == 0 {
      return same == total
        ? "\(primary.a) and \(primary.b) gave the same predictions in all settings."
        : "In none of \(total) settings is the gain of \(primary.a) over \(primary.b) "
          + "distinguishable from zero, \(corrected)."
    }
    func settings(_ count: Int) -> String {
      count == total ? "all \(total)" : "\(count) of \(total)"
    }
    var parts = [String]()
    if higher > 0 { parts.append("higher than \(primary.b) in \(settings(higher)) settings") }
    if lower > 0 {
      parts.append("lower \(higher > 0 ? "" : "than \(primary.b) ")in \(settings(lower))")
    }
    let rest = total - higher - lower
    let end = rest > 0 ? "; in the other \(rest) the difference \(Claim.null)" : ""
    return "\(primary.a) scored \(parts.joined(separator: " and ")), \(corrected)\(end)."
  }
}
