import LinearAlgebra

/// A modality without a usable feature in the training rows.
public struct DroppedModality: Error, Codable, Equatable, Sendable, CustomStringConvertible {
  /// Why.
  public enum Reason: String, Codable, Sendable, CaseIterable {
    /// No training row has the modality.
    case notMeasured = "no training patient has it"
    /// Every feature is missing in more than half of the training rows.
    case tooFewObserved = "every feature is missing in more than half of the training patients"
    /// Every feature is constant over the training rows.
    case constant = "every feature is constant over the training patients"
  }

  /// Modality name.
  public let modality: String
  /// Why it is dropped.
  public let reason: Reason

  /// Creates a reason.
  public init(modality: String, reason: Reason) {
    self.modality = modality
    self.reason = reason
  }

  /// Why ``Preprocessor`` drops a modality that is trained on the given rows; nil if it does not.
  ///
  /// - Complexity: O(rows) for a modality that is kept for its first feature, at most O(rows ×
  ///   features).
  package init?(_ table: ModalityTable, rows: [Int]) {
    let measured = rows.filter { table.isMeasured[$0] }
    guard !measured.isEmpty else {
      self.init(modality: table.name, reason: .notMeasured)
      return
    }
    var reason = Reason.tooFewObserved
    for j in 0..<table.featureCount {
      let observed = measured.lazy.map { table.values[$0, j] }.filter { !$0.isNaN }
      guard 2 * observed.count >= measured.count else { continue }
      if variesBeyondRounding(observed) { return nil }
      reason = .constant
    }
    self.init(modality: table.name, reason: reason)
  }

  /// One sentence for the report.
  public var description: String { "\(modality) is dropped: \(reason.rawValue)." }

  /// A warning that the modality takes part nowhere.
  var notice: CohortNotice {
    .warning(
      "modality-dropped", "The modality is left out everywhere: \(reason.rawValue).",
      place: modality, remedy: "check the table, or leave it out with --modalities")
  }
}
