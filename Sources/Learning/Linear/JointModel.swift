import Cohort
import LinearAlgebra
import NeuralNetwork

/// The linear relational model trained jointly: minimises
/// CE(Σ_m g_m l_m) + (1/M) Σ_m w_m CE(l_m) + (λ/2) Σ_m ‖W_m‖², l_m = B_m W_m + b_m,
/// to convergence; g is the fusion emphasis, w the loss weights. CE(l_m) runs over the rows that have
/// modality m, and the sum of the fused logits over the modalities that a row has.
struct JointModel: Sendable {
  /// One head per modality, in the coordinates given to `init`.
  let heads: [SoftmaxRegression.Model]
  /// Fusion emphasis g.
  let emphasis: [Double]

  /// What the model depends on within a fold.
  struct Key: SharedKey {
    typealias Value = JointModel
    let features: RelationalFeatures.Key
    let emphasis: [Double]
    let lossWeights: [Double]
    /// The rule by which heads are taught; nil where none is.
    let teaching: DistillationRule?
  }

  /// Fits all heads together.
  ///
  /// - Parameters:
  ///   - coordinates: per modality labelled rows × features.
  ///   - targets: labelled rows × classes, each row a distribution.
  ///   - headTargets: per modality the targets of its own head, as `targets` unless it is taught.
  ///   - rowWeights: ω, summing to 1.
  ///   - ownWeights: ω_m per modality, 0 for rows that lack it; of the others summing to 1.
  ///   - emphasis: g, one per modality.
  ///   - lossWeights: w, one per modality.
  ///   - penalty: λ.
  init(
    coordinates: [Matrix], targets: Matrix, headTargets: [Matrix], rowWeights: [Double],
    ownWeights: [[Double]], emphasis: [Double], lossWeights: [Double], penalty: Double
  ) {
    let modalityCount = Double(coordinates.count)
    heads = JointSoftmaxObjective(
      heads: coordinates.indices.map { m in
        JointSoftmaxObjective.Head(
          features: coordinates[m], targets: headTargets[m], emphasis: emphasis[m],
          share: lossWeights[m] / modalityCount, rowWeights: ownWeights[m])
      }, targets: targets, rowWeights: rowWeights, penalty: penalty
    ).minimize()
    self.emphasis = emphasis
  }

  private init(heads: [SoftmaxRegression.Model], emphasis: [Double]) {
    self.heads = heads
    self.emphasis = emphasis
  }

  /// The model whose heads say nothing about classes that their rows do not hold.
  func silenced(about classes: [[Int]]) -> JointModel {
    JointModel(heads: zip(heads, classes).map { $0.silenced(about: $1) }, emphasis: emphasis)
  }
}
