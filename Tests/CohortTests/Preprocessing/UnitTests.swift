import Cohort
import LinearAlgebra
import Testing

/// What is done to features does not depend on the unit that they were measured in.
@Suite("Preprocessing in any unit")
struct UnitTests {
  private static func values(gaps: Double = 0.1) -> Matrix {
    var stream = RandomStreams(seed: 3).stream("unit")
    var values = Matrix(rows: 40, columns: 6)
    for i in 0..<40 {
      for j in 0..<6 {
        values[i, j] = stream.uniform() < gaps ? .nan : 2 + Double(j) + stream.normal()
      }
      // A constant feature, and one that differs from it by rounding.
      values[i, 4] = 0.3
      values[i, 5] = i % 2 == 0 ? 0.3 : 0.1 + 0.2
    }
    return values
  }

  private static func table(_ values: Matrix) -> ModalityTable {
    ModalityTable(
      name: "m", featureNames: (0..<values.columnCount).map { "f\($0)" }, values: values)
  }

  private static let labels = (0..<40).map { $0 % 2 }

  @Test("a power of two changes no bit", arguments: [-900, -40, 40, 400])
  func powerOfTwo(exponent: Int) throws {
    let unit = Double(sign: .plus, exponent: exponent, significand: 1)
    for selection in [PreprocessingOptions.Selection.none, .variance, .anovaF, .labelInformation] {
      let preprocessor = Preprocessor(
        options: PreprocessingOptions(selection: selection, keep: 3))
      let table = Self.table(Self.values())
      let scaled = Self.table(Self.values().mapValues { $0 * unit })
      // An analysis of variance squares deviations, which 2⁻⁹⁰⁰ makes vanish.
      if selection == .anovaF, exponent < -500 { continue }
      let fit = try #require(preprocessor.fit(table: table, labels: Self.labels))
      let other = try #require(preprocessor.fit(table: scaled, labels: Self.labels))
      #expect(fit.keptNames == other.keptNames)
      #expect(fit.keptNames.count == (selection == .none ? 4 : 3))
      #expect(fit.transform(table).values == other.transform(scaled).values)
    }
  }

  @Test(
    "another factor, or an offset, changes nothing to 1e-6",
    arguments: [(1e-9, 0.0), (1e9, 0), (1, 1e6), (1e-150, 0), (1e140, 0), (-1e-9, 0)])
  func factorAndOffset(factor: Double, offset: Double) throws {
    let table = Self.table(Self.values())
    let scaled = Self.table(Self.values().mapValues { $0 * factor + offset })
    let fit = try #require(Preprocessor().fit(table: table, labels: Self.labels))
    let other = try #require(Preprocessor().fit(table: scaled, labels: Self.labels))
    #expect(fit.keptNames == other.keptNames && fit.keptNames.count == 4)
    let sign = factor < 0 ? -1.0 : 1
    for (a, b) in zip(fit.transform(table).values, other.transform(scaled).values) {
      #expect(abs(a - sign * b) < 1e-6)
    }
  }

  @Test("why a modality is dropped is known without fitting")
  func dropped() {
    let values = Self.values()
    let columns = (0..<6).map { Self.table(values.selecting(columns: [$0])) }
    let rows = Array(0..<40)
    #expect(
      columns.map { DroppedModality($0, rows: rows)?.reason } == [
        nil, nil, nil, nil, .constant, .constant,
      ])
    let empty = Self.table(Matrix(rows: 40, columns: 2).mapValues { _ in .nan })
    #expect(DroppedModality(empty, rows: rows)?.reason == .notMeasured)
    #expect(DroppedModality(columns[0], rows: [])?.reason == .notMeasured)
    var sparse = Matrix(rows: 40, columns: 3).mapValues { _ in .nan }
    for i in 0..<40 { sparse[i, i % 3] = Double(i) }
    #expect(DroppedModality(Self.table(sparse), rows: rows)?.reason == .tooFewObserved)
    for table in columns + [empty, Self.table(sparse)] {
      let isFitted = Preprocessor().fit(table: table, labels: Self.labels) != nil
      #expect(isFitted == (DroppedModality(table, rows: rows) == nil))
    }
  }

  @Test("a covariate in any unit")
  func covariates() throws {
    let column = Self.values(gaps: 0).column(0)
    func features(_ factor: Double) -> Matrix {
      let covariate = Covariate(name: "dose", values: .numeric(column.map { $0 * factor }))
      return ClinicalEncoder(training: [covariate], clip: 8)
        .features([covariate], patientCount: 40)
    }
    let plain = features(1)
    #expect(plain.columnCount == 1)
    #expect(features(0x1p-600).values == plain.values)
    for (a, b) in zip(features(1e-12).values, plain.values) { #expect(abs(a - b) < 1e-9) }
    let constant = Covariate(
      name: "c", values: .numeric((0..<40).map { $0 % 2 == 0 ? 3e-10 : (0.1 + 0.2) * 1e-9 }))
    #expect(ClinicalEncoder(training: [constant], clip: 8).featureCount == 0)
  }
}
