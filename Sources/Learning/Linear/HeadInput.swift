import LinearAlgebra
import NeuralNetwork

/// What of a modality a linear relational head sees.
package enum HeadInput: Hashable, Sendable {
  /// Standardised values.
  case values
  /// Scores on so many leading principal components of all training patients.
  case components(Int)
  /// The same, each score times the square root of its standard deviation, and the block scaled to a
  /// mean squared length of its number of columns: leading directions count for more.
  case emphasizedComponents(Int)
}

/// From standardised values to what a head sees, estimated on training patients without their labels.
struct HeadInputMap: Sendable {
  let means: [Double]
  /// Features × columns; nil where values pass as they are.
  let basis: Matrix?

  /// A map of given parts.
  init(means: [Double], basis: Matrix?) {
    self.means = means
    self.basis = basis
  }

  /// - Parameter training: standardised rows of the training patients.
  init(_ input: HeadInput, training: Matrix) throws(LinearAlgebraError) {
    let most: Int
    switch input {
    case .values:
      (means, basis) = ([], nil)
      return
    case .components(let count), .emphasizedComponents(let count): most = count
    }
    means = training.columnMeans()
    let centered = training.centeringColumns()
    let span = try RowSpan(centered)
    // The span's basis is in order of ascending eigenvalues.
    let count = min(most, span.rank)
    var leading = span.basis.selecting(columns: (span.rank - count..<span.rank).reversed())
    if case .emphasizedComponents = input {
      let scores = centered.product(leading)
      var squares = 0.0
      let deviations = (0..<count).map { j in
        (orderedSum(scores.column(j).map { $0 * $0 }) / Double(max(scores.rowCount, 1)))
          .squareRoot()
      }
      for deviation in deviations { squares += deviation * deviation * deviation }
      let scale = squares > 0 ? (Double(count) / squares).squareRoot() : 0
      for (j, deviation) in deviations.enumerated() {
        for i in 0..<leading.rowCount { leading[i, j] *= scale * deviation.squareRoot() }
      }
    }
    basis = leading
  }

  /// Columns of the input for standardised rows of so many columns.
  func columnCount(of width: Int) -> Int { basis?.columnCount ?? width }

  /// What heads see of standardised rows; a row depends on itself alone.
  func callAsFunction(_ rows: Matrix) -> Matrix {
    guard let basis else { return rows }
    var centered = rows
    for i in 0..<rows.rowCount {
      for j in 0..<rows.columnCount { centered[i, j] -= means[j] }
    }
    return centered.fixedOrderProduct(basis)
  }
}
