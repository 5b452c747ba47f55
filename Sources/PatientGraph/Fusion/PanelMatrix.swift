import CKernels
import LinearAlgebra

/// A square matrix in the order of the fusion kernels: panels of 16 columns, each row by row, padded
/// with zeros to a multiple of 16, so that a panel is one stretch of memory.
struct PanelMatrix: Equatable, Sendable {
  static let side = Int(eq_fusion_side)

  /// Rows and columns, without padding.
  let order: Int
  /// Panels one after the other.
  var values: [Double]

  /// Zeros.
  init(order: Int) {
    self.order = order
    let padded = Self.padded(order)
    values = [Double](repeating: 0, count: padded * padded)
  }

  /// The same entries as a square matrix.
  init(_ matrix: Matrix) {
    precondition(matrix.rowCount == matrix.columnCount, "matrix must be square")
    self.init(order: matrix.rowCount)
    for i in 0..<order {
      for j in 0..<order { values[position(i, j)] = matrix[i, j] }
    }
  }

  /// `order` up to a multiple of 16.
  static func padded(_ order: Int) -> Int { (order + side - 1) / side * side }

  /// Number of panels.
  var panelCount: Int { Self.padded(order) / Self.side }

  /// Where an entry stands in ``values``.
  @inline(__always)
  func position(_ i: Int, _ j: Int) -> Int {
    (j / Self.side * panelCount * Self.side + i) * Self.side + j % Self.side
  }

  subscript(i: Int, j: Int) -> Double { values[position(i, j)] }
}
