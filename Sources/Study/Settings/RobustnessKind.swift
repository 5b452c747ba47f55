/// What a robustness study varies.
public enum RobustnessKind: String, Codable, Sendable, CaseIterable {
  /// How many training patients have a label.
  case samples
  /// What a modality tells.
  case information
  /// Who has a modality.
  case missing
}
