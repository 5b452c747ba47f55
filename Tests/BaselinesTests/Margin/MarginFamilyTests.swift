#if LIBLINEAR
  import Baselines
  import LinearAlgebra
  import NeuralNetwork
  import Testing

  @Suite struct MarginFamilyTests {
    private static func rows(_ n: Int, _ d: Int, _ classCount: Int) -> LabelledRows {
      var stream = RandomStream(seed: 1, name: "margin/\(n)/\(d)")
      var features = stream.normalMatrix(rows: n, columns: d)
      let labels = (0..<n).map { i in i < classCount ? i : min(stream.below(6), classCount - 1) }
      for i in 0..<n { features[i, labels[i] % d] += 1 }
      return LabelledRows(features: features, labels: labels, classCount: classCount)
    }

    @Test(arguments: [(60, 4, 3), (40, 90, 3), (50, 5, 2)])
    func convergesToTheStatedOptimum(shape: (Int, Int, Int)) throws {
      let rows = Self.rows(shape.0, shape.1, shape.2)
      let model = try MarginFamily().candidates(rows)[0]
      let logits = model.logits(rows.features)
      let n = Double(shape.0)
      for c in 0..<shape.2 {
        let positives = Double(rows.labels.count { $0 == c })
        // Gradient of ½‖(w, b)‖² + C Σ ω max(0, 1 - y f)².
        var gradient = model.weights.column(c)
        var slope = model.biases[c]
        for (i, label) in rows.labels.enumerated() {
          let side = label == c ? 1.0 : -1.0
          let weight = n / (2 * (label == c ? positives : n - positives))
          let gap = max(0, 1 - side * logits[i, c])
          let factor = -2 * 0.1 * weight * gap * side
          slope += factor
          for j in gradient.indices { gradient[j] += factor * rows.features[i, j] }
        }
        #expect((gradient + [slope]).map(abs).max() ?? .nan < 1e-5)
      }
    }

    @Test func earlierFitsAndOtherThreadsChangeNothing() throws {
      let rows = Self.rows(60, 8, 3)
      let reference = try MarginFamily().candidates(rows)[0]
      _ = try MarginFamily().candidates(Self.rows(40, 5, 2))
      let repeated = try parallelMap(count: 12, threads: 4) { index in
        if index % 3 == 1 { _ = try MarginFamily().candidates(Self.rows(30 + index, 5, 3)) }
        let model = try MarginFamily().candidates(rows)[0]
        return (model.weights, model.biases)
      }
      for (weights, biases) in repeated {
        #expect(weights == reference.weights && biases == reference.biases)
      }
    }

    @Test func twoClassesMirrorEachOther() throws {
      let rows = Self.rows(50, 5, 2)
      let logits = try MarginFamily().candidates(rows)[0].logits(rows.features)
      for i in 0..<50 { #expect(logits[i, 0] == -logits[i, 1]) }
    }

    @Test func calibrationKeepsTheClass() {
      var stream = RandomStream(seed: 1, name: "margin/temperature")
      let logits = 5 * stream.normalMatrix(rows: 80, columns: 3)
      let labels = argmaxRows(logits).enumerated().map { $0 % 4 == 0 ? ($1 + 1) % 3 : $1 }
      let choice = MarginFamily().choose(outOfFold: [logits], labels: labels)
      #expect(choice.candidate == 0 && choice.temperature > 1)
    }
  }
#endif
