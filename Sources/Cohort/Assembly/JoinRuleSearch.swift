/// Looks for a rule under which identifiers that match nobody would join: lost zeros, R's changed names,
/// suffixes of barcodes, case, blanks.
enum JoinRuleSearch {
  /// A rule and how many identifiers of the file it joins.
  struct Finding: Equatable, Sendable {
    let rule: SampleRule
    let matches: Int
  }

  /// The rule that joins most of the `names`, applied to both sides, if it joins more than `current`.
  ///
  /// A rule that makes two identifiers of one side the same is none. Simpler rules win ties.
  /// O(rules · identifiers).
  ///
  /// - Parameters:
  ///   - names: identifiers as in the file.
  ///   - known: identifiers of the other side as in their file.
  ///   - rule: the rule in force, which the ones tried begin or end with.
  static func best(
    _ names: [String], among known: [String], beyond rule: SampleRule, current: Int
  ) -> Finding? {
    var best: Finding?
    for candidate in candidates(rule) {
      let changed = names.map(candidate.apply)
      let others = known.map(candidate.apply)
      let otherSet = Set(others)
      guard Set(changed).count == Set(names).count, otherSet.count == Set(known).count else {
        continue
      }
      let matches = changed.count { otherSet.contains($0) }
      if matches > max(current, best?.matches ?? 0) {
        best = Finding(rule: candidate, matches: matches)
      }
    }
    return best
  }

  private static func candidates(_ rule: SampleRule) -> [SampleRule] {
    let single: [SampleRule.Step] = [
      .dropBlanks, .ignoreCase, .dropLeadingZeros, .dropPointZero, .dropX, .dotsAsDashes,
      .tcgaPatient, .dropSuffix,
    ]
    let pairs: [[SampleRule.Step]] = [
      [.dropX, .dotsAsDashes], [.dotsAsDashes, .tcgaPatient], [.dotsAsDashes, .ignoreCase],
      [.dropX, .dropLeadingZeros], [.dropBlanks, .ignoreCase], [.dotsAsDashes, .dropSuffix],
      [.dropX, .dotsAsDashes, .tcgaPatient], [.dropX, .dotsAsDashes, .ignoreCase],
    ]
    let all = single.map { [$0] } + pairs
    // Changes of spelling go before cuts (`tcga-patient`), and each step is taken once.
    return all.map { steps in SampleRule(steps.filter { !rule.steps.contains($0) } + rule.steps) }
  }
}
