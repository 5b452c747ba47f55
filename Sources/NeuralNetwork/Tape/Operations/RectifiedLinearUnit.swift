import LinearAlgebra

/// max(x, 0), entry by entry.
struct RectifiedLinearUnit: TapeOperation {
  let input: Int
  var inputs: [Int] { [input] }

  func forward(_ values: [Matrix], _ result: inout Matrix, _ dropout: RandomStreams?) {
    let source = values[input]
    result.reshape(rows: source.rowCount, columns: source.columnCount)
    result.values.withUnsafeMutableBufferPointer { target in
      source.values.withUnsafeBufferPointer { entries in
        for p in 0..<target.count { target[p] = rectified(entries[p]) }
      }
    }
  }

  func backward(
    _ gradient: Matrix, _ values: [Matrix], _ result: Matrix, _ sink: inout GradientSink
  ) {
    guard sink.wants(input) else { return }
    var slope = gradient
    slope.values.withUnsafeMutableBufferPointer { target in
      result.values.withUnsafeBufferPointer { output in
        for p in 0..<target.count { target[p] = output[p] > 0 ? target[p] : 0 }
      }
    }
    sink.add(slope, to: input)
  }
}

/// max(x, 0) of one number.
@inline(__always)
func rectified(_ x: Double) -> Double { x > 0 ? x : 0 }
