import LinearAlgebra
import Testing
import _TestSupport

@Suite("Matrix products")
struct MatrixProductTests {
  private func random(_ rows: Int, _ columns: Int, _ name: String) -> Matrix {
    var stream = RandomStream(seed: 7, name: name)
    return stream.normalMatrix(rows: rows, columns: columns)
  }

  @Test(
    "All products agree with the naive loop",
    arguments: [(1, 1, 1), (3, 5, 2), (7, 19, 33), (40, 17, 16), (5, 0, 3), (0, 4, 2)])
  func products(m: Int, k: Int, n: Int) {
    let a = random(m, k, "a")
    let b = random(k, n, "b")
    let expected = naiveProduct(a, b)
    let tolerance = 1e-12 * Double(max(k, 1))
    #expect(a.product(b).maximumDifference(from: expected) <= tolerance)
    #expect(
      a.transposed().product(b, transposingSelf: true).maximumDifference(from: expected)
        <= tolerance)
    #expect(
      a.product(b.transposed(), transposingOther: true).maximumDifference(from: expected)
        <= tolerance)
    #expect(a.fixedOrderProduct(b).maximumDifference(from: expected) <= tolerance)
    #expect(
      a.fixedOrderProduct(transposed: b.transposed()).maximumDifference(from: expected)
        <= tolerance)
  }

  @Test("A row of a fixed-order product has the same bits alone and in a batch")
  func rowIndependence() {
    let a = random(23, 301, "a")
    let b = random(301, 37, "b")
    let batch = a.fixedOrderProduct(b)
    let batchTransposed = a.fixedOrderProduct(transposed: b.transposed())
    for i in 0..<a.rowCount {
      let alone = a.selecting(rows: [i])
      #expect(alone.fixedOrderProduct(b).values == Array(batch.row(i)))
      #expect(
        alone.fixedOrderProduct(transposed: b.transposed()).values
          == Array(batchTransposed.row(i)))
    }
  }

  @Test("The Gram matrix is symmetric and equals A Aᵀ")
  func gram() {
    let a = random(31, 12, "a")
    let gram = a.gram()
    #expect(gram == gram.transposed())
    #expect(gram.maximumDifference(from: naiveProduct(a, a.transposed())) <= 1e-12)
  }
}
