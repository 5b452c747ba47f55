/// The network of a pipeline: what a modality's features become, along the patient graph, on the way
/// to its own head and to the fused answer.
///
/// Two conform. ``LinearBackbone``: linear heads on [X, A_own X, A_fused X], each fit converged.
/// ``NetworkBackbone``: relational layers with hidden units, trained by gradient steps. A backbone is
/// made from prepared patients and builds the patient graph (stages 1 and 2); its functions are the
/// stages after that, and ``passed()`` is their order.
protocol Backbone {
  /// Out-of-fold predictions of every modality with macro-F1 and mutual information.
  associatedtype Signals
  /// Who teaches whom, and what.
  associatedtype Distillation
  /// Fusion emphasis and loss weights.
  associatedtype Advice
  /// What predicts.
  associatedtype Trained

  /// Stage 3: signals out of fold.
  func signals() throws -> Signals
  /// Stage 4: distillation.
  func distillation(_ signals: Signals) throws -> Distillation
  /// Stage 5: what balances the training and gates the fusion.
  func guidance(_ signals: Signals) throws -> Advice
  /// Stage 6: balanced training of all heads with the gated fusion.
  func trained(
    _ signals: Signals, _ distillation: Distillation, _ guidance: Advice
  ) throws -> Trained
}

extension Backbone {
  /// Stages 3 to 6 in order.
  func passed() throws -> Trained {
    let signals = try signals()
    let distillation = try distillation(signals)
    let guidance = try guidance(signals)
    return try trained(signals, distillation, guidance)
  }
}
