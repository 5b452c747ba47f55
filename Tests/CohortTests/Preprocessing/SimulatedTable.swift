import Cohort
import LinearAlgebra

/// A modality with signal in its first features, gaps, and patients without it.
struct SimulatedTable {
  let table: ModalityTable
  let labels: [Int]

  init(patients n: Int = 60, features d: Int = 12, missing: Double = 0.15, seed: UInt64 = 7) {
    var stream = RandomStream(seed: seed, name: "preprocessing")
    labels = (0..<n).map { $0 % 7 == 6 ? -1 : stream.below(3) }
    var values = stream.normalMatrix(rows: n, columns: d)
    for i in 0..<n {
      let shared = stream.normal()
      for j in 0..<d {
        values[i, j] = 5 + Double(j + 1) * (values[i, j] + shared)
        if j == 3 { values[i, j] += 20 * Double(max(labels[i], 0)) }
        if stream.uniform() < missing || i % 11 == 10 { values[i, j] = .nan }
      }
    }
    table = ModalityTable(
      name: "simulated", featureNames: (0..<d).map { "f\($0)" }, values: values)
  }

  /// Rows 0..<count for training, with their labels.
  func training(_ count: Int) -> (table: ModalityTable, labels: [Int]) {
    (table.selecting(rows: Array(0..<count)), Array(labels[..<count]))
  }
}

/// A table with features `a`, `b`, … from its rows.
func table(_ rows: [[Double]]) -> ModalityTable {
  let names = ["a", "b", "c", "d", "e", "f"]
  return ModalityTable(
    name: "small", featureNames: Array(names.prefix(rows.first?.count ?? 0)), values: Matrix(rows))
}
