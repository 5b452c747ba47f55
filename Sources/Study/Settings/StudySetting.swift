import Cohort

/// Under which conditions methods are compared: how many training patients have a label, and what
/// is made worse. A study has one setting, in which nothing is.
public struct StudySetting: Sendable {
  /// Word for the setting in which nothing is changed.
  public static let fullName = "full"
  /// Nothing changed.
  public static let full = StudySetting(labelledCount: nil, degradations: [])

  /// Labelled training patients, drawn at random; nil: all of them.
  public let labelledCount: Int?
  /// What is made worse, in the order in which it is applied.
  package let degradations: [any Degradation]

  /// A setting from its conditions.
  package init(labelledCount: Int?, degradations: [any Degradation]) {
    self.labelledCount = labelledCount
    self.degradations = degradations
  }

  /// Name as in column `setting`: conditions in a fixed order, joined by `+`.
  public var name: String { StudySetting.name(labelledCount, degradations) }

  /// Name of what a fit depends on: settings that agree in it share their fits.
  var trainingName: String {
    StudySetting.name(labelledCount, degradations.filter(\.changesTraining))
  }

  /// The setting with the same number of labels and nothing made worse.
  package var clean: StudySetting { StudySetting(labelledCount: labelledCount, degradations: []) }

  /// In words, for a report.
  package var words: String {
    let labels = labelledCount.map { "\($0) labelled training patients" }
    let parts = [labels].compactMap { $0 } + degradations.map(\.words)
    return parts.isEmpty ? "nothing changed" : parts.joined(separator: "; ")
  }

  /// A patient table of the cohort as this setting shows it.
  func degraded(_ table: PatientTable, in fold: DegradedFold) -> PatientTable {
    guard !degradations.isEmpty else { return table }
    let modalities = table.modalities.map { modality in
      degradations.filter { $0.modality == modality.name }
        .reduce(modality) { $1.degraded($0, in: fold) }
    }
    return PatientTable(
      patients: table.patients, modalities: modalities, covariates: table.covariates)
  }

  private static func name(_ labelledCount: Int?, _ degradations: [any Degradation]) -> String {
    let parts = [labelledCount.map { "n=\($0)" }].compactMap { $0 } + degradations.map(\.name)
    return parts.isEmpty ? fullName : parts.joined(separator: "+")
  }
}

extension StudySetting: Equatable {
  /// Equal conditions.
  public static func == (a: StudySetting, b: StudySetting) -> Bool { a.name == b.name }
}
