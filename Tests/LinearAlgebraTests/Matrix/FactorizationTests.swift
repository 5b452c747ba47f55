import LinearAlgebra
import Testing
import _TestSupport

@Suite("Factorizations")
struct FactorizationTests {
  private func random(_ rows: Int, _ columns: Int) -> Matrix {
    var stream = RandomStream(seed: 11, name: "factorization")
    return stream.normalMatrix(rows: rows, columns: columns)
  }

  private func diagonal(_ values: [Double]) -> Matrix {
    var result = Matrix(rows: values.count, columns: values.count)
    for (i, value) in values.enumerated() { result[i, i] = value }
    return result
  }

  @Test("Eigenvectors are orthonormal and rebuild the matrix")
  func eigen() throws {
    let matrix = random(12, 12).symmetrized()
    let eigen = try SymmetricEigen(matrix)
    #expect(eigen.values == eigen.values.sorted())
    let gram = naiveProduct(eigen.vectors.transposed(), eigen.vectors)
    #expect(gram.maximumDifference(from: .identity(12)) <= 1e-12)
    let rebuilt = naiveProduct(
      naiveProduct(eigen.vectors, diagonal(eigen.values)), eigen.vectors.transposed())
    #expect(rebuilt.maximumDifference(from: matrix) <= 1e-12)
  }

  @Test("Singular vectors rebuild the matrix, tall and wide", arguments: [(9, 4), (4, 9)])
  func singular(rows: Int, columns: Int) throws {
    let matrix = random(rows, columns)
    let svd = try SingularValues(matrix)
    #expect(svd.values == svd.values.sorted(by: >))
    let rebuilt = naiveProduct(naiveProduct(svd.left, diagonal(svd.values)), svd.rightTransposed)
    #expect(rebuilt.maximumDifference(from: matrix) <= 1e-12)
  }

  @Test("Cholesky solves, gives the determinant and refuses what is not positive definite")
  func cholesky() throws {
    let a = random(6, 9)
    let matrix = a.gram()
    let right = random(6, 2)
    let factor = try CholeskyFactor(matrix)
    #expect(naiveProduct(matrix, factor.solve(right)).maximumDifference(from: right) <= 1e-10)
    let logEigenvalues = try SymmetricEigen(matrix).values.map(logarithm)
    #expect(abs(factor.logDeterminant - logEigenvalues.reduce(0, +)) <= 1e-10)
    #expect(throws: LinearAlgebraError.self) { try CholeskyFactor(Matrix([[1, 2], [2, 1]])) }
  }

  @Test("Empty matrices are fine")
  func empty() throws {
    #expect(try SymmetricEigen(Matrix(rows: 0, columns: 0)).values.isEmpty)
    #expect(try SingularValues(Matrix(rows: 3, columns: 0)).values.isEmpty)
  }
}
