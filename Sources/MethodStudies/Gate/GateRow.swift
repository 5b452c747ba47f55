import LinearAlgebra

/// One ordered pair of one draw: what distillation brought on patients never seen, beside what was
/// known of it from training patients. A row with teacher = student is the control, a student
/// taught by its own pseudo-labels, and has no evidence.
struct GateRow {
  /// Text columns, in order.
  static let keys = [
    "cohort", "relations", "setting", "repeat", "fold", "teacher", "student",
  ]
  /// Number columns, in order.
  static let columns = [
    "classes", "labelled", "unlabelled", "common", "tested", "entropy",
    "base_f1", "hard_f1", "soft_f1", "labels_f1", "base_loss", "hard_loss", "soft_loss",
    "labels_loss",
    "i_ts", "i_sy", "i_ty", "se", "skill", "skill_se", "reliable", "sufficient",
    "gap_se", "i_class", "ross_sy", "i_joint", "trial_f1", "trial_f1_se", "trial_loss",
    "trial_loss_se", "risk_pairs", "risk_labels", "student_f1", "teacher_f1",
  ]

  /// Values of ``keys``.
  var key: [String]
  /// Values of ``columns`` by name; one left out is empty.
  var values: [String: Double] = [:]

  /// The row as CSV.
  var line: String {
    (key + Self.columns.map { values[$0].map(Self.text) ?? "" }).joined(separator: ",")
  }

  /// Rows below their header.
  static func table(of rows: [GateRow]) -> [String] { [header] + rows.map(\.line) }

  /// The header.
  static var header: String { (keys + columns).joined(separator: ",") }

  /// Six significant decimals: enough to re-make every table, small enough to keep.
  private static func text(_ value: Double) -> String {
    let rounded = (value * 1e6).rounded() / 1e6
    return rounded == rounded.rounded() && abs(rounded) < 1e9
      ? String(Int(rounded)) : String(rounded)
  }
}
