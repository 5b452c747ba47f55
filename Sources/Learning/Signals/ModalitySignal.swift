/// What is known of one modality, out of fold, when its share of the training is decided.
package struct ModalitySignal: Equatable, Sendable {
  /// Macro-F1 of the modality's own head, 0…1.
  package var macroF1: Double
  /// Information with the label, nats; negative estimates count as 0.
  package var labelInformation: Double
  /// Information with the label that no other modality gives, nats; negative counts as 0.
  package var uniqueInformation: Double

  /// Creates a signal.
  package init(macroF1: Double, labelInformation: Double, uniqueInformation: Double) {
    self.macroF1 = macroF1
    self.labelInformation = labelInformation
    self.uniqueInformation = uniqueInformation
  }
}
