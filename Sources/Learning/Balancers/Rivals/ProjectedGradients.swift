import LinearAlgebra

/// PCGrad: each gradient loses its component along every other one it conflicts with,
/// g_i ← g_i - ⟨g_i, g_j⟩/‖g_j‖² g_j where ⟨g_i, g_j⟩ < 0, g_j as it was at the outset.
///
/// Source: Yu et al. (2020), arXiv 2001.06782.
///
/// - Parameters:
///   - gradients: one per task, of one length.
///   - stream: draws the order of the others for each task; zero gradients are skipped.
/// - Returns: the projected gradients, in input order; their sum is the step.
package func projectedGradients(
  _ gradients: [[Double]], stream: inout RandomStream
) -> [[Double]] {
  gradients.indices.map { i in
    var projected = gradients[i]
    var others = gradients.indices.filter { $0 != i }
    stream.shuffle(&others)
    for j in others {
      let square = innerProduct(gradients[j], gradients[j])
      let inner = innerProduct(projected, gradients[j])
      guard square > 0, inner < 0 else { continue }
      let factor = inner / square
      for k in projected.indices { projected[k] -= factor * gradients[j][k] }
    }
    return projected
  }
}

/// ⟨a, b⟩ with a fixed summation tree.
func innerProduct(_ a: [Double], _ b: [Double]) -> Double {
  orderedSum(zip(a, b).map { $0 * $1 })
}
