import LinearAlgebra

/// UMT, unimodal teachers: encoders follow the fused loss and are drawn to the embeddings of frozen
/// encoders that were trained alone on their modality (``embeddingDistance(_:target:isCounted:strength:)``).
///
/// Only labelled patients who have the modality are drawn; without any the encoder is left to the
/// fused loss. Source: Du et al. (2023), arXiv 2305.01233, with λ = 10.
struct UMT: Balancer {
  /// λ as published.
  private static let publishedStrength = 10.0
  private let strength: Double
  /// z̄, patients × columns.
  private let targets: [Matrix]

  /// Trains the teachers, from the same initial weights and with the same early stopping.
  init(_ setting: NetworkSetting) {
    let configuration = setting.configuration
    strength = configuration.balancerStrength ?? Self.publishedStrength
    let trainer = BranchTraining(
      configuration: configuration, labels: setting.labels, epochs: configuration.epochs)
    targets = setting.graph.names.indices.map { m in
      let teacher = trainer.trained(
        from: setting.freshBranch(m, setting.streams), setting.graph, branch: m,
        validation: setting.validation, streams: setting.streams.scoped("unimodal-teacher"))
      let input = setting.graph.branches[m]
      return teacher.output(of: input).embedding
    }
  }

  func gradients(_ step: JointStep) -> JointGradients {
    var result = step.fusedGradients()
    for m in targets.indices {
      let slope = embeddingDistance(
        step.embedding(m), target: targets[m], isCounted: step.knownLabels(m).map { $0 >= 0 },
        strength: strength
      ).slope
      result.addToEncoder(m, step.recording.gradients(embedding: m, along: slope))
    }
    return result
  }
}
