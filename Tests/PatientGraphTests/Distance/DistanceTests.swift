import LinearAlgebra
import PatientGraph
import Testing

@Suite("Distances")
struct DistanceTests {
  /// The textbook formula over co-observed features.
  private func naive(_ x: [Double], _ y: [Double], _ metric: DistanceMetric) -> Double {
    let pairs = zip(x, y).filter { !$0.0.isNaN && !$0.1.isNaN }
    let count = Double(pairs.count)
    let scale = Double(x.count) / count
    let squared = pairs.reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } * scale
    let isCentered = metric == .correlation
    let a = isCentered ? pairs.reduce(0) { $0 + $1.0 } / count : 0
    let b = isCentered ? pairs.reduce(0) { $0 + $1.1 } / count : 0
    let inner = pairs.reduce(0) { $0 + ($1.0 - a) * ($1.1 - b) }
    let sizes =
      pairs.reduce(0) { $0 + ($1.0 - a) * ($1.0 - a) }
      * pairs.reduce(0) { $0 + ($1.1 - b) * ($1.1 - b) }
    return switch metric {
    case .sqeuclidean: squared
    case .euclidean: squared.squareRoot()
    case .cosine, .correlation: 1 - inner / sizes.squareRoot()
    }
  }

  private func withGaps(_ features: Matrix) -> Matrix {
    var result = features
    for i in 0..<features.rowCount { result[i, (3 * i) % features.columnCount] = .nan }
    return result
  }

  @Test(
    "Fitting and cross distances equal the textbook formulas", arguments: DistanceMetric.allCases)
  func oracle(metric: DistanceMetric) {
    let features = simulatedModalities(23)[1]
    for matrix in [features, withGaps(features)] {
      let within = pairwiseDistances(matrix, metric: metric)
      let cross = crossDistances(matrix, to: matrix, metric: metric)
      var expected = Matrix(rows: 23, columns: 23)
      for i in 0..<23 {
        for j in 0..<23 where i != j {
          expected[i, j] = naive(Array(matrix.row(i)), Array(matrix.row(j)), metric)
        }
      }
      #expect(within.maximumDifference(from: expected) < 1e-11)
      #expect(cross.maximumDifference(from: expected) < 1e-11)
      #expect(within == within.transposed())
    }
  }

  @Test("Rows of cross distances do not depend on each other", arguments: DistanceMetric.allCases)
  func rowIndependence(metric: DistanceMetric) {
    let training = simulatedModalities(31)[1]
    var new = simulatedModalities(9, seed: 6)[1]
    new[4, 2] = .nan
    for matrix in [training, withGaps(training)] {
      let batch = crossDistances(new, to: matrix, metric: metric)
      for i in 0..<9 {
        let single = crossDistances(new.selecting(rows: [i]), to: matrix, metric: metric)
        #expect(single.values == Array(batch.row(i)))
      }
    }
  }

  @Test("Duplicates lie at exactly zero, far from the origin too")
  func duplicates() {
    var features = simulatedModalities(8)[0]
    for j in 0..<features.columnCount { features[3, j] = features[5, j] + 0 }
    let shifted = features.mapValues { $0 + 1e6 }
    for metric in [DistanceMetric.euclidean, .sqeuclidean] {
      #expect(pairwiseDistances(shifted, metric: metric)[3, 5] == 0)
      #expect(crossDistances(shifted, to: shifted, metric: metric)[5, 3] == 0)
    }
    let nearby = pairwiseDistances(shifted, metric: .euclidean)
    let exact = pairwiseDistances(features, metric: .euclidean)
    #expect(nearby.maximumDifference(from: exact) < 1e-3)
  }

  @Test("Zero rows, constant rows and pairs without common features")
  func degenerate() {
    let nan = Double.nan
    let rows = Matrix([[0, 0, 0], [2, 2, 2], [1, -1, 3], [nan, nan, 4], [5, nan, nan]])
    #expect(pairwiseDistances(rows, metric: .cosine)[0, 2] == 1)
    #expect(pairwiseDistances(rows, metric: .correlation)[1, 2] == 1)
    #expect(pairwiseDistances(rows, metric: .correlation)[3, 4] == 1)
    #expect(pairwiseDistances(rows, metric: .sqeuclidean)[3, 4] == 6)
    #expect(abs(pairwiseDistances(rows, metric: .euclidean)[3, 4] - 6.0.squareRoot()) < 1e-15)
    let complete = rows.selecting(rows: [0, 1, 2])
    #expect(pairwiseDistances(complete, metric: .correlation)[1, 2] == 1)
    #expect(pairwiseDistances(complete, metric: .cosine)[0, 1] == 1)
    #expect(pairwiseDistances(complete.selecting(rows: [2]), metric: .cosine).values == [0])
  }
}
