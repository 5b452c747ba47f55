import LinearAlgebra

extension Matrix {
  /// inputs × outputs weights, uniform on ±√(6/(inputs + outputs)), row-major from one stream
  /// (Glorot & Bengio 2010).
  package static func glorotUniform(
    inputs: Int, outputs: Int, stream: RandomStream
  ) -> Matrix {
    var stream = stream
    let limit = (6 / Double(inputs + outputs)).squareRoot()
    return Matrix(
      rows: inputs, columns: outputs,
      values: (0..<(inputs * outputs)).map { _ in limit * (2 * stream.uniform() - 1) })
  }
}
