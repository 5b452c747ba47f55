import LinearAlgebra

/// A relational graph convolution: H' = φ(Σ_r Â_r H W_r + H W_0 + b), φ the exponential linear
/// unit (Schlichtkrull et al. 2018, without basis sharing).
///
/// Computed as one affine map of [Â_1 H, …, Â_R H, H]: what is gathered from the relations of a
/// first layer does not change during training, and needs gathering once.
package struct RelationalLayer: Sendable, Equatable {
  /// W_1 … W_R, W_0 below each other, and b.
  package var map: AffineMap

  /// A layer from its weights, one matrix per relation, then that of the patient itself.
  package init(relationWeights: [Matrix], selfWeights: Matrix, bias: Matrix) {
    map = AffineMap(weights: .vertical(relationWeights + [selfWeights]), bias: bias)
  }

  /// A layer around stacked weights.
  package init(map: AffineMap) { self.map = map }

  /// Glorot weights, one stream per tensor: `W_<relation>` and `W_self` below `streams`.
  package init(
    inputWidth: Int, outputWidth: Int, relations: [String], streams: RandomStreams
  ) {
    func tensor(_ name: String) -> Matrix {
      .glorotUniform(
        inputs: inputWidth, outputs: outputWidth, stream: streams.stream("W_\(name)"))
    }
    self.init(
      relationWeights: relations.map(tensor), selfWeights: tensor("self"),
      bias: Matrix(rows: 1, columns: outputWidth))
  }

  /// [Â_1 H, …, Â_R H, H].
  package static func gather(_ hidden: Matrix, along relations: [PropagationMatrix]) -> Matrix {
    .horizontal(relations.map { $0.matrix.product(hidden) } + [hidden])
  }

  /// [Â_1 H, …, Â_R H, H] of new patients, from what the known ones have as H.
  package static func gather(
    known: Matrix, own: Matrix, along relations: [PropagationMatrix.Inductive]
  ) -> Matrix {
    .horizontal(relations.map { $0.product(known: known, own: own) } + [own])
  }

  /// [Â_1 H, …, Â_R H, H] on a tape.
  package static func gather(
    _ hidden: Tape.Variable, along relations: [PropagationMatrix], on tape: inout Tape
  ) -> Tape.Variable {
    var parts: [Tape.Variable] = []
    for relation in relations { parts.append(tape.product(relation, hidden)) }
    return parts.isEmpty ? hidden : tape.concatenate(parts + [hidden])
  }

  /// H' of gathered rows through BLAS, for rows that are fitted.
  package func applied(to gathered: Matrix) -> Matrix {
    map.applied(to: gathered).mapValues(eluValue)
  }

  /// H' of gathered rows of which each depends on itself alone, to the bit.
  package func appliedRowByRow(to gathered: Matrix) -> Matrix {
    map.appliedRowByRow(to: gathered).mapValues(eluValue)
  }
}
