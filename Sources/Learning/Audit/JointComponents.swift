import LinearAlgebra
import NeuralNetwork

/// Leading principal components of an assay's labelled training patients, scaled so that the first has
/// unit spread: the small space in which assays are looked at together.
struct LeadingComponents: Sendable {
  /// Labelled training patients × components, the largest first; zeros where not measured.
  let training: Matrix
  /// Tested patients × components.
  let tested: Matrix

  /// Most components of an assay.
  static let most = 20

  /// Components of the measured patients.
  ///
  /// - Parameter count: at most so many; nil takes one for each twenty patients, from 2 to ``most``.
  init(
    features: Matrix, measured: [Int], tested testedFeatures: Matrix, testedMeasured: [Int],
    count: Int? = nil
  ) throws {
    let rows = features.selecting(rows: measured)
    let span = try RowSpan(rows)
    let count = min(count ?? min(max(2, measured.count / 20), Self.most), span.rank)
    // The span's basis stands by ascending eigenvalue.
    let leading = Array((span.rank - count..<span.rank).reversed())
    let basis = span.basis.selecting(columns: leading)
    let inside = rows.product(basis)
    var training = Matrix(rows: features.rowCount, columns: count)
    var tested = Matrix(rows: testedFeatures.rowCount, columns: count)
    let spread =
      count > 0
      ? (orderedSum(inside.column(0).map { $0 * $0 }) / Double(max(measured.count, 1)))
        .squareRoot() : 1
    let scale = spread > 1e-8 ? 1 / spread : 0
    for (position, row) in measured.enumerated() {
      training.setRow(row, inside.row(position).map { $0 * scale })
    }
    let outside = testedFeatures.selecting(rows: testedMeasured).fixedOrderProduct(basis)
    for (position, row) in testedMeasured.enumerated() {
      tested.setRow(row, outside.row(position).map { $0 * scale })
    }
    self.training = training
    self.tested = tested
  }
}

/// Several assays side by side, in their leading components with the products of the first three of
/// each with those of every other: what assays say only together.
///
/// A linear head on single assays cannot see it, however its answers are pooled: noise of one assay
/// that another one measures, or classes that differ by the sign of a product.
func jointFeatures(_ components: [Matrix]) -> Matrix {
  let rowCount = components.first?.rowCount ?? 0
  var products: [Matrix] = []
  for a in components.indices {
    for b in components.indices where b > a {
      let (first, second) = (components[a], components[b])
      let (height, width) = (min(3, first.columnCount), min(3, second.columnCount))
      var product = Matrix(rows: rowCount, columns: height * width)
      for i in 0..<rowCount {
        for j in 0..<height {
          for k in 0..<width { product[i, j * width + k] = first[i, j] * second[i, k] }
        }
      }
      products.append(product)
    }
  }
  return Matrix.horizontal(components + products)
}
