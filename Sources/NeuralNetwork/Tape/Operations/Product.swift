import LinearAlgebra

/// Dense matrix product a · b, or a · bᵀ.
struct Product: TapeOperation {
  let left: Int
  let right: Int
  let transposesRight: Bool
  var inputs: [Int] { [left, right] }

  func forward(_ values: [Matrix], _ result: inout Matrix, _ dropout: RandomStreams?) {
    result.setToProduct(of: values[left], and: values[right], transposingSecond: transposesRight)
  }

  func backward(
    _ gradient: Matrix, _ values: [Matrix], _ result: Matrix, _ sink: inout GradientSink
  ) {
    if sink.wants(left) {
      sink.add(gradient.product(values[right], transposingOther: !transposesRight), to: left)
    }
    if sink.wants(right) {
      let (first, second) = transposesRight ? (gradient, values[left]) : (values[left], gradient)
      sink.add(first.product(second, transposingSelf: true), to: right)
    }
  }
}

/// Product of a fixed sparse matrix with a dense value.
struct SparseProduct: TapeOperation {
  let propagation: PropagationMatrix
  let input: Int
  var inputs: [Int] { [input] }

  func forward(_ values: [Matrix], _ result: inout Matrix, _ dropout: RandomStreams?) {
    result = propagation.matrix.product(values[input])
  }

  func backward(
    _ gradient: Matrix, _ values: [Matrix], _ result: Matrix, _ sink: inout GradientSink
  ) {
    if sink.wants(input) { sink.add(propagation.transposed.product(gradient), to: input) }
  }
}
