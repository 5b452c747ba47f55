import Evaluation
import LinearAlgebra
import Testing
import _TestSupport

@Suite("Folds")
struct FoldPlanTests {
  private func randomLabels(_ count: Int, _ seed: UInt64) -> [Int] {
    var stream = RandomStream(seed: seed)
    return (0..<count).map { _ in
      let draw = stream.uniform()
      return draw < 0.1 ? -1 : draw < 0.6 ? 0 : draw < 0.9 ? 2 : 3
    }
  }

  @Test("Sizes and class counts differ by one at most", arguments: [7, 23, 104], [2, 5])
  func balance(count: Int, folds: Int) {
    let labels = randomLabels(count, 3)
    let fold = stratifiedFolds(labels: labels, folds: folds, stream: RandomStream(seed: 9))
    #expect(zip(labels, fold).allSatisfy { ($0 < 0) == ($1 < 0) })
    func spread(_ rows: [Int]) -> Int {
      let sizes = (0..<folds).map { f in rows.count { fold[$0] == f } }
      return (sizes.max() ?? 0) - (sizes.min() ?? 0)
    }
    #expect(spread(labels.indices.filter { labels[$0] >= 0 }) <= 1)
    for c in 0..<4 { #expect(spread(labels.indices.filter { labels[$0] == c }) <= 1) }
  }

  @Test("The rule by hand: shuffle each class, go on where the last one ended")
  func rule() {
    let labels = [1, 0, 0, 1, 1, 0, 0]
    var stream = RandomStream(seed: 4, name: "split")
    var zeros = [1, 2, 5, 6]
    var ones = [0, 3, 4]
    stream.shuffle(&zeros)
    stream.shuffle(&ones)
    var expected = [Int](repeating: -1, count: 7)
    for (position, row) in (zeros + ones).enumerated() { expected[row] = position % 3 }
    let fold = stratifiedFolds(
      labels: labels, folds: 3, stream: RandomStream(seed: 4, name: "split"))
    #expect(fold == expected)
  }

  @Test("A group never spans folds, and classes stay near balance")
  func groups() {
    let labels = randomLabels(200, 8)
    let groups = (0..<200).map { "g\($0 / 3)" }
    let fold = stratifiedFolds(
      labels: labels, folds: 5, groups: groups, stream: RandomStream(seed: 1))
    for start in stride(from: 0, to: 200, by: 3) {
      let folds = Set((start..<min(start + 3, 200)).map { fold[$0] }.filter { $0 >= 0 })
      #expect(folds.count <= 1)
    }
    for c in [0, 2, 3] {
      let sizes = (0..<5).map { f in labels.indices.count { labels[$0] == c && fold[$0] == f } }
      #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 3, "class \(c): \(sizes)")
    }
  }

  @Test("A plan trains on the other folds and the unlabelled, never on the tested")
  func plan() {
    let labels = randomLabels(90, 2)
    let plan = FoldPlan(labels: labels, folds: 4, repeats: 3, streams: RandomStreams(seed: 1))
    #expect(plan.tasks.count == 12)
    for task in plan.tasks {
      let test = plan.testRows(repeat: task.repeat, fold: task.fold)
      let train = plan.trainingRows(repeat: task.repeat, fold: task.fold)
      #expect(Set(test).isDisjoint(with: train))
      #expect(test.count + train.count == 90)
      #expect(test.allSatisfy { labels[$0] >= 0 })
      let labelled = plan.trainingRows(
        repeat: task.repeat, fold: task.fold, includingUnlabelled: false)
      #expect(labelled == train.filter { labels[$0] >= 0 })
    }
    #expect(plan.assignments[0] != plan.assignments[1])
    #expect(
      plan.assignments[2]
        == stratifiedFolds(
          labels: labels, folds: 4,
          stream: RandomStream(seed: 1, name: "split/outer/repeat=2")))
  }

  @Test("Automatic repeats")
  func repeats() {
    let values = [199, 200, 499, 500].map { FoldPlan.automaticRepeats(labelledCount: $0) }
    #expect(values == [10, 5, 5, 3])
  }

  @Test("Unlabelled patients of a tested group do not train")
  func groupedUnlabelled() throws {
    let plan = try FoldPlan(
      csv: "sample,repeat,fold\na,0,0\nb,0,1\n", patients: ["a", "b", "c", "d"],
      labels: [0, 1, -1, -1], groups: ["x", "y", "x", "z"])
    #expect(plan.trainingRows(repeat: 0, fold: 0) == [1, 3])
    #expect(plan.trainingRows(repeat: 0, fold: 1) == [0, 2, 3])
  }

  @Test("folds.csv is written and read back")
  func roundTrip() throws {
    let labels = randomLabels(40, 6)
    let patients = (0..<40).map { $0 == 3 ? "odd, \"name\"" : "p\($0)" }
    let plan = FoldPlan(labels: labels, folds: 3, repeats: 2, streams: RandomStreams(seed: 7))
    let text = plan.csvText(patients: patients)
    #expect(try FoldPlan(csv: text, patients: patients, labels: labels) == plan)
    let windows = "\u{FEFF}" + text.split(separator: "\n").joined(separator: "\r\n")
    #expect(try FoldPlan(csv: windows, patients: patients, labels: labels) == plan)
  }

  @Test("Patients that a repeat does not name take no part, unless unlabelled")
  func partial() throws {
    let plan = try FoldPlan(
      csv: "fold,sample,repeat\n1,b,0\n0,a,0\n0,c,1\n1,a,1\n", patients: ["a", "b", "c", "u"],
      labels: [0, 1, 0, -1])
    #expect(plan.trainingRows(repeat: 0, fold: 0) == [1, 3])
    #expect(plan.testRows(repeat: 0, fold: 0) == [0])
    #expect(plan.trainingRows(repeat: 1, fold: 1) == [2, 3])
  }

  @Test(
    "Refused files",
    arguments: [
      ("", EvaluationError.Code.malformedFolds), ("sample,repeat\na,0\n", .malformedFolds),
      ("sample,repeat,fold\n", .malformedFolds), ("sample,repeat,fold\na,0\n", .malformedFolds),
      ("sample,repeat,fold\na,0,x\n", .malformedFolds),
      ("sample,repeat,fold\na,0,-1\nb,0,0\n", .malformedFolds),
      ("sample,repeat,fold\na,0,999999999\n", .malformedFolds),
      ("sample,repeat,fold\na,0,0\nz,0,1\n", .unknownSample),
      ("sample,repeat,fold\na,0,0\na,0,1\n", .duplicateSample),
      ("sample,repeat,fold\na,0,0\nu,0,1\n", .unlabelledSample),
      ("sample,repeat,fold\na,0,0\nb,0,2\n", .emptyFold),
      ("sample,repeat,fold\na,0,0\nb,0,0\n", .emptyFold),
      ("sample,repeat,fold\na,1,0\nb,1,1\n", .emptyFold),
      ("sample,repeat,fold\na,0,0\nb,0,1\nc,0,1\n", .groupSpansFolds),
    ])
  func refused(text: String, code: EvaluationError.Code) {
    let error = #expect(throws: EvaluationError.self) {
      try FoldPlan(
        csv: text, patients: ["a", "b", "c", "u"], labels: [0, 1, 0, -1],
        groups: ["g", "h", "g", "u"])
    }
    #expect(error?.code == code)
  }
}
