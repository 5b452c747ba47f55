import LinearAlgebra

/// Class means of embeddings, and how well each patient is told by its distances to them:
/// p_i = softmax over classes of -‖z_i - c‖.
///
/// Source: Fan et al. (2023), arXiv 2211.07089; share of the old means as in their program.
package struct ClassPrototypes: Equatable, Sendable {
  /// c, classes × embedding columns; rows of classes without a patient are of no meaning.
  package private(set) var centers: Matrix
  /// Whether a class has had a patient.
  package private(set) var isKnown: [Bool]

  /// Share of the old means in a renewal.
  private static let oldShare = 0.2

  /// No prototypes yet.
  package init(classCount: Int, width: Int) {
    centers = Matrix(rows: classCount, columns: width)
    isKnown = [Bool](repeating: false, count: classCount)
  }

  /// c ← .8 mean + .2 c, the first time c ← mean; a class without a patient stays as it is.
  ///
  /// - Parameter labels: class of each row; rows with a negative label are left out.
  package mutating func renew(_ embedding: Matrix, labels: [Int]) {
    for c in isKnown.indices {
      let rows = labels.indices.filter { labels[$0] == c }
      guard !rows.isEmpty else { continue }
      let means = embedding.selecting(rows: rows).columnMeans()
      let old = isKnown[c] ? Self.oldShare : 0
      centers.setRow(c, zip(centers.row(c), means).map { old * $0 + (1 - old) * $1 })
      isKnown[c] = true
    }
  }

  /// Mean of p_i(y_i) over labelled rows, 0…1; 0 without any.
  package func meanScore(_ embedding: Matrix, labels: [Int]) -> Double {
    let terms = labels.indices.compactMap { i -> Double? in
      guard labels[i] >= 0, isKnown[labels[i]] else { return nil }
      return probabilities(distances(embedding.row(i)))[labels[i]]
    }
    return terms.isEmpty ? 0 : orderedMean(terms)
  }

  /// Σ_i ω_i · -ln p_i(y_i) and its slope for the embedding; 0 in rows without label.
  package func loss(
    _ embedding: Matrix, labels: [Int], rowWeights: [Double]
  ) -> (value: Double, slope: Matrix) {
    var slope = Matrix(rows: embedding.rowCount, columns: embedding.columnCount)
    var terms: [Double] = []
    for i in labels.indices where labels[i] >= 0 && isKnown[labels[i]] && rowWeights[i] != 0 {
      let distances = distances(embedding.row(i))
      let probabilities = probabilities(distances)
      terms.append(-rowWeights[i] * logarithm(max(probabilities[labels[i]], 1e-300)))
      for c in isKnown.indices where isKnown[c] && distances[c] > 0 {
        let excess = probabilities[c] - (c == labels[i] ? 1 : 0)
        let factor = -rowWeights[i] * excess / distances[c]
        for j in 0..<embedding.columnCount {
          slope[i, j] += factor * (embedding[i, j] - centers[c, j])
        }
      }
    }
    return (orderedSum(terms), slope)
  }

  /// ‖z - c‖ by class; infinite for unknown ones.
  private func distances(_ row: ArraySlice<Double>) -> [Double] {
    isKnown.indices.map { c in
      guard isKnown[c] else { return .infinity }
      return orderedSum(zip(row, centers.row(c)).map { ($0 - $1) * ($0 - $1) }).squareRoot()
    }
  }

  private func probabilities(_ distances: [Double]) -> [Double] {
    let nearest = distances.min() ?? 0
    let raw = distances.map { $0.isFinite ? exponential(nearest - $0) : 0 }
    let total = orderedSum(raw)
    return raw.map { $0 / total }
  }
}
