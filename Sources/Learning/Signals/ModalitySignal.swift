import Evaluation
import LinearAlgebra
import MutualInformation

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

/// What out-of-fold predictions of one modality say about it.
package struct HeadSignal: Sendable, Equatable {
  /// Macro-F1, 0…1.
  package var macroF1: Double
  /// Mutual information of predicted and true class, corrected, over the label's entropy; 0…1.
  package var informativeness: Double

  init(macroF1: Double, informativeness: Double) {
    self.macroF1 = macroF1
    self.informativeness = informativeness
  }

  /// - Parameters:
  ///   - outOfFold: log-posteriors, labelled rows × classes.
  ///   - measured: positions that have the modality; without any it is uninformative.
  init(outOfFold: Matrix, measured: [Int], _ labelled: LabelledRows) {
    guard !measured.isEmpty else {
      (macroF1, informativeness) = (0, 0)
      return
    }
    let truth = measured.map { labelled.labels[$0] }
    let predicted = argmaxRows(outOfFold.selecting(rows: measured))
    macroF1 = Evaluation.macroF1(
      truth: truth, predicted: predicted, classCount: labelled.classCount)
    informativeness = normalizedPlugInInformation(predicted: predicted, labels: truth)
  }
}
