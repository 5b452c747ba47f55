import LinearAlgebra

/// MMPareto: each encoder follows a common descent direction of the fused and its own loss
/// (``ParetoDirection``), heads follow their own.
///
/// A modality that no labelled patient has does without an own gradient, and nothing conflicts.
/// Source: Wei & Hu (2024), arXiv 2405.17730; the direction is taken over a whole encoder, not tensor
/// by tensor.
struct MMPareto: Balancer {
  func gradients(_ step: JointStep) -> JointGradients {
    var result = step.fusedGradients()
    let own = step.ownGradients()
    for m in result.encoders.indices {
      result.heads[m] = own.heads[m]
      guard let fused = result.encoders[m], let mine = own.encoders[m] else { continue }
      let pareto = ParetoDirection(
        fused: fused.flatMap(\.values), modality: mine.flatMap(\.values))
      var position = 0
      result.encoders[m] = fused.map { tensor in
        let end = position + tensor.values.count
        defer { position = end }
        return Matrix(
          rows: tensor.rowCount, columns: tensor.columnCount,
          values: Array(pareto.direction[position..<end]))
      }
    }
    return result
  }
}
