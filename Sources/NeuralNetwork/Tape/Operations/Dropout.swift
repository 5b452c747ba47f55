import LinearAlgebra

/// Inverted dropout from a named stream.
struct Dropout: TapeOperation {
  let input: Int
  let rate: Double
  let name: String
  /// Which entries were kept; empty while dropout is off.
  private var isKept: [Bool] = []
  private var survival: Double { 1 / (1 - rate) }
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
      isKept = []
      result = source
      return
    }
    let count = source.values.count
    result.reshape(rows: source.rowCount, columns: source.columnCount)
    if isKept.count != count { isKept = [Bool](repeating: true, count: count) }
    // real ≥ p, compared as the 53-bit integer behind the real.
    let threshold = UInt64((rate * 0x1p53).rounded(.up))
    let survival = survival
    isKept.withUnsafeMutableBufferPointer { kept in
      source.values.withUnsafeBufferPointer { entries in
        result.values.withUnsafeMutableBufferPointer { target in
          for p in 0..<count {
            let keeps = (stream.next() >> 11) >= threshold
            kept[p] = keeps
            target[p] = keeps ? survival * entries[p] : 0
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
    if !isKept.isEmpty {
      let survival = survival
      scaled.values.withUnsafeMutableBufferPointer { target in
        isKept.withUnsafeBufferPointer { kept in
          for p in 0..<target.count { target[p] = kept[p] ? survival * target[p] : 0 }
        }
      }
    }
    sink.add(scaled, to: input)
  }
}
