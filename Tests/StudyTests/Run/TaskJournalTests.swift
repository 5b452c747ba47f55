import Cohort
import Foundation
import LinearAlgebra
import Testing

@testable import Study

@Suite struct TaskJournalTests {
  private struct Killed: Error {}

  private let options: StudyOptions
  private let plan: StudyPlan

  init() throws {
    options = quickOptions(methods: ["majority", "centroid:alpha"])
    plan = try StudyPlan(cohort: smallCohort(), options: options, providers: [.forTests])
  }

  private func session(_ folder: TemporaryFolder, _ policy: OutputFolder.Policy) throws
    -> StudySession
  {
    let manifest = RunManifest(
      verb: "study", command: "equipoise study small",
      configuration: RunManifest.Configuration(
        cohort: "small", modalities: ["alpha", "beta"], study: options, methods: plan.methods,
        repeats: plan.folds.repeatCount),
      seed: options.seed, threads: 1, inputs: [])
    return StudySession(
      plan: plan, folder: OutputFolder(path: folder.file("out")), policy: policy,
      manifest: manifest)
  }

  /// A folder whose run was cut off after its last task, and its journal.
  private func unfinished(_ folder: TemporaryFolder) throws -> Data {
    let session = try session(folder, .fresh)
    guard case .open(let journal, let contents, _) = try session.begin() else { return Data() }
    #expect(throws: Killed.self) {
      try session.finish(journal, contents, threads: 1) { _ in throw Killed() }
    }
    journal.seal()
    return try Data(contentsOf: URL(filePath: folder.file("out/.tasks.jsonl")))
  }

  /// Resumes, and gives the predictions, or nil where the journal is refused.
  private func resumed(_ folder: TemporaryFolder) throws -> String? {
    let session = try session(folder, .resume)
    do {
      guard case .open(let journal, let contents, _) = try session.begin() else { return nil }
      let run = StudyRun(plan: plan, threads: 1, journal: nil)
      defer { journal.seal() }
      return StudyTables(try run.results(continuing: contents)).predictions()
    } catch let error as StudyError {
      #expect(error.code == .malformedRun)
      return nil
    }
  }

  /// One to three bytes are changed, removed, doubled, or lines are moved: the journal is refused, or
  /// what it lost is computed again. Never is there a trap, nor another result.
  @Test func damagedJournalsLoseAndChangeNothing() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let journal = try unfinished(folder)
    let whole = StudyTables(try StudyRun(plan: plan, threads: 1).results()).predictions()
    var stream = RandomStream(seed: 1, name: "journal/mutants")
    func random(_ count: Int) -> Int { Int(stream.uniform() * Double(count)) }
    var (refused, resumedCount) = (0, 0)
    for _ in 0..<1200 {
      var bytes = journal
      for _ in 0...random(3) where !bytes.isEmpty {
        let place = random(bytes.count)
        switch random(5) {
        case 0: bytes[place] = UInt8(random(256))
        case 1: bytes.remove(at: place)
        case 2: bytes.insert(bytes[place], at: place)
        case 3: bytes = bytes.prefix(place)
        default:
          let lines = bytes.split(separator: 0x0A)
          bytes = Data(lines.dropFirst(random(lines.count)).joined(separator: [0x0A]))
        }
      }
      try bytes.write(to: URL(filePath: folder.file("out/.tasks.jsonl")))
      if let predictions = try resumed(folder) {
        #expect(predictions == whole)
        resumedCount += 1
      } else {
        refused += 1
      }
    }
    #expect(refused > 100 && resumedCount > 100)
  }

  /// Lines that are sound by themselves, but of no task of this run or of another shape.
  @Test func soundLinesOfAnotherRunAreRefused() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    _ = try unfinished(folder)
    let task = try #require(plan.tasks.first)
    let rows = plan.material(task.repeatIndex, task.fold).testRows.count
    let third = [1.0 / 3, 1.0 / 3, 1.0 / 3]
    func result(
      _ task: StudyTask, _ rows: [[Double]], seconds: Double = 1, record: FitRecord? = nil
    ) -> TaskJournal.Line {
      .result(TaskResult(task: task, probabilities: rows, record: record, seconds: seconds))
    }
    let good = Array(repeating: third, count: rows)
    let other = StudyTask(method: "majority", repeatIndex: 99, fold: 0)
    let foreign = FitRecord(modalities: [FitRecord.Modality(name: "gamma")])
    let lines: [TaskJournal.Line] = [
      result(other, good), result(task, good + [third]), result(task, []),
      result(task, good.map { _ in [0.5, 0.5] }), result(task, good.map { _ in [2, -1, 0] }),
      result(task, good.map { _ in [.nan, 0, 1] }), result(task, good, seconds: -1),
      result(task, good, seconds: .infinity), result(task, good, record: foreign),
      .shared(SharedTime(repeatIndex: 0, fold: Int.max, seconds: 1)),
      .shared(SharedTime(repeatIndex: 0, fold: 0, seconds: -1)),
    ]
    let path = URL(filePath: folder.file("out/.tasks.jsonl"))
    for line in lines {
      try TaskJournal.encoded(line).write(to: path)
      #expect(try resumed(folder) == nil, "\(line)")
    }
    try TaskJournal.encoded(result(task, good)).write(to: path)
    #expect(try resumed(folder) != nil)
  }

  @Test func onlyARegularFileIsAJournal() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let path = folder.file("journal")
    #expect(mkfifo(path, 0o600) == 0)
    let error = #expect(throws: StudyError.self) { try TaskJournal.open(at: path) }
    #expect(error?.code == .malformedRun)
  }
}
