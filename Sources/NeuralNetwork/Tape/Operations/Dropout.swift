import LinearAlgebra

/// Inverted dropout from a named stream.
struct Dropout: TapeOperation {
  let input: Int
  let rate: Double
  let name: String
  /// What each entry was multiplied by; empty while dropout is off.
  private var factors: [Double] = []
  var inputs: [Int] { [input] }

  init(input: Int, rate: Double, name: String) {
    self.input = input
    self.rate = rate
    self.name = name
  }

  mutating func forward(
    _ values: [Matrix], _ result: inout Matrix, _ dropout: RandomStreams?
  ) {
    let source = values[input]
    guard var stream = dropout?.stream(name) else {
      factors = []
      result = source
      return
    }
    let count = source.values.count
    result.reshape(rows: source.rowCount, columns: source.columnCount)
    if factors.count != count { factors = [Double](repeating: 0, count: count) }
    // real ≥ p, compared as the 53-bit integer behind the real.
    let threshold = UInt64((rate * 0x1p53).rounded(.up))
    let survival = 1 / (1 - rate)
    factors.withUnsafeMutableBufferPointer { kept in
      source.values.withUnsafeBufferPointer { entries in
        result.values.withUnsafeMutableBufferPointer { target in
          for p in 0..<count {
            let factor = (stream.next() >> 11) >= threshold ? survival : 0
            kept[p] = factor
            target[p] = factor * entries[p]
          }
        }
      }
    }
  }

  func backward(
    _ gradient: Matrix, _ values: [Matrix], _ result: Matrix, _ sink: inout GradientSink
  ) {
    guard sink.wants(input) else { return }
    var scaled = gradient
    if !factors.isEmpty {
      scaled.values.withUnsafeMutableBufferPointer { target in
        factors.withUnsafeBufferPointer { kept in
          for p in 0..<target.count { target[p] *= kept[p] }
        }
      }
    }
    sink.add(scaled, to: input)
  }
}
