import Cohort
import LinearAlgebra
import Study
import Testing

/// What each degradation does to a modality of 400 patients and 12 features, of whom every tenth is
/// not measured.
@Suite struct DegradationTests {
  private let table: ModalityTable
  private let classes = ["x", "y"]

  init() {
    var stream = RandomStream(seed: 5, name: "degradation")
    var values = stream.normalMatrix(rows: 400, columns: 12)
    for i in 0..<400 {
      for j in 0..<12 {
        values[i, j] = i % 10 == 9 ? .nan : 3 + Double(j) * values[i, j]
      }
    }
    // A missing cell in a row that is measured.
    values[0, 2] = .nan
    table = ModalityTable(name: "m", featureNames: (0..<12).map { "f\($0)" }, values: values)
  }

  private func fold(seed: UInt64 = 1, replicate: String = "repeat=0/fold=0") -> DegradedFold {
    let training = (0..<400).filter { $0 % 4 != 3 }
    return DegradedFold(
      trainingRows: training, trainingLabels: training.map { $0 % 7 == 0 ? -1 : $0 % 2 },
      classes: classes, testRows: (0..<400).filter { $0 % 4 == 3 },
      streams: RandomStreams(seed: seed).scoped(replicate))
  }

  private func degradation(_ name: String, kind: RobustnessKind) throws -> any Degradation {
    try SettingParser(
      modalities: [table, ModalityTable(name: "o", featureNames: ["g"], values: Matrix([[0]]))],
      classes: classes, kind: kind, sizes: .range(4...100)
    ).setting(name).degradations[0]
  }

  private func degraded(
    _ name: String, kind: RobustnessKind = .information, in fold: DegradedFold? = nil
  ) throws -> ModalityTable {
    try degradation(name, kind: kind).degraded(table, in: fold ?? self.fold())
  }

  private func moments(_ values: [Double]) -> (mean: Double, sd: Double) {
    let mean = values.reduce(0, +) / Double(values.count)
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (mean, (squares / Double(values.count - 1)).squareRoot())
  }

  private func column(_ table: ModalityTable, _ j: Int, _ rows: [Int]) -> [Double] {
    rows.map { table.values[$0, j] }.filter { !$0.isNaN }
  }

  @Test(arguments: [
    "noise:m=2", "replace:m", "features:m=5", "permute:m=0.5", "gaps:m=0.4", "class-gaps:m=y",
    "missing:m",
  ])
  func drawsAreNamedByReplicateAndNothingElse(name: String) throws {
    let kind: RobustnessKind =
      name.hasSuffix("m=0.4") || name.contains("miss") || name.contains("class")
      ? .missing : .information
    // Bit patterns, since a missing cell differs from itself.
    func bits(_ table: ModalityTable) -> [UInt64] { table.values.values.map(\.bitPattern) }
    let first = try degraded(name, kind: kind)
    #expect(bits(first) == bits(try degraded(name, kind: kind)))
    #expect(bits(first) != bits(table))
    let draws = !(name.contains("class") || name.contains("missing"))
    let otherFold = try degraded(name, kind: kind, in: fold(replicate: "repeat=0/fold=1"))
    let otherSeed = try degraded(name, kind: kind, in: fold(seed: 2))
    #expect((bits(first) != bits(otherFold)) == draws)
    #expect((bits(first) != bits(otherSeed)) == draws)
  }

  @Test func noiseHasTheStrengthOfTheTrainingSide() throws {
    let fold = fold()
    let (weak, strong) = (try degraded("noise:m=1"), try degraded("noise:m=4"))
    for j in 1..<12 {
      let trained = moments(column(table, j, fold.trainingRows)).sd
      let rows = (0..<400).filter { !table.values[$0, j].isNaN }
      let added = rows.map { strong.values[$0, j] - table.values[$0, j] }
      let (mean, sd) = moments(added)
      // 360 draws: five standard errors of mean and standard deviation.
      #expect(abs(mean) < 5 * 4 * trained / 360.0.squareRoot())
      #expect(abs(sd / (4 * trained) - 1) < 5 / 720.0.squareRoot())
      // The same directions at every strength.
      for (row, noise) in zip(rows, added) {
        let small = weak.values[row, j] - table.values[row, j]
        #expect(abs(4 * small - noise) < 1e-9 * (1 + abs(noise)))
      }
    }
    #expect(strong.isMeasured == table.isMeasured)
    #expect(strong.values[0, 2].isNaN)
    // A constant feature has nothing to scale noise by.
    #expect(column(strong, 0, fold.testRows).allSatisfy { $0 == 3 })
  }

  @Test func noiseDoesNotHearTestedPatients() throws {
    let fold = fold()
    var values = table.values
    for row in fold.testRows {
      for j in 0..<12 where !values[row, j].isNaN { values[row, j] *= 100 }
    }
    let other = ModalityTable(name: "m", featureNames: table.featureNames, values: values)
    let noise = try degradation("noise:m=2", kind: .information)
    let (a, b) = (noise.degraded(table, in: fold), noise.degraded(other, in: fold))
    for row in fold.trainingRows where table.isMeasured[row] && row > 0 {
      #expect(Array(a.values.row(row)) == Array(b.values.row(row)))
    }
  }

  @Test func replacementIsStandardNormalForMeasuredPatients() throws {
    let replaced = try degraded("replace:m")
    #expect(replaced.isMeasured == table.isMeasured)
    let values = replaced.values.values.filter { !$0.isNaN }
    #expect(values.count == 360 * 12)
    let (mean, sd) = moments(values)
    #expect(abs(mean) < 5 / 4320.0.squareRoot())
    #expect(abs(sd - 1) < 5 / 8640.0.squareRoot())
  }

  @Test func fewerFeaturesAreASubsetOfMoreInTheirOrder() throws {
    var smaller = [String]()
    for count in [1, 4, 9, 12] {
      let kept = try degraded("features:m=\(count)")
      #expect(kept.featureCount == count)
      #expect(Set(kept.featureNames).isSuperset(of: smaller))
      let columns = kept.featureNames.compactMap { table.featureNames.firstIndex(of: $0) }
      #expect(columns == columns.sorted())
      for (position, j) in columns.enumerated() {
        #expect(column(kept, position, [3, 50]) == column(table, j, [3, 50]))
      }
      smaller = kept.featureNames
    }
  }

  @Test func exchangedPatientsStayOnTheirSide() throws {
    let fold = fold()
    for (name, share) in [("permute:m=0.5", 0.5), ("permute:m=1", 1)] {
      let exchanged = try degraded(name)
      #expect(exchanged.isMeasured == table.isMeasured)
      for rows in [fold.trainingRows, fold.testRows] {
        let measured = rows.filter { table.isMeasured[$0] }
        // The second to last column tells patients apart.
        let (before, after) = (column(table, 10, measured), column(exchanged, 10, measured))
        #expect(before.sorted() == after.sorted())
        let moved = zip(before, after).count { $0 != $1 }
        #expect(moved == Int((share * Double(measured.count)).rounded()))
      }
      // A patient's values move together.
      let row = fold.testRows.first { exchanged.values[$0, 10] != table.values[$0, 10] } ?? 3
      let source = (0..<400).first { table.values[$0, 10] == exchanged.values[row, 10] } ?? 0
      #expect(Array(exchanged.values.row(row)) == Array(table.values.row(source)))
    }
  }

  @Test func missingModalityIsGoneInTestAlone() throws {
    let fold = fold()
    let missing = try degraded("missing:m", kind: .missing)
    #expect(fold.testRows.allSatisfy { !missing.isMeasured[$0] })
    #expect(fold.trainingRows.allSatisfy { missing.isMeasured[$0] == table.isMeasured[$0] })
    #expect(try !degradation("missing:m", kind: .missing).changesTraining)
  }

  @Test func gapsAreASubsetOfLargerGapsInTrainingAlone() throws {
    let fold = fold()
    let measured = fold.trainingRows.filter { table.isMeasured[$0] }
    var smaller = Set<Int>()
    for share in [0.2, 0.5, 0.9] {
      let gaps = try degraded("gaps:m=\(share)", kind: .missing)
      let gone = Set(measured.filter { !gaps.isMeasured[$0] })
      #expect(gone.count == Int((share * Double(measured.count)).rounded()))
      #expect(gone.isSuperset(of: smaller))
      #expect(fold.testRows.allSatisfy { gaps.isMeasured[$0] == table.isMeasured[$0] })
      smaller = gone
    }
  }

  @Test func classGapsFollowTrainingLabels() throws {
    let fold = fold()
    let gaps = try degraded("class-gaps:m=y", kind: .missing)
    for (row, label) in zip(fold.trainingRows, fold.trainingLabels) {
      #expect(gaps.isMeasured[row] == (table.isMeasured[row] && label != 1))
    }
    #expect(fold.testRows.allSatisfy { gaps.isMeasured[$0] == table.isMeasured[$0] })
  }
}
