import Cohort
import Foundation
import LinearAlgebra
import Testing

@Suite("Scales that a transform suits")
struct AssayScaleTests {
  private func scale(
    _ transform: AssayTransform = .none, _ value: (inout RandomStream, Int) -> Double,
    shares: Double? = nil
  ) throws -> AssayScale? {
    var stream = RandomStream(seed: 5, name: "scale")
    var values = Matrix(rows: 50, columns: 12)
    for i in 0..<50 {
      for j in 0..<12 { values[i, j] = value(&stream, j) }
      if let shares {
        let sum = values.row(i).reduce(0, +)
        for j in 0..<12 { values[i, j] *= shares / sum }
      }
    }
    let patients = (0..<50).map { "P\($0)" }
    let features = (0..<12).map { "f\($0)" }
    let table = ModalityTable(
      name: "m", featureNames: features,
      values: try transform.applied(to: values, patients: patients, features: features))
    let cohort = Cohort(
      name: "c", table: PatientTable(patients: patients, modalities: [table]), outcome: nil)
    return CohortInspection(cohort).modalities[0].scale
  }

  private func count(_ stream: inout RandomStream, _ j: Int) -> Double {
    exp(Double(j) / 1.5 + 0.8 * stream.normal()).rounded()
  }

  private func tailed(_ stream: inout RandomStream, _ j: Int) -> Double {
    exp(1.5 * stream.normal())
  }

  @Test("counts, shares of 1 and of 100, heavy tails in two units")
  func recognized() throws {
    let counts = try #require(try scale { count(&$0, $1) })
    #expect(counts.kind == .counts && counts.transform == .log1p)
    for total in [1.0, 100] {
      let shares = try #require(try scale(.none, { stream, _ in stream.uniform() }, shares: total))
      #expect(shares.kind == .shares && shares.transform == .clr)
    }
    let tails = try #require(try scale { 10 * tailed(&$0, $1) })
    #expect(tails.kind == .heavyTails && tails.transform == .log1p)
    let molar = try #require(try scale { 1e-8 * tailed(&$0, $1) })
    #expect(molar.kind == .heavyTails && molar.transform == .clr)
  }

  @Test("logarithms, normal and uniform values, mutations and grades need no transform")
  func plain() throws {
    #expect(try scale { stream, _ in stream.normal() } == nil)
    #expect(try scale { stream, _ in 8 + stream.normal() } == nil)
    #expect(try scale { stream, _ in stream.uniform() } == nil)
    #expect(try scale { stream, _ in stream.uniform() < 0.05 ? 1 : 0 } == nil)
    #expect(try scale { stream, _ in Double(stream.below(101)) } == nil)
    #expect(try scale(.log1p) { count(&$0, $1) } == nil)
    #expect(try scale(.clr) { 1e-8 * tailed(&$0, $1) } == nil)
    #expect(try scale(.rank) { tailed(&$0, $1) } == nil)
  }

  @Test("the line to write, in the text and among the warnings; small values keep their digits")
  func text() throws {
    var values = Matrix(rows: 20, columns: 3)
    for i in 0..<20 {
      for j in 0..<3 { values[i, j] = i == j ? 900 * Double(j + 1) : Double(1 + i % 4) }
    }
    func inspection(_ unit: Double) -> CohortInspection {
      CohortInspection(
        Cohort(
          name: "c",
          table: PatientTable(
            patients: (0..<20).map { "P\($0)" },
            modalities: [
              ModalityTable(
                name: "rna", featureNames: ["a", "b", "c"], values: values.mapValues { $0 * unit })
            ]), outcome: nil))
    }
    let text = inspection(1).lines.joined(separator: "\n")
    #expect(text.contains("transforms: {rna: log1p} in cohort.yaml, or --transform rna=log1p"))
    let small = inspection(2.5e-10).lines.joined(separator: "\n")
    #expect(small.contains("values 2.5e-10 to 6.75e-07"))
  }
}
