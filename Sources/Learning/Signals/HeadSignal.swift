import Evaluation
import LinearAlgebra
import MutualInformation

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

  init(outOfFold: Matrix, _ labelled: LabelledRows) {
    let predicted = argmaxRows(outOfFold)
    macroF1 = Evaluation.macroF1(
      truth: labelled.labels, predicted: predicted, classCount: labelled.classCount)
    informativeness = normalizedPlugInInformation(
      predicted: predicted, labels: labelled.labels)
  }
}
