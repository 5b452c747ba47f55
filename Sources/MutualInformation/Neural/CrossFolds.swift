import LinearAlgebra

/// Folds of the rows, each measured by networks that are trained on the others; a part of these
/// others only tells when to stop.
package struct CrossFolds: Sendable {
  /// One fold.
  package struct Fold: Sendable {
    /// Rows that the gradient sees.
    package let training: [Int]
    /// Rows that choose the state of training.
    package let validation: [Int]
    /// Rows that the estimate is made of, ascending.
    package let heldOut: [Int]
  }

  package let folds: [Fold]

  /// Deals shuffled rows; a fifth of what is not held out, 2,000 rows at most, is for validation.
  package init(rowCount: Int, folds count: Int, stream: RandomStream) {
    var stream = stream
    let order = stream.permutation(rowCount)
    let bounds = (0...count).map { $0 * rowCount / count }
    folds = (0..<count).map { fold in
      let held = bounds[fold]..<bounds[fold + 1]
      var others = Array(order[..<held.lowerBound] + order[held.upperBound...])
      stream.shuffle(&others)
      let validated = min(others.count / 5, 2000)
      return Fold(
        training: Array(others[validated...]), validation: Array(others[..<validated]),
        heldOut: order[held].sorted())
    }
  }
}
