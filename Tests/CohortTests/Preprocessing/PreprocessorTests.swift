import Cohort
import Foundation
import LinearAlgebra
import Testing

@Suite("Preprocessing within a fold")
struct PreprocessorTests {
  private func table(_ rows: [[Double]]) -> ModalityTable {
    ModalityTable(
      name: "m", featureNames: (0..<(rows.first?.count ?? 0)).map { "f\($0)" },
      values: Matrix(rows))
  }

  private func random(_ rows: Int, _ columns: Int, gaps: Double, seed: UInt64) -> ModalityTable {
    var stream = RandomStreams(seed: seed).stream("table")
    var values = [[Double]]()
    for _ in 0..<rows {
      values.append(
        (0..<columns).map { j in
          stream.uniform() < gaps ? .nan : 3 * stream.normal() + Double(j)
        })
    }
    return table(values)
  }

  @Test("by hand: filter on gaps, median, constants, scale, clip")
  func byHand() throws {
    let nan = Double.nan
    let training = table([
      [1, nan, 5, 1], [2, nan, 5, nan], [6, 1, 5, 4], [nan, nan, 5, 7], [nan, nan, nan, nan],
    ])
    let fit = try #require(Preprocessor().fit(table: training, labels: [0, 1, 0, 1, -1]))
    #expect(fit.keptNames == ["f0", "f3"])
    #expect(fit.imputer.medians == [2, 5, 4])
    #expect(fit.means == [2.75, 4])
    let sd = [(59.0 / 12).squareRoot(), 6.0.squareRoot()]
    #expect(zip(fit.standardDeviations, sd).allSatisfy { abs($0 - $1) < 1e-15 })
    let z = fit.transform(training)
    #expect(z.rowCount == 5 && z.columnCount == 2)
    #expect(z[0, 0] == (1 - 2.75) / fit.standardDeviations[0])
    #expect(z[1, 1] == 0)
    #expect(Array(z.row(4)) == [0, 0])
    let wild = fit.transform(table([[1e9, nan, nan, -1e9]]))
    #expect(Array(wild.row(0)) == [8, -8])
  }

  @Test("a modality without a usable feature is dropped with the reason")
  func dropped() {
    func reason(_ table: ModalityTable) -> DroppedModality.Reason? {
      let labels = Array(repeating: 0, count: table.values.rowCount)
      #expect(Preprocessor().fit(table: table, labels: labels) == nil)
      guard case .failure(let dropped) = Preprocessor().fitting(table: table, labels: labels)
      else { return nil }
      return dropped.reason
    }
    let nan = Double.nan
    #expect(reason(table([[nan], [nan]])) == .notMeasured)
    #expect(
      reason(table([[1, nan, nan], [nan, 1, nan], [nan, nan, 1]])) == .tooFewObserved)
    #expect(reason(table([[1, 2], [1, nan]])) == .constant)
    #expect(reason(table([[1, 2]])) == .constant)
    #expect(
      DroppedModality(modality: "m", reason: .constant).description
        == "m is dropped: every feature is constant over the training patients.")
  }

  @Test(
    "row by row equals the batch to the bit; other rows change nothing",
    arguments: PreprocessingOptions.Imputation.allCases, PreprocessingOptions.Selection.allCases)
  func independence(
    _ imputation: PreprocessingOptions.Imputation, _ selection: PreprocessingOptions.Selection
  ) throws {
    let all = random(60, 12, gaps: 0.2, seed: 3)
    let training = (0..<40).map { ($0 * 7) % 40 }
    let labels = training.map { $0 % 4 - 1 }
    let preprocessor = Preprocessor(
      options: PreprocessingOptions(imputation: imputation, selection: selection, keep: 5))
    let fit = try #require(
      preprocessor.fit(table: all.selecting(rows: training), labels: labels))
    #expect(fit.featureCount == (selection == .none ? 12 : 5))
    let batch = fit.transform(all)
    for row in 0..<60 {
      let alone = fit.transform(all.selecting(rows: [row]))
      #expect(alone.values.map(\.bitPattern) == batch.row(row).map(\.bitPattern))
    }

    var changed = all.values
    for row in 40..<60 { changed.setRow(row, (0..<12).map { _ in 1e6 }) }
    let noise = ModalityTable(name: "m", featureNames: all.featureNames, values: changed)
    let again = try #require(
      preprocessor.fit(table: noise.selecting(rows: training), labels: labels))
    #expect(again == fit)
  }

  @Test("features are matched by name, also reordered, absent or new")
  func matching() throws {
    let all = random(30, 5, gaps: 0.1, seed: 8)
    let fit = try #require(
      Preprocessor().fit(table: all, labels: Array(repeating: 0, count: 30)))
    let order = [4, 2, 0, 1, 3]
    let shuffled = ModalityTable(
      name: "m", featureNames: order.map { "f\($0)" } + ["new"],
      values: .horizontal([
        all.values.selecting(columns: order), Matrix(rows: 30, columns: 1, repeating: 99),
      ]))
    #expect(fit.transform(shuffled) == fit.transform(all))

    let partial = ModalityTable(
      name: "m", featureNames: ["f1"], values: all.values.selecting(columns: [1]))
    let z = fit.transform(partial)
    let row = try #require(partial.measuredRows.first)
    #expect(z[row, 0] == (fit.imputer.medians[0] - fit.means[0]) / fit.standardDeviations[0])
    let foreign = ModalityTable(
      name: "m", featureNames: ["new"], values: Matrix(rows: 2, columns: 1, repeating: 1))
    #expect(fit.transform(foreign) == Matrix(rows: 2, columns: 5))
  }

  @Test("nearest neighbors against the definition")
  func neighbors() throws {
    let training = random(25, 6, gaps: 0.15, seed: 11)
    let fit = try #require(
      Preprocessor(options: PreprocessingOptions(imputation: .nearestNeighbors, clip: 1e9))
        .fit(table: training, labels: Array(repeating: 0, count: 25)))
    let new = random(10, 6, gaps: 0.3, seed: 12)
    let z = fit.transform(new)
    for i in new.measuredRows {
      for j in 0..<6 where new.values[i, j].isNaN {
        let ranked = (0..<25).compactMap { t -> (Double, Int)? in
          let shared = (0..<6).filter { !new.values[i, $0].isNaN && !training.values[t, $0].isNaN }
          guard !shared.isEmpty, !training.values[t, j].isNaN else { return nil }
          let sum = shared.reduce(0.0) {
            $0 + pow(new.values[i, $1] - training.values[t, $1], 2)
          }
          return ((sum * 6 / Double(shared.count)).squareRoot(), t)
        }.sorted { $0.0 < $1.0 }.prefix(10)
        let mean = ranked.reduce(0.0) { $0 + training.values[$1.1, j] } / Double(ranked.count)
        #expect(abs(z[i, j] * fit.standardDeviations[j] + fit.means[j] - mean) < 1e-12)
      }
    }
  }

  @Test("a fit survives encoding")
  func coding() throws {
    let training = random(20, 4, gaps: 0.2, seed: 4)
    for imputation in PreprocessingOptions.Imputation.allCases {
      let fit = try #require(
        Preprocessor(options: PreprocessingOptions(imputation: imputation))
          .fit(table: training, labels: Array(repeating: -1, count: 20)))
      let data = try JSONEncoder().encode(fit)
      let decoded = try JSONDecoder().decode(FittedPreprocessor.self, from: data)
      #expect(decoded == fit)
      #expect(decoded.transform(training) == fit.transform(training))
    }
  }
}
