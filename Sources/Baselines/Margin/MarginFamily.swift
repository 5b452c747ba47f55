#if LIBLINEAR
  import Evaluation
  import LinearAlgebra
  import NeuralNetwork

  /// Linear support vector machines, one class against the rest, squared hinge loss, C = .1, both
  /// sides of each problem with the same total weight; the C decision values, divided by one
  /// temperature fitted on inner out-of-fold values, serve as logits.
  package struct MarginFamily: LinearFamily {
    /// C > 0.
    package let cost: Double
    /// Share of its start that the gradient's norm falls to.
    package let tolerance: Double

    /// A family; C = .1 by default.
    package init(cost: Double = 0.1, tolerance: Double = 1e-7) {
      self.cost = cost
      self.tolerance = tolerance
    }

    /// `svm`.
    package var name: String { "svm" }
    /// The temperature is fitted out of fold.
    package var isChosenOutOfFold: Bool { true }

    /// One model of raw decision values.
    ///
    /// With more features than rows the rows are first rotated into their span, which leaves the
    /// solution as it is.
    package func candidates(_ rows: LabelledRows) throws -> [SoftmaxRegression.Model] {
      let span =
        rows.features.columnCount > rows.features.rowCount ? try RowSpan(rows.features) : nil
      let features = span?.project(rows.features) ?? rows.features
      var weights = Matrix(rows: features.columnCount, columns: rows.classCount)
      var biases = [Double](repeating: 0, count: rows.classCount)
      // Two classes are two sides of one problem.
      let problems = rows.classCount == 2 ? 1 : rows.classCount
      for c in 0..<problems {
        let machine = LinearSVM(
          features: features, isPositive: rows.labels.map { $0 == c }, cost: cost,
          tolerance: tolerance)
        for j in 0..<weights.rowCount { weights[j, c] = machine.weights[j] }
        biases[c] = machine.bias
      }
      if rows.classCount == 2 {
        for j in 0..<weights.rowCount { weights[j, 1] = -weights[j, 0] }
        biases[1] = -biases[0]
      }
      return [
        SoftmaxRegression.Model(weights: span?.lift(weights) ?? weights, biases: biases)
      ]
    }

    /// The temperature of least mean negative log-likelihood.
    package func choose(
      outOfFold: [Matrix], labels: [Int]
    ) -> (candidate: Int, temperature: Double) {
      guard let logits = outOfFold.first else { return (0, 1) }
      return (0, Temperature(fitting: logits, labels: labels).value)
    }
  }
#endif
