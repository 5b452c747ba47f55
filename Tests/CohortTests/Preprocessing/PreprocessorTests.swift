import Cohort
import LinearAlgebra
import Testing

@Suite("Preprocessor")
struct PreprocessorTests {
  static let allOptions: [PreprocessingOptions] =
    PreprocessingOptions.Imputation.allCases.flatMap { imputation in
      PreprocessingOptions.Selection.allCases.map {
        PreprocessingOptions(imputation: imputation, selection: $0, keep: 4, clip: 2)
      }
    }
  private let gap = Double.nan

  @Test("Filters, median and scaling in closed form")
  func closedForm() throws {
    // b is constant, c observed in one row of four, d has a gap; the last patient has nothing.
    let training = table([
      [1, 7, 3, 10], [2, 7, gap, 20], [3, gap, gap, 60], [6, 7, gap, gap], [gap, gap, gap, gap],
    ])
    let fitted = try #require(
      Preprocessor(options: PreprocessingOptions()).fit(table: training, labels: [0, 0, 1, 1, 1]))
    #expect(fitted.featureNames == ["a", "d"])
    #expect(fitted.featureCount == 2)
    // a: mean 3, variance 14/3. d: median 20, mean 27.5, variance 1475/3.
    let result = fitted.transform(training)
    for (i, value) in [1.0, 2, 3, 6].enumerated() {
      #expect(abs(result[i, 0] - (value - 3) / (14.0 / 3).squareRoot()) < 1e-15)
    }
    for (i, value) in [10.0, 20, 60, 20].enumerated() {
      #expect(abs(result[i, 1] - (value - 27.5) / (1475.0 / 3).squareRoot()) < 1e-15)
    }
    #expect(Array(result.row(4)) == [0, 0])
  }

  @Test("Exactly half observed is enough")
  func halfObserved() {
    let training = table([[1, 1], [2, gap], [3, 4], [4, gap]])
    let fitted = Preprocessor(options: PreprocessingOptions())
      .fit(table: training, labels: [0, 1, 0, 1])
    #expect(fitted?.featureNames == ["a", "b"])
  }

  @Test("Medians agree with sorting", arguments: 1...40)
  func medians(n: Int) throws {
    var stream = RandomStream(seed: UInt64(n), name: "median")
    let known = (0..<n).map { _ in Double(stream.below(12)) } + [-1, 20]
    let training = table(known.map { [$0, $0] } + [[gap, 1]])
    let fitted = try #require(
      Preprocessor(options: PreprocessingOptions())
        .fit(table: training, labels: [Int](repeating: 0, count: n + 3)))
    let sorted = known.sorted()
    let median = (sorted[(n + 1) / 2] + sorted[(n + 2) / 2]) / 2
    let result = fitted.transform(table([[gap, 0], [median, 0]]))
    #expect(result[0, 0] == result[1, 0])
  }

  @Test("Nothing usable gives nil")
  func nothingUsable() {
    let preprocessor = Preprocessor(options: PreprocessingOptions())
    #expect(preprocessor.fit(table: table([[gap], [gap]]), labels: [0, 1]) == nil)
    #expect(preprocessor.fit(table: table([[0.1], [0.1], [0.1]]), labels: [0, 1, 0]) == nil)
    #expect(preprocessor.fit(table: table([[1e12 + 0.3], [1e12 + 0.3]]), labels: [0, 1]) == nil)
    #expect(preprocessor.fit(table: table([[4]]), labels: [0]) == nil)
    let empty = ModalityTable(name: "x", featureNames: [], values: Matrix(rows: 2, columns: 0))
    #expect(preprocessor.fit(table: empty, labels: [0, 1]) == nil)
  }

  @Test("Values are clipped on either side")
  func clip() throws {
    let fitted = try #require(
      Preprocessor(options: PreprocessingOptions(clip: 1.5))
        .fit(table: table([[0], [1], [2]]), labels: [0, 1, 0]))
    let result = fitted.transform(table([[1e9], [-1e9], [2]]))
    #expect(result.values == [1.5, -1.5, 1])
  }

  @Test("Features are found by name", arguments: allOptions)
  func names(options: PreprocessingOptions) throws {
    let data = SimulatedTable()
    let (training, labels) = data.training(40)
    let fitted = try #require(Preprocessor(options: options).fit(table: training, labels: labels))
    let expected = fitted.transform(data.table)
    let reversed = (0..<data.table.featureCount).reversed().map { $0 }
    let values = Matrix.horizontal([
      Matrix(rows: 60, columns: 1, repeating: .nan), data.table.values.selecting(columns: reversed),
    ])
    let shuffled = ModalityTable(
      name: "simulated", featureNames: ["extra"] + reversed.map { "f\($0)" }, values: values)
    #expect(fitted.transform(shuffled) == expected)
    // An absent feature is the same as a column of gaps.
    let dropped = fitted.featureNames[0]
    let remaining = data.table.featureNames.indices.filter {
      data.table.featureNames[$0] != dropped
    }
    let without = ModalityTable(
      name: "simulated", featureNames: remaining.map { data.table.featureNames[$0] },
      values: data.table.values.selecting(columns: remaining))
    var blanked = data.table.values
    for i in 0..<60 where !remaining.isEmpty {
      blanked[i, data.table.featureNames.firstIndex(of: dropped) ?? 0] = .nan
    }
    let masked = ModalityTable(
      name: "simulated", featureNames: data.table.featureNames, values: blanked)
    #expect(fitted.transform(without) == fitted.transform(masked))
  }

  @Test("A batch and its rows one by one agree to the bit", arguments: allOptions)
  func rowByRow(options: PreprocessingOptions) throws {
    let data = SimulatedTable()
    let (training, labels) = data.training(40)
    let fitted = try #require(Preprocessor(options: options).fit(table: training, labels: labels))
    let batch = fitted.transform(data.table)
    let isBounded = batch.values.allSatisfy { $0.isFinite && abs($0) <= options.clip }
    #expect(isBounded)
    for i in 0..<60 {
      let alone = fitted.transform(data.table.selecting(rows: [i]))
      #expect(alone.values.map(\.bitPattern) == batch.row(i).map(\.bitPattern))
      if !data.table.isMeasured[i] {
        #expect(alone.values == [Double](repeating: 0, count: fitted.featureCount))
      }
    }
  }

  @Test("Training features are standardised before clipping")
  func standardised() throws {
    let data = SimulatedTable()
    let options = PreprocessingOptions(imputation: .nearestNeighbors, clip: 1e9)
    let fitted = try #require(
      Preprocessor(options: options).fit(table: data.table, labels: data.labels))
    let rows = fitted.transform(data.table).selecting(rows: data.table.measuredRows)
    for j in 0..<rows.columnCount {
      let mean = orderedMean(rows.column(j))
      let squares = orderedSum(rows.column(j).map { ($0 - mean) * ($0 - mean) })
      #expect(abs(mean) < 1e-12)
      #expect(abs(squares / Double(rows.rowCount - 1) - 1) < 1e-12)
    }
  }

  @Test("Nothing outside the training rows enters a fit", arguments: allOptions)
  func noLeak(options: PreprocessingOptions) throws {
    let data = SimulatedTable()
    var stream = RandomStream(seed: 3, name: "noise")
    var values = data.table.values
    for i in 40..<60 {
      for j in 0..<values.columnCount { values[i, j] = 1e6 * stream.normal() }
    }
    let spoiled = ModalityTable(
      name: "simulated", featureNames: data.table.featureNames, values: values)
    let (training, labels) = data.training(40)
    let preprocessor = Preprocessor(options: options)
    let fitted = try #require(preprocessor.fit(table: training, labels: labels))
    let other = preprocessor.fit(
      table: spoiled.selecting(rows: Array(0..<40)), labels: labels)
    #expect(fitted == other)
    // Nor does what it is applied to change it.
    let before = fitted.transform(training)
    let beside = fitted.transform(spoiled)
    #expect(fitted == other)
    #expect(beside.selecting(rows: Array(0..<40)) == before)
  }

  @Test("Labels matter to supervised selection alone", arguments: allOptions)
  func labels(options: PreprocessingOptions) throws {
    let data = SimulatedTable()
    let preprocessor = Preprocessor(options: options)
    let fitted = preprocessor.fit(table: data.table, labels: data.labels)
    let none = preprocessor.fit(
      table: data.table, labels: [Int](repeating: -1, count: 60))
    switch options.selection {
    case .none, .variance: #expect(fitted == none)
    case .anovaF, .labelInformation:
      #expect(fitted?.featureNames.contains("f3") == true)
      #expect(none?.featureNames == ["f0", "f1", "f2", "f3"])
    }
  }
}
