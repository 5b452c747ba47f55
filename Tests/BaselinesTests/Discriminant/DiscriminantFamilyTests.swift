import Baselines
import LinearAlgebra
import NeuralNetwork
import Testing
import _TestSupport

@Suite struct DiscriminantFamilyTests {
  @Test func goldenLedoitWolfShare() throws {
    let golden = Golden.shared["ledoit_wolf"]
    var centered = golden["X"].matrix
    let (n, d) = (centered.rowCount, centered.columnCount)
    for j in 0..<d {
      let mean = orderedMean(centered.column(j))
      for i in 0..<n { centered[i, j] -= mean }
    }
    let estimate = try LedoitWolfShare(centered: centered)
    #expect(abs(estimate.shrinkage - golden["shrinkage"].double) < 1e-12)
    var covariance = centered.product(centered, transposingSelf: true)
    covariance.scale(by: (1 - estimate.shrinkage) / Double(n))
    for j in 0..<d { covariance[j, j] += estimate.shrinkage * estimate.meanVariance }
    #expect(covariance.maximumDifference(from: golden["cov"].matrix) < 1e-12)
  }

  @Test func ledoitWolfOfASphereAndOfWideRows() throws {
    let cross = Matrix([[1, 0], [-1, 0], [0, 1], [0, -1]])
    let sphere = try LedoitWolfShare(centered: cross)
    #expect(sphere.shrinkage == 0 && abs(sphere.meanVariance - 0.5) < 1e-15)
    // Both Gram matrices tell the same.
    var stream = RandomStream(seed: 1, name: "ledoit-wolf")
    let wide = stream.normalMatrix(rows: 7, columns: 12)
    let small = try LedoitWolfShare(centered: wide)
    let large = LedoitWolfShare(
      centered: wide,
      gramEigenvalues: try SymmetricEigen(wide.product(wide, transposingSelf: true)).values)
    #expect(abs(small.shrinkage - large.shrinkage) < 1e-12)
    #expect((0...1).contains(small.shrinkage))
  }

  private static func rows(_ n: Int, _ d: Int) -> LabelledRows {
    var stream = RandomStream(seed: 1, name: "discriminant/\(n)/\(d)")
    var features = stream.normalMatrix(rows: n, columns: d)
    let labels = (0..<n).map { $0 % 3 == 2 ? $0 % 2 : 2 }
    for i in 0..<n { features[i, labels[i] % d] += 1.5 }
    return LabelledRows(features: features, labels: labels, classCount: 3)
  }

  /// Scores from the definition, with the d × d covariance written out.
  private func denseScores(_ rows: LabelledRows, shrinkage: Double?) throws -> Matrix {
    let (n, d) = (rows.features.rowCount, rows.features.columnCount)
    var means = Matrix(rows: 3, columns: d)
    for c in 0..<3 {
      let members = rows.labels.indices.filter { rows.labels[$0] == c }
      for j in 0..<d {
        means[c, j] = members.map { rows.features[$0, j] }.reduce(0, +) / Double(members.count)
      }
    }
    var centered = rows.features
    for i in 0..<n {
      for j in 0..<d { centered[i, j] -= means[rows.labels[i], j] }
    }
    let share = try shrinkage ?? LedoitWolfShare(centered: centered).shrinkage
    var covariance = centered.product(centered, transposingSelf: true)
    covariance.scale(by: 1 / Double(n))
    let meanVariance = (0..<d).map { covariance[$0, $0] }.reduce(0, +) / Double(d)
    covariance.scale(by: 1 - share)
    for j in 0..<d { covariance[j, j] += share * meanVariance }
    let weights = try CholeskyFactor(covariance).solve(means.transposed())
    var scores = rows.features.product(weights)
    for c in 0..<3 {
      let bias = 0.5 * (0..<d).map { means[c, $0] * weights[$0, c] }.reduce(0, +)
      for i in 0..<n { scores[i, c] -= bias }
    }
    return scores
  }

  @Test(arguments: [(60, 5), (30, 80), (24, 24)])
  func agreesWithTheDenseDefinition(shape: (Int, Int)) throws {
    let rows = Self.rows(shape.0, shape.1)
    let family = DiscriminantFamily()
    let models = try family.candidates(rows)
    #expect(models.count == family.candidateCount)
    for (model, share) in zip(models, family.shares.map(Optional.some) + [nil]) {
      let expected = try denseScores(rows, shrinkage: share)
      #expect(model.logits(rows.features).maximumDifference(from: expected) < 1e-8)
    }
  }

  @Test func shiftingAllRowsKeepsThePosteriors() throws {
    let rows = Self.rows(40, 6)
    let shifted = rows.features.mapValues { $0 + 2 }
    let moved = LabelledRows(features: shifted, labels: rows.labels, classCount: 3)
    let family = DiscriminantFamily()
    for (a, b) in zip(try family.candidates(rows), try family.candidates(moved)) {
      let difference = softmaxRows(a.logits(rows.features))
        .maximumDifference(from: softmaxRows(b.logits(shifted)))
      #expect(difference < 1e-9)
    }
  }

  @Test func oneRowAClassIsNearestMean() throws {
    let features = Matrix([[2, 0, 0], [0, 2, 0], [0, 0, 2]])
    let rows = LabelledRows(features: features, labels: [0, 1, 2], classCount: 3)
    for model in try DiscriminantFamily().candidates(rows) {
      let logits = model.logits(Matrix([[1.5, 0.2, 0.1], [0, 1, 3]]))
      #expect(logits.values.allSatisfy { $0.isFinite })
      #expect(argmaxRows(logits) == [0, 2])
    }
  }

  @Test func choosesTheLeastBalancedLogLoss() {
    // Candidate 1 is right about the single row of class 1, candidate 0 about the others.
    let labels = [0, 0, 0, 1]
    let first = Matrix([[1, 0], [1, 0], [1, 0], [4, 0]])
    let second = Matrix([[0.5, 0], [0.5, 0], [0.5, 0], [0, 1]])
    #expect(DiscriminantFamily().choose(outOfFold: [first, second], labels: labels).candidate == 1)
    #expect(DiscriminantFamily().choose(outOfFold: [first, first], labels: labels).candidate == 0)
  }
}
