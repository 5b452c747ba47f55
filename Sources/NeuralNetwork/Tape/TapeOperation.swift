import LinearAlgebra

/// One differentiable step of a ``Tape``.
protocol TapeOperation: Sendable {
  /// Indices of the values it reads.
  var inputs: [Int] { get }

  /// Writes the step's value into `result`, whose buffer is reused if it has the right shape.
  mutating func forward(_ values: [Matrix], _ result: inout Matrix, _ dropout: RandomStreams?)

  /// Adds to `sink`, for each input it wants, the derivative along `gradient` (of the step's value).
  func backward(
    _ gradient: Matrix, _ values: [Matrix], _ result: Matrix, _ sink: inout GradientSink)
}

/// Collects derivatives of one backward pass for the values that lead to wanted leaves.
struct GradientSink {
  private let wanted: [Bool]
  private(set) var gradients: [Matrix?]

  init(wanted: [Bool]) {
    self.wanted = wanted
    gradients = [Matrix?](repeating: nil, count: wanted.count)
  }

  /// Whether a derivative for that value is of use.
  func wants(_ index: Int) -> Bool { wanted[index] }

  /// Adds `factor · gradient`; a factor of 0 leaves every bit as it is.
  mutating func add(_ gradient: consuming Matrix, times factor: Double = 1, to index: Int) {
    guard wanted[index], factor != 0 else { return }
    if gradients[index] != nil {
      gradients[index]?.add(gradient, times: factor)
    } else {
      if factor != 1 { gradient.scale(by: factor) }
      gradients[index] = gradient
    }
  }

  /// Hands out a derivative that is complete, and forgets it.
  mutating func take(_ index: Int) -> Matrix? {
    var taken: Matrix?
    swap(&taken, &gradients[index])
    return taken
  }
}

extension Matrix {
  /// Makes the matrix have the given shape; entries are then unspecified.
  mutating func reshape(rows: Int, columns: Int) {
    if rowCount != rows || columnCount != columns { self = Matrix(rows: rows, columns: columns) }
  }
}
