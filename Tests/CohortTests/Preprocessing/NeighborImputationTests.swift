import Cohort
import LinearAlgebra
import Testing

@Suite("Imputation by neighbours")
struct NeighborImputationTests {
  @Test("Agrees with a naive oracle")
  func oracle() throws {
    let data = SimulatedTable(patients: 50, features: 9, missing: 0.2)
    let (training, labels) = data.training(35)
    let options = PreprocessingOptions(imputation: .nearestNeighbors, clip: 1e9)
    let fitted = try #require(Preprocessor(options: options).fit(table: training, labels: labels))
    #expect(fitted.featureNames == data.table.featureNames)
    let known = training.values.selecting(rows: training.measuredRows)
    let full = Matrix(training.measuredRows.map { filled(Array(data.table.values.row($0)), known) })
    let result = fitted.transform(data.table)
    for i in 0..<50 where data.table.isMeasured[i] {
      let row = filled(Array(data.table.values.row(i)), known)
      for j in row.indices {
        let (mean, deviation) = spread(full.column(j))
        #expect(abs(result[i, j] - (row[j] - mean) / deviation) < 1e-10)
      }
    }
  }

  @Test("Without a shared feature the median stands in")
  func fallback() throws {
    let gap = Double.nan
    let rows: [[Double]] = [[1, gap], [2, gap], [9, gap], [gap, 3], [gap, 4], [gap, 8]]
    let options = PreprocessingOptions(imputation: .nearestNeighbors)
    let preprocessor = Preprocessor(options: options)
    let fitted = try #require(
      preprocessor.fit(table: table(rows), labels: [0, 1, 0, 1, 0, 1]))
    let result = fitted.transform(table(rows + [[2, 4]]))
    #expect(result[3, 0] == result[6, 0])
    #expect(result[0, 1] == result[6, 1])
  }

  @Test("Fewer than ten donors are all used")
  func fewDonors() throws {
    let rows: [[Double]] = [[1, 10], [2, 20], [3, 60], [4, .nan]]
    let options = PreprocessingOptions(imputation: .nearestNeighbors)
    let fitted = try #require(
      Preprocessor(options: options).fit(table: table(rows), labels: [0, 1, 0, 1]))
    let result = fitted.transform(table(rows + [[4, 30]]))
    #expect(abs(result[3, 1] - result[4, 1]) < 1e-14)
  }

  /// The definition, one cell at a time.
  private func filled(_ row: [Double], _ known: Matrix) -> [Double] {
    let scale = (0..<known.columnCount).map { j in
      spread(known.column(j).filter { !$0.isNaN })
    }
    var result = row
    for j in row.indices where row[j].isNaN {
      var donors = [(distance: Double, index: Int)]()
      for i in 0..<known.rowCount where !known[i, j].isNaN {
        let shared = row.indices.filter { !row[$0].isNaN && !known[i, $0].isNaN }
        guard !shared.isEmpty else { continue }
        let squares = shared.map { f -> Double in
          let difference = (row[f] - known[i, f]) / scale[f].deviation
          return difference * difference
        }
        let factor = (Double(row.count) / Double(shared.count)).squareRoot()
        donors.append((squares.reduce(0, +).squareRoot() * factor, i))
      }
      let nearest = donors.sorted { $0 < $1 }.prefix(10).map { known[$0.index, j] }
      result[j] = nearest.reduce(0, +) / Double(nearest.count)
    }
    return result
  }

  private func spread(_ values: [Double]) -> (mean: Double, deviation: Double) {
    let mean = values.reduce(0, +) / Double(values.count)
    let squares = values.map { ($0 - mean) * ($0 - mean) }.reduce(0, +)
    return (mean, (squares / Double(values.count - 1)).squareRoot())
  }
}
