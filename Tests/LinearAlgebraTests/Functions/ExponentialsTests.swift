import LinearAlgebra
import Testing

@Suite("Exponentials of a matrix")
struct ExponentialsTests {
  @Test("Within 2 units in the last place of the library's, over the whole range")
  func accuracy() {
    var stream = RandomStream(seed: 1, name: "exponentials")
    let arguments =
      [0, -0.0, 1, -1, 708.9, -707.9, 0.34657359027997264, 1e-300]
      + (0..<5000).map { _ in 1400 * stream.uniform() - 700 }
      + (0..<5000).map { _ in 2 * stream.uniform() - 1 }
    var matrix = Matrix(rows: 1, columns: arguments.count, values: arguments)
    matrix.exponentiate()
    for (x, y) in zip(arguments, matrix.values) {
      let expected = exponential(x)
      #expect(abs(y - expected) <= 2 * expected.ulp, "\(x)")
    }
  }

  @Test("Beyond the range results stay finite and positive, and an empty matrix is fine")
  func range() {
    var matrix = Matrix([[1e6, .infinity, -1e6, -.infinity]])
    matrix.exponentiate()
    #expect(matrix.values.allSatisfy { $0.isFinite && $0 > 0 })
    #expect(matrix[0, 2] < 1e-300)
    var empty = Matrix(rows: 0, columns: 3)
    empty.exponentiate()
    #expect(empty.values.isEmpty)
  }

  @Test("An entry does not depend on its place")
  func places() {
    var stream = RandomStream(seed: 2, name: "exponentials")
    let row = stream.normalMatrix(rows: 1, columns: 13)
    var whole = row
    whole.exponentiate()
    for j in 0..<13 {
      var single = Matrix(rows: 1, columns: 1, values: [row[0, j]])
      single.exponentiate()
      #expect(single[0, 0] == whole[0, j])
    }
  }
}
