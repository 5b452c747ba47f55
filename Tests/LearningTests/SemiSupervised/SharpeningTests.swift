import LinearAlgebra
import Testing

@testable import Learning

@Suite struct SharpeningTests {
  private func posteriors(_ rows: Int) -> Matrix {
    var stream = RandomStream(seed: 3)
    return softmaxRows(stream.normalMatrix(rows: rows, columns: 4))
  }

  @Test func confidenceIsReachedAndTheOrderOfClassesKept() {
    let before = posteriors(50)
    let sharpened = Sharpening(before, confidence: 0.9)(before)
    #expect(abs(Sharpening.meanLargest(sharpened) - 0.9) < 1e-9)
    for i in 0..<50 {
      let (old, new) = (before.row(i), sharpened.row(i))
      #expect(abs(new.reduce(0, +) - 1) < 1e-12)
      for a in 0..<4 {
        for b in 0..<4 where old[old.startIndex + a] > old[old.startIndex + b] {
          #expect(new[new.startIndex + a] >= new[new.startIndex + b])
        }
      }
    }
  }

  @Test func ignoranceStaysAndCertaintyIsBroughtDown() {
    let flat = Matrix(rows: 3, columns: 4, repeating: 0.25)
    #expect(Sharpening(flat, confidence: 0.9)(flat) == flat)
    let certain = Matrix([[1, 0], [0, 1]])
    let calmed = Sharpening(certain, confidence: 0.9)(certain)
    #expect(calmed.maximumDifference(from: Matrix([[0.9, 0.1], [0.1, 0.9]])) < 1e-9)
    let nobody = Matrix(rows: 0, columns: 2)
    #expect(Sharpening(nobody, confidence: 0.9).exponent == 1)
  }
}
