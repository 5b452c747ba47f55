import LinearAlgebra

/// Euclidean norm over all entries of several gradients.
package func globalNorm(_ gradients: [Matrix]) -> Double {
  gradients.reduce(0) { $0 + dot($1.values, $1.values) }.squareRoot()
}

/// Inner product over all entries of two lists of gradients of the same shapes.
package func globalInnerProduct(_ a: [Matrix], _ b: [Matrix]) -> Double {
  zip(a, b).reduce(0) { $0 + dot($1.0.values, $1.1.values) }
}

/// Scales gradients together so that their global norm is at most `limit` (Pascanu et al. 2013).
package func clipGlobalNorm(_ gradients: inout [Matrix], limit: Double) {
  let norm = globalNorm(gradients)
  guard norm > limit, norm.isFinite else { return }
  for k in gradients.indices { gradients[k].scale(by: limit / norm) }
}
