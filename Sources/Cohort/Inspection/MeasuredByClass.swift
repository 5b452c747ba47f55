/// A modality whose being measured tells the label: some classes have it, and others nobody of.
///
/// What is learned of such a modality may be who was measured, which will not hold elsewhere.
public struct MeasuredByClass: Codable, Equatable, Sendable {
  /// Modality name.
  public let modality: String
  /// Classes with a labelled patient who has it, in class order.
  public let measured: [String]
  /// Classes with labelled patients of whom none has it, in class order; never empty.
  public let unmeasured: [String]

  /// Nil where no class or every class lacks the modality; `labels` holds a class or -1 for each
  /// patient.
  init?(_ table: ModalityTable, labels: [Int], classes: [String]) {
    var total = [Int](repeating: 0, count: classes.count)
    var having = total
    for (row, label) in labels.enumerated() where label >= 0 {
      total[label] += 1
      if table.isMeasured[row] { having[label] += 1 }
    }
    modality = table.name
    measured = classes.indices.filter { having[$0] > 0 }.map { classes[$0] }
    unmeasured = classes.indices.filter { total[$0] > 0 && having[$0] == 0 }.map { classes[$0] }
    guard !measured.isEmpty, !unmeasured.isEmpty else { return nil }
  }

  /// One sentence on what that means.
  package var sentence: String {
    let who =
      measured.count == 1
      ? "\(modality) was measured in class \(measured[0]) alone"
      : "no labelled patient of \(unmeasured.joined(separator: ", ")) has \(modality)"
    return "\(who): being measured there tells the label, and may be what methods learn of it"
  }
}
