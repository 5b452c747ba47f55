import LinearAlgebra
import Testing
import _TestSupport

@Suite("Ledoit–Wolf shrinkage")
struct LedoitWolfTests {
  @Test("Values of scikit-learn")
  func golden() {
    let golden = Golden.shared["ledoit_wolf"]
    let estimate = LedoitWolf(golden["X"].matrix)
    #expect(abs(estimate.shrinkage - golden["shrinkage"].double) <= 1e-12)
    #expect(estimate.covariance().maximumDifference(from: golden["cov"].matrix) <= 1e-12)
  }

  @Test("More columns than rows: as from the definition")
  func wide() {
    var stream = RandomStream(seed: 3)
    let z = stream.normalMatrix(rows: 7, columns: 20).centeringColumns()
    let estimate = LedoitWolf(z, isCentered: true)
    var s = z.product(z, transposingSelf: true)
    s.scale(by: 1.0 / 7)
    let mean = (0..<20).reduce(0) { $0 + s[$1, $1] } / 20
    let target = mean * Matrix.identity(20)
    let distance = (s - target).frobeniusNorm
    var noise = 0.0
    for i in 0..<7 {
      let row = z.selecting(rows: [i])
      let norm = (row.product(row, transposingSelf: true) - s).frobeniusNorm
      noise += norm * norm / 49
    }
    #expect(abs(estimate.shrinkage - min(1, noise / (distance * distance))) <= 1e-12)
    #expect(abs(estimate.meanVariance - mean) <= 1e-13)
  }

  @Test("Constant columns have nothing to shrink; the scale does not matter")
  func limits() {
    let constant = LedoitWolf(Matrix(rows: 4, columns: 3, repeating: 2))
    #expect(constant.shrinkage == 0 && constant.meanVariance == 0)
    var stream = RandomStream(seed: 5)
    let rows = stream.normalMatrix(rows: 30, columns: 4)
    #expect(abs(LedoitWolf(rows).shrinkage - LedoitWolf(1e4 * rows).shrinkage) <= 1e-12)
  }
}
