import LinearAlgebra

/// A modality’s standardized values from those of the others, by ridge regression of all columns at once:
/// ẑ = G_* (G + I)⁻¹ Z, G = X Xᵀ/d over the d columns of the others.
///
/// Source: kernel ridge regression with a linear kernel, solved in the smaller of both dimensions.
struct ModalityImputer: Sendable {
  /// Columns of the others × columns of the modality.
  let weights: Matrix

  /// An imputer of given weights.
  init(weights: Matrix) { self.weights = weights }

  /// - Parameters:
  ///   - sources: rows × columns of the others, missing ones at their mean (0).
  ///   - target: rows × columns of the modality.
  /// - Complexity: O(n d min(n, d)) and a factorization of order min(n, d).
  init(sources: Matrix, target: Matrix) throws(LinearAlgebraError) {
    guard sources.rowCount > 0 else {
      // Nobody to learn from: the training mean.
      weights = Matrix(rows: sources.columnCount, columns: target.columnCount)
      return
    }
    let width = max(Double(sources.columnCount), 1)
    let isWide = sources.columnCount > sources.rowCount
    var gram = isWide ? sources.gram() : sources.product(sources, transposingSelf: true)
    gram.scale(by: 1 / width)
    for i in 0..<gram.rowCount { gram[i, i] += 1 }
    let factor = try CholeskyFactor(gram)
    var solution =
      isWide
      ? sources.product(factor.solve(target), transposingSelf: true)
      : factor.solve(sources.product(target, transposingSelf: true))
    solution.scale(by: 1 / width)
    weights = solution
  }

  /// Imputed rows; a row depends on itself alone.
  func callAsFunction(_ sources: Matrix) -> Matrix { sources.fixedOrderProduct(weights) }
}

extension PreparedPatients {
  /// A number of folds that no count of patients calls for otherwise.
  private static let foldCount = 5

  /// The same patients as patients without `missing` look: each of those modalities is imputed from
  /// the others, for training patients out of fold, so that what is learned on imputed values meets
  /// the like at prediction.
  ///
  /// - Parameters:
  ///   - missing: positions among the modalities; at least one modality is left.
  ///   - trainingCount: rows before it are fitted on.
  func imputing(
    _ missing: Set<Int>, trainingCount: Int, streams: RandomStreams
  ) throws -> PreparedPatients {
    var result = self
    result.missing = missing.sorted()
    let sources = Matrix.horizontal(
      modalities.modalities.indices.filter { !missing.contains($0) }
        .map { patients.features[$0] })
    var stream = streams.stream("imputation/folds")
    let order = stream.permutation(trainingCount)
    var fold = [Int](repeating: -1, count: sources.rowCount)
    for (position, row) in order.enumerated() { fold[row] = position % Self.foldCount }
    for m in result.missing {
      let known = (0..<trainingCount).filter { patients.isMeasured[m][$0] }
      func imputer(_ rows: [Int]) throws -> ModalityImputer {
        try ModalityImputer(
          sources: sources.selecting(rows: rows),
          target: patients.features[m].selecting(rows: rows))
      }
      let whole = try imputer(known)
      var values = whole(sources)
      for k in 0..<Self.foldCount {
        let held = (0..<trainingCount).filter { fold[$0] == k }
        let fitted = try imputer(known.filter { fold[$0] != k })
        let rows = fitted(sources.selecting(rows: held))
        for (position, row) in held.enumerated() { values.setRow(row, rows.row(position)) }
      }
      result.patients.features[m] = values
      result.modalities.imputers[m] = whole
    }
    return result
  }
}
