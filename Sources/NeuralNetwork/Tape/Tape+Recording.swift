import LinearAlgebra

extension Tape {
  /// Dense product a · b, through BLAS.
  package mutating func product(_ a: Variable, _ b: Variable) -> Variable {
    record(Product(left: a.index, right: b.index, transposesRight: false))
  }

  /// Inner products of the rows of a with the rows of b, a · bᵀ, through BLAS.
  package mutating func product(_ a: Variable, transposed b: Variable) -> Variable {
    record(Product(left: a.index, right: b.index, transposesRight: true))
  }

  /// Product of a fixed sparse matrix with a value.
  package mutating func product(_ propagation: PropagationMatrix, _ a: Variable) -> Variable {
    record(SparseProduct(propagation: propagation, input: a.index))
  }

  /// Adds a 1 × columns bias to every row.
  package mutating func addBias(_ bias: Variable, to a: Variable) -> Variable {
    record(AddBias(input: a.index, bias: bias.index))
  }

  /// Σ_k coefficient_k · term_k of values of one shape; a term may occur once.
  package mutating func weightedSum(_ terms: [Variable], coefficients: [Double]) -> Variable {
    precondition(terms.count == coefficients.count && !terms.isEmpty, "one coefficient per term")
    return record(WeightedSum(inputs: terms.map(\.index), coefficients: coefficients))
  }

  /// a + b.
  package mutating func add(_ a: Variable, _ b: Variable) -> Variable {
    weightedSum([a, b], coefficients: [1, 1])
  }

  /// factor · a.
  package mutating func scale(_ a: Variable, by factor: Double) -> Variable {
    weightedSum([a], coefficients: [factor])
  }

  /// Σ_k diag(column k of `weights`) · term_k: each row has its own mixture; `weights` is
  /// rows × terms.
  package mutating func rowWeightedSum(_ terms: [Variable], weights: Matrix) -> Variable {
    precondition(terms.count == weights.columnCount, "one column of weights per term")
    return record(RowWeightedSum(inputs: terms.map(\.index), weights: weights))
  }

  /// Multiplies each row by its own factor; 0 masks a row.
  package mutating func scaleRows(_ a: Variable, by factors: [Double]) -> Variable {
    rowWeightedSum([a], weights: Matrix(rows: factors.count, columns: 1, values: factors))
  }

  /// Values of equal row count side by side.
  package mutating func concatenate(_ parts: [Variable]) -> Variable {
    record(Concatenation(inputs: parts.map(\.index)))
  }

  /// Exponential linear unit with α = 1 (Clevert et al. 2016): x for x > 0, else eˣ - 1.
  package mutating func elu(_ a: Variable) -> Variable {
    record(ExponentialLinearUnit(input: a.index))
  }

  /// Rectified linear unit: x for x > 0, else 0.
  package mutating func relu(_ a: Variable) -> Variable {
    record(RectifiedLinearUnit(input: a.index))
  }

  /// Inverted dropout (Srivastava et al. 2014): an entry is kept with probability 1 - `rate` and
  /// then divided by it. One uniform draw per entry, row-major, from the epoch's stream `name`.
  package mutating func dropout(_ a: Variable, rate: Double, name: String) -> Variable {
    precondition(rate >= 0 && rate < 1, "a dropout rate lies in 0..<1")
    return rate == 0 ? a : record(Dropout(input: a.index, rate: rate, name: name))
  }

  /// Σ_i rowWeight_i · CE(softmax(logits_i), targets_i), targets hard or soft (rows × classes).
  package mutating func crossEntropy(
    _ logits: Variable, targets: Matrix, rowWeights: [Double]
  ) -> Variable {
    record(CrossEntropy(input: logits.index, targets: targets, rowWeights: rowWeights))
  }

  /// Σ_i rowWeight_i · T² KL(teacher_i ‖ softmax(logits_i / T)) (Hinton, Vinyals & Dean 2015);
  /// `teacher` holds the teacher's probabilities at the same temperature T.
  package mutating func distillation(
    _ logits: Variable, teacher: Matrix, temperature: Double, rowWeights: [Double]
  ) -> Variable {
    record(
      Distillation(
        input: logits.index, teacher: teacher, temperature: temperature, rowWeights: rowWeights))
  }
}
