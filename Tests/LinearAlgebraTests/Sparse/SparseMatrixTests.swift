import LinearAlgebra
import Testing
import _TestSupport

@Suite("Sparse matrices")
struct SparseMatrixTests {
  private func random(rows: Int, columns: Int) -> SparseMatrix {
    var stream = RandomStream(seed: 5, name: "sparse")
    return SparseMatrix(
      rows: (0..<rows).map { _ in
        stream.permutation(columns).prefix(3).map { (column: $0, weight: stream.normal()) }
      }, columnCount: columns)
  }

  @Test("Sparse and dense products agree", arguments: [1, 15, 16, 40])
  func product(width: Int) {
    let sparse = random(rows: 8, columns: 10)
    var stream = RandomStream(seed: 6)
    let dense = stream.normalMatrix(rows: 10, columns: width)
    #expect(
      sparse.product(dense).maximumDifference(from: naiveProduct(sparse.dense(), dense)) <= 1e-13)
  }

  @Test("Columns ascend and the transpose is the dense transpose")
  func transpose() {
    let sparse = random(rows: 8, columns: 10)
    for i in 0..<8 {
      let columns = sparse.row(i).map(\.column)
      #expect(columns == columns.sorted())
    }
    #expect(sparse.transposed().dense() == sparse.dense().transposed())
    #expect(sparse.storedCount == 24)
  }
}
