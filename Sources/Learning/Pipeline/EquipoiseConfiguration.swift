/// Switches of the default method; each ablation turns one of them.
public struct EquipoiseConfiguration: AblationSwitches, Hashable, Sendable {
  /// How the members of the answer are formed.
  public enum Answer: String, Hashable, Sendable {
    /// Mean of five posteriors: {learned late fusion, gated joint} × {with graph, without}, and the
    /// best single modality by inner folds; then the members on components, if they are used.
    case average
    /// The joint model with graph alone.
    case joint
  }

  /// Whether edges of the fused graph are used; without them each modality keeps its own neighbors.
  public var usesFusedGraph = true
  /// Whether strong modalities may teach weak ones.
  public var usesDistillation = true
  /// Whether loss weights follow macro-F1 and mutual information (else all 1).
  public var usesBalance = true
  /// Whether mutual information enters weights and emphasis.
  public var usesInformation = true
  /// Whether macro-F1 enters the loss weights.
  public var usesMacroF1 = true
  /// Whether fusion emphasis follows mutual information (else all 1).
  public var usesEmphasis = true
  /// Whether members on leading components, which unlabelled patients help to find, join the answer;
  /// the fewer labels, the larger their share.
  public var usesComponentMembers = true
  /// Whether a modality that a patient lacks is imputed from the others, by the method fitted anew for
  /// patients who lack it.
  public var imputesMissing = true
  /// Control: signals are permuted among modalities by a named stream.
  public var shufflesGuidance = false
  /// Members of the answer.
  public var answer = Answer.average
  /// Rounds of loss weighting, at most 8 matter (each halves the distance to the target weights).
  public var balanceRounds = 8

  /// The whole method.
  public init() {}

  /// The default network with fixed equal weights (`joint`).
  public static let joint: EquipoiseConfiguration = {
    var configuration = EquipoiseConfiguration()
    configuration.usesDistillation = false
    configuration.usesBalance = false
    configuration.usesEmphasis = false
    configuration.answer = .joint
    return configuration
  }()
}

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
