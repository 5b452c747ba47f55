import LinearAlgebra

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// ELU with α = 1 of one number.
@inline(__always)
func eluValue(_ x: Double) -> Double { x > 0 ? x : expm1(x) }

/// ELU with α = 1, entry by entry.
struct ExponentialLinearUnit: TapeOperation {
  let input: Int
  var inputs: [Int] { [input] }

  func forward(_ values: [Matrix], _ result: inout Matrix, _ dropout: RandomStreams?) {
    let source = values[input]
    result.reshape(rows: source.rowCount, columns: source.columnCount)
    result.values.withUnsafeMutableBufferPointer { target in
      source.values.withUnsafeBufferPointer { entries in
        for p in 0..<target.count { target[p] = eluValue(entries[p]) }
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
        // φ'(x) = 1 for x > 0, else eˣ = φ(x) + 1.
        for p in 0..<target.count where output[p] <= 0 { target[p] *= output[p] + 1 }
      }
    }
    sink.add(slope, to: input)
  }
}
