import LinearAlgebra

/// One diffusion step that gives any patient, in the training cohort or new, fused affinities to
/// all training patients: f = mean over its measured modalities of s_v · T_v · S_vᵀ, where s_v is
/// its neighborhood row in modality v. No training state changes, so one by one equals the batch.
struct DiffusionStep: Equatable, Sendable {
  /// T_v S_vᵀ of each modality, measured × patients.
  let maps: [Matrix]

  /// A step of given maps.
  init(maps: [Matrix]) { self.maps = maps }

  init(_ engine: FusionEngine) {
    maps = engine.status.indices.map { engine.diffusion($0) }
  }

  /// Fused affinities, rows × training patients; zero for a row without any modality.
  ///
  /// - Parameters:
  ///   - neighborhoods: for each modality rows × its measured training patients.
  ///   - isMeasured: for each modality one flag per row.
  /// - Complexity: O(neighbors × patients) a row and modality; rows are independent to the bit.
  func affinities(neighborhoods: [SparseMatrix], isMeasured: [[Bool]]) -> Matrix {
    let rows = isMeasured.first?.count ?? 0
    var result = Matrix(rows: rows, columns: maps.first?.columnCount ?? 0)
    for (neighborhood, map) in zip(neighborhoods, maps) {
      result.add(neighborhood.product(map))
    }
    for i in 0..<rows {
      let count = isMeasured.count { $0[i] }
      guard count > 1 else { continue }
      for position in (i * result.columnCount)..<((i + 1) * result.columnCount) {
        result.values[position] /= Double(count)
      }
    }
    return result
  }
}
