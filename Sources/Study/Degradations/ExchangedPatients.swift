import Cohort

/// A share of patients who exchange their measurements of a modality, within training and within
/// test: margins stay, what the modality tells of a patient is lost. Each of them gets another
/// one’s.
package struct ExchangedPatients: Degradation {
  package static let word = "permute"
  package static let form = "permute:MODALITY=SHARE"
  package static let kind = RobustnessKind.information

  package let modality: String
  /// Share of the measured patients, 0 < share ≤ 1.
  package let share: Double

  package init(_ argument: DegradationArgument) throws(StudyError) {
    modality = argument.modality
    share = try argument.number(
      ExchangedPatients.form, upTo: 1, "a share of patients, above 0 and up to 1")
  }

  package var value: String? { settingNumber(share) }
  package var words: String {
    "\(modality) exchanged among \(settingPercent(share)) of patients"
  }
  package var level: DegradationLevel? {
    DegradationLevel(
      value: share, none: 0, axis: "share of patients with another’s \(modality)")
  }

  package func degraded(_ table: ModalityTable, in fold: DegradedFold) -> ModalityTable {
    var values = table.values
    for (part, rows) in [("training", fold.trainingRows), ("test", fold.testRows)] {
      let chosen = fold.share(
        share, ofMeasured: rows, isMeasured: table.isMeasured, fold.stream(of: self, part))
      // One round through all of them: nobody keeps their own.
      for (position, row) in chosen.enumerated() {
        values.setRow(row, table.values.row(chosen[(position + 1) % chosen.count]))
      }
    }
    return table.with(values)
  }
}
