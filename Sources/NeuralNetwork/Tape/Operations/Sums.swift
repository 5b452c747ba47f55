import LinearAlgebra

/// A bias added to every row.
struct AddBias: TapeOperation {
  let input: Int
  let bias: Int
  var inputs: [Int] { [input, bias] }

  func forward(_ values: [Matrix], _ result: inout Matrix, _ dropout: RandomStreams?) {
    let (source, offsets) = (values[input], values[bias])
    precondition(
      offsets.rowCount == 1 && offsets.columnCount == source.columnCount,
      "a bias has one row and the width of its input")
    result.reshape(rows: source.rowCount, columns: source.columnCount)
    let width = source.columnCount
    result.values.withUnsafeMutableBufferPointer { target in
      source.values.withUnsafeBufferPointer { entries in
        offsets.values.withUnsafeBufferPointer { offset in
          for start in stride(from: 0, to: target.count, by: max(width, 1)) {
            for j in 0..<width { target[start &+ j] = entries[start &+ j] + offset[j] }
          }
        }
      }
    }
  }

  func backward(
    _ gradient: Matrix, _ values: [Matrix], _ result: Matrix, _ sink: inout GradientSink
  ) {
    if sink.wants(bias) {
      let width = gradient.columnCount
      var sums = Matrix(rows: 1, columns: width)
      sums.values.withUnsafeMutableBufferPointer { sum in
        gradient.values.withUnsafeBufferPointer { entries in
          for start in stride(from: 0, to: entries.count, by: max(width, 1)) {
            for j in 0..<width { sum[j] += entries[start &+ j] }
          }
        }
      }
      sink.add(sums, to: bias)
    }
    sink.add(gradient, to: input)
  }
}

/// Linear combination of values of one shape.
struct WeightedSum: TapeOperation {
  let inputs: [Int]
  var coefficients: [Double]

  func forward(_ values: [Matrix], _ result: inout Matrix, _ dropout: RandomStreams?) {
    result = coefficients[0] * values[inputs[0]]
    for k in 1..<max(inputs.count, 1) where coefficients[k] != 0 {
      result.add(values[inputs[k]], times: coefficients[k])
    }
  }

  func backward(
    _ gradient: Matrix, _ values: [Matrix], _ result: Matrix, _ sink: inout GradientSink
  ) {
    for (input, coefficient) in zip(inputs, coefficients) {
      sink.add(gradient, times: coefficient, to: input)
    }
  }
}

/// Linear combination with coefficients of its own in every row.
struct RowWeightedSum: TapeOperation {
  let inputs: [Int]
  let weights: Matrix

  func forward(_ values: [Matrix], _ result: inout Matrix, _ dropout: RandomStreams?) {
    let width = values[inputs[0]].columnCount
    result = Matrix(rows: weights.rowCount, columns: width)
    for (k, input) in inputs.enumerated() {
      let source = values[input]
      precondition(
        source.rowCount == weights.rowCount && source.columnCount == width, "shapes must agree")
      accumulate(source, column: k, &result)
    }
  }

  func backward(
    _ gradient: Matrix, _ values: [Matrix], _ result: Matrix, _ sink: inout GradientSink
  ) {
    for (k, input) in inputs.enumerated() where sink.wants(input) {
      var scaled = Matrix(rows: gradient.rowCount, columns: gradient.columnCount)
      accumulate(gradient, column: k, &scaled)
      sink.add(scaled, to: input)
    }
  }

  /// target += diag(weights of column k) · source.
  private func accumulate(_ source: Matrix, column k: Int, _ target: inout Matrix) {
    let width = source.columnCount
    target.values.withUnsafeMutableBufferPointer { out in
      source.values.withUnsafeBufferPointer { entries in
        for i in 0..<weights.rowCount {
          let factor = weights[i, k]
          if factor == 0 { continue }
          for p in (i &* width)..<(i &* width &+ width) { out[p] += factor * entries[p] }
        }
      }
    }
  }
}

/// Values of equal row count side by side.
struct Concatenation: TapeOperation {
  let inputs: [Int]

  func forward(_ values: [Matrix], _ result: inout Matrix, _ dropout: RandomStreams?) {
    let parts = inputs.map { values[$0] }
    let total = parts.reduce(0) { $0 + $1.columnCount }
    result.reshape(rows: parts[0].rowCount, columns: total)
    var start = 0
    result.values.withUnsafeMutableBufferPointer { target in
      for part in parts {
        precondition(part.rowCount == parts[0].rowCount, "parts must have one row count")
        let width = part.columnCount
        part.values.withUnsafeBufferPointer { source in
          for i in 0..<part.rowCount {
            for j in 0..<width {
              target[i &* total &+ start &+ j] = source[i &* width &+ j]
            }
          }
        }
        start += width
      }
    }
  }

  func backward(
    _ gradient: Matrix, _ values: [Matrix], _ result: Matrix, _ sink: inout GradientSink
  ) {
    var start = 0
    for input in inputs {
      let width = values[input].columnCount
      if sink.wants(input) {
        var part = Matrix(rows: gradient.rowCount, columns: width)
        part.values.withUnsafeMutableBufferPointer { target in
          gradient.values.withUnsafeBufferPointer { source in
            for i in 0..<gradient.rowCount {
              let offset = i &* gradient.columnCount &+ start
              for j in 0..<width { target[i &* width &+ j] = source[offset &+ j] }
            }
          }
        }
        sink.add(part, to: input)
      }
      start += width
    }
  }
}
