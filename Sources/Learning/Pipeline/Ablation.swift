/// A part of the method switched off, or the control that misleads it; named in methods as a suffix
/// (`equipoise-no-mi`, `paper-no-mi`).
public enum Ablation: String, CaseIterable, Sendable {
  /// Nobody teaches.
  case noDistillation = "no-distillation"
  /// All loss weights are 1.
  case noBalance = "no-balance"
  /// Mutual information enters neither weights nor emphasis.
  case noInformation = "no-mi"
  /// Macro-F1 does not enter the loss weights.
  case noMacroF1 = "no-f1"
  /// The fused graph is no relation.
  case noFusedGraph = "no-snf"
  /// Fusion emphasis is equal.
  case noEmphasis = "no-emphasis"
  /// Control: signals are permuted among modalities.
  case shuffledGuidance = "shuffled-guidance"
}

/// The switches that every configuration of the method has, one for each ``Ablation``.
protocol AblationSwitches {
  var usesDistillation: Bool { get set }
  var usesBalance: Bool { get set }
  var usesInformation: Bool { get set }
  var usesMacroF1: Bool { get set }
  var usesFusedGraph: Bool { get set }
  var usesEmphasis: Bool { get set }
  var shufflesGuidance: Bool { get set }
}

extension AblationSwitches {
  /// This configuration under an ablation.
  func applying(_ ablation: Ablation) -> Self {
    var result = self
    switch ablation {
    case .noDistillation: result.usesDistillation = false
    case .noBalance: result.usesBalance = false
    case .noInformation: result.usesInformation = false
    case .noMacroF1: result.usesMacroF1 = false
    case .noFusedGraph: result.usesFusedGraph = false
    case .noEmphasis: result.usesEmphasis = false
    case .shuffledGuidance: result.shufflesGuidance = true
    }
    return result
  }
}
