/// The patients of the labels, with which the identifiers of other files are compared.
struct KnownPatients: Equatable, Sendable {
  /// Identifiers as in the file of labels.
  let identifiers: [String]
  /// The same after the sample rule.
  let patients: Set<String>
  /// The rule in force.
  let rule: SampleRule

  /// Nobody.
  static let none = KnownPatients(identifiers: [], rule: .exact)

  /// Patients by their identifiers.
  init(identifiers: [String], rule: SampleRule) {
    self.identifiers = identifiers
    self.rule = rule
    patients = Set(identifiers.map(rule.apply))
  }

  /// Whether nobody is known.
  var isEmpty: Bool { patients.isEmpty }

  /// A rule under which more of the identifiers would join, in words with the line to write; nil if
  /// there is none.
  func advice(for names: [String]) -> String? {
    let current = names.count { patients.contains(rule.apply($0)) }
    guard
      let finding = JoinRuleSearch.best(
        names, among: identifiers, beyond: rule, current: current)
    else { return nil }
    let added = finding.rule.steps.filter { !rule.steps.contains($0) }
    let reasons = added.map(\.reason).joined(separator: " and ")
    return "\(finding.matches) of \(names.count) would join without regard to \(reasons): "
      + "write \(finding.rule.line) into cohort.yaml"
  }
}
