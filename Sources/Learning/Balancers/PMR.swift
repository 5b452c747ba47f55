import LinearAlgebra

/// PMR, prototypical modal rebalance: encoders that tell the classes worse than the best one does, by
/// distances to class means, also follow the cross-entropy of those distances
/// (``ClassPrototypes``); all follow the fused loss.
///
/// Modalities are compared by the mean over their own labelled patients. A modality that none has is
/// left to the fused loss. Source: Fan et al. (2023), arXiv 2211.07089, with α = 1 and a weight of
/// 0 or 1 as in the authors' program.
struct PMR: Balancer {
  /// α.
  private static let strength = 1.0
  private var prototypes: [ClassPrototypes] = []

  mutating func gradients(_ step: JointStep) -> JointGradients {
    var result = step.fusedGradients()
    let embeddings = step.isMeasured.indices.map { step.embedding($0) }
    if prototypes.isEmpty {
      prototypes = embeddings.map {
        ClassPrototypes(classCount: step.labels.classWeights.count, width: $0.columnCount)
      }
    }
    let present = step.present
    for m in present { prototypes[m].renew(embeddings[m], labels: step.knownLabels(m)) }
    let scores = present.map {
      prototypes[$0].meanScore(embeddings[$0], labels: step.knownLabels($0))
    }
    let best = scores.max() ?? 0
    for (m, score) in zip(present, scores) where score < best {
      let slope = prototypes[m].loss(
        embeddings[m], labels: step.knownLabels(m),
        rowWeights: step.labels.rowWeights(isCounted: step.isMeasured[m])
      ).slope
      result.addToEncoder(
        m, step.recording.gradients(embedding: m, along: slope), times: Self.strength)
    }
    return result
  }
}
