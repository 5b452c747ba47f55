import LinearAlgebra
import Testing

@testable import Learning

@Suite struct SharpeningTests {
  @Test func orderOfClassesIsKeptAndRowsSumToOne() {
    var stream = RandomStream(seed: 3)
    let before = softmaxRows(stream.normalMatrix(rows: 50, columns: 4))
    let after = Sharpening(exponent: 2.5)(before)
    for i in 0..<50 {
      let (old, new) = (before.row(i), after.row(i))
      #expect(abs(new.reduce(0, +) - 1) < 1e-12)
      for a in 0..<4 {
        for b in 0..<4 where old[old.startIndex + a] > old[old.startIndex + b] {
          #expect(new[new.startIndex + a] >= new[new.startIndex + b])
        }
      }
    }
  }

  @Test func closedForms() {
    let flat = Matrix(rows: 3, columns: 4, repeating: 0.25)
    #expect(Sharpening(exponent: 7)(flat).maximumDifference(from: flat) < 1e-15)
    let two = Matrix([[0.8, 0.2]])
    let squared = Sharpening(exponent: 2)(two)
    #expect(squared.maximumDifference(from: Matrix([[0.64 / 0.68, 0.04 / 0.68]])) < 1e-14)
    #expect(Sharpening(exponent: 1)(two) == two)
    let certain = Matrix([[1, 0], [0, 1]])
    #expect(Sharpening(exponent: 3)(certain) == certain)
  }
}
