import LinearAlgebra

/// How messages along one relation are weighted: Ã = A + I with unit self-loops, then
/// deg^{-1/2} Ã deg^{-1/2} or deg^{-1} Ã, deg_i = Σ_j Ã_ij (Kipf & Welling 2017).
package struct PropagationMatrix: Sendable {
  /// How rows are scaled.
  package enum Normalization: String, Codable, Sendable {
    /// By both ends' degrees; the default.
    case symmetric = "sym"
    /// By the receiver's degree, so that rows sum to 1.
    case row = "rw"
  }

  /// Â, receivers × senders.
  package let matrix: SparseMatrix
  /// Its transpose, for the backward pass.
  package let transposed: SparseMatrix
  /// deg_i, self-loop included.
  package let degrees: [Double]
  /// How rows are scaled.
  package let normalization: Normalization

  /// The propagation of a symmetric adjacency matrix without diagonal; an isolated patient keeps
  /// itself, Â_ii = 1.
  ///
  /// - Parameter isMeasured: patients that have something to send. Columns of the others are
  ///   removed, and what is left of a row is scaled to the row's sum; a row may become empty.
  package init(
    adjacency: SparseMatrix, normalization: Normalization = .symmetric, isMeasured: [Bool]? = nil
  ) {
    precondition(adjacency.rowCount == adjacency.columnCount, "an adjacency matrix is square")
    let count = adjacency.rowCount
    let degrees = (0..<count).map { i in adjacency.row(i).reduce(1) { $0 + $1.weight } }
    let rows = (0..<count).map { i in
      let entries = (adjacency.row(i) + [(column: i, weight: 1)]).map { entry in
        (
          column: entry.column,
          weight: PropagationMatrix.scaled(
            entry.weight, receiver: degrees[i], sender: degrees[entry.column], normalization)
        )
      }
      return PropagationMatrix.keeping(entries, isMeasured)
    }
    self.init(
      matrix: SparseMatrix(rows: rows, columnCount: count), degrees: degrees,
      normalization: normalization)
  }

  private init(matrix: SparseMatrix, degrees: [Double], normalization: Normalization) {
    self.matrix = matrix
    transposed = matrix.transposed()
    self.degrees = degrees
    self.normalization = normalization
  }

  /// Messages to new patients from known ones; known patients never receive from new ones.
  package struct Inductive: Sendable {
    /// New × known.
    package let matrix: SparseMatrix
    /// Â_ii of each new patient.
    package let selfWeights: [Double]

    /// Â applied to new patients: Σ_j Â_ij known_j + Â_ii own_i. A row depends on itself alone, to
    /// the bit.
    package func product(known: Matrix, own: Matrix) -> Matrix {
      var result = matrix.product(known)
      for i in 0..<result.rowCount where selfWeights[i] != 0 {
        for j in 0..<result.columnCount { result[i, j] += selfWeights[i] * own[i, j] }
      }
      return result
    }
  }

  /// Rows of new patients over their neighbors among the known ones, with the stored degrees:
  /// Â_ij = ω_ij/√(deg_i deg_j), deg_i = 1 + Σ_j ω_ij (or ω_ij/deg_i).
  ///
  /// - Parameters:
  ///   - neighbors: of each new patient, known patients with their edge weights.
  ///   - isMeasured: of the known patients, as in the initialiser.
  ///   - newIsMeasured: whether each new patient has something to send to itself.
  package func inductive(
    neighbors: [[(column: Int, weight: Double)]], isMeasured: [Bool]? = nil,
    newIsMeasured: [Bool]? = nil
  ) -> Inductive {
    var rows: [[(column: Int, weight: Double)]] = []
    var selfWeights: [Double] = []
    let own = matrix.columnCount
    for (i, edges) in neighbors.enumerated() {
      let degree = edges.reduce(1) { $0 + $1.weight }
      // The patient itself stands behind the known ones while the row is scaled.
      let entries = (edges + [(column: own, weight: 1)]).map { edge in
        let sender = edge.column == own ? degree : degrees[edge.column]
        return (
          column: edge.column,
          weight: PropagationMatrix.scaled(
            edge.weight, receiver: degree, sender: sender, normalization)
        )
      }
      let known = isMeasured ?? [Bool](repeating: true, count: own)
      let kept = PropagationMatrix.keeping(entries, known + [newIsMeasured?[i] ?? true])
      rows.append(kept.filter { $0.column != own })
      selfWeights.append(kept.first { $0.column == own }?.weight ?? 0)
    }
    return Inductive(
      matrix: SparseMatrix(rows: rows, columnCount: own), selfWeights: selfWeights)
  }

  private static func scaled(
    _ weight: Double, receiver: Double, sender: Double, _ normalization: Normalization
  ) -> Double {
    switch normalization {
    case .symmetric: weight / (receiver * sender).squareRoot()
    case .row: weight / receiver
    }
  }

  /// The entries of measured senders, scaled to the sum of all; summed in order of columns, so that
  /// the order in which neighbors are listed does not show.
  private static func keeping(
    _ entries: [(column: Int, weight: Double)], _ isMeasured: [Bool]?
  ) -> [(column: Int, weight: Double)] {
    guard let isMeasured else { return entries }
    let sorted = entries.sorted { $0.column < $1.column }
    let kept = sorted.filter { isMeasured[$0.column] }
    if kept.count == entries.count { return sorted }
    let remaining = kept.reduce(0) { $0 + $1.weight }
    guard remaining > 0 else { return [] }
    let factor = sorted.reduce(0) { $0 + $1.weight } / remaining
    return kept.map { ($0.column, $0.weight * factor) }
  }
}
