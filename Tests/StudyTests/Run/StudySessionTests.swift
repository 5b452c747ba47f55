import Cohort
import Foundation
import Study
import Testing

@Suite struct StudySessionTests {
  private func session(
    _ folder: TemporaryFolder, _ policy: OutputFolder.Policy = .fresh,
    options: StudyOptions = quickOptions(), cohortBytes: String = "data"
  ) throws -> StudySession {
    let plan = try StudyPlan(
      cohort: smallCohort(), options: options, providers: [.forTests])
    let manifest = RunManifest(
      verb: "study", command: "equipoise study small",
      configuration: RunManifest.Configuration(
        cohort: "small", modalities: ["alpha", "beta"], study: options, methods: plan.methods,
        repeats: plan.folds.repeatCount),
      seed: options.seed, threads: 1,
      inputs: [FileDigest(name: "alpha.csv", bytes: Data(cohortBytes.utf8))])
    return StudySession(
      plan: plan, folder: OutputFolder(path: folder.file("out")), policy: policy,
      manifest: manifest)
  }

  @discardableResult
  private func run(_ session: StudySession, threads: Int = 1) throws -> Bool {
    guard case .open(let journal, let contents, _) = try session.begin() else { return false }
    try session.finish(journal, contents, threads: threads) { results in
      [("summary.json", Data("\(results.results.count)\n".utf8))]
    }
    return true
  }

  private let written = [
    "folds.csv", "predictions.csv", "results.csv", "run.json", "summary.json", "timings.csv",
  ]
  private let reproducible = ["folds.csv", "predictions.csv", "results.csv", "summary.json"]

  private func names(_ folder: TemporaryFolder) -> [String] {
    OutputFolder(path: folder.file("out")).contents
  }

  @Test func aFinishedRunHoldsItsFilesAndNothingElse() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    try run(session(folder))
    #expect(names(folder) == written)
    let manifest = try RunManifest.read(from: OutputFolder(path: folder.file("out")))
    #expect(manifest.finished != nil)
    #expect(manifest.outputs.map(\.name).sorted() == written.filter { $0 != "run.json" })
    for output in manifest.outputs {
      #expect(try FileDigest(path: folder.file("out/\(output.name)")) == output)
    }
  }

  @Test func killedRunResumesToTheSameBytes() throws {
    let (whole, cut) = (try TemporaryFolder(), try TemporaryFolder())
    defer {
      whole.remove()
      cut.remove()
    }
    try run(session(whole), threads: 2)
    let opened = try session(cut)
    guard case .open(let journal, let contents, _) = try opened.begin() else {
      Issue.record("a fresh folder must be open")
      return
    }
    struct Killed: Error {}
    #expect(throws: Killed.self) {
      try opened.finish(journal, contents, threads: 1) { _ in throw Killed() }
    }
    #expect(names(cut) == [".tasks.jsonl", "run.json"])
    // Keep a third of the journal, and cut it in the middle of a line.
    let path = cut.file("out/.tasks.jsonl")
    let bytes = try Data(contentsOf: URL(filePath: path))
    try bytes.prefix(bytes.count / 3).write(to: URL(filePath: path))
    try run(session(cut, .resume), threads: 2)
    #expect(names(cut) == written)
    for name in reproducible {
      #expect(try whole.text("out/\(name)") == cut.text("out/\(name)"), "\(name)")
    }
  }

  @Test func everyCutOfTheJournalCanBeResumed() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let options = quickOptions(methods: ["majority"])
    let first = try session(folder, options: options)
    guard case .open(let journal, let contents, _) = try first.begin() else { return }
    struct Killed: Error {}
    #expect(throws: Killed.self) {
      try first.finish(journal, contents, threads: 1) { _ in throw Killed() }
    }
    let path = folder.file("out/.tasks.jsonl")
    let bytes = try Data(contentsOf: URL(filePath: path))
    for count in stride(from: 0, through: bytes.count, by: 97) {
      try bytes.prefix(count).write(to: URL(filePath: path))
      let whole = bytes.prefix(count).count { $0 == 0x0A }
      let (reopened, kept) = try TaskJournal.open(at: path)
      reopened.seal()
      #expect(kept.results.count + kept.sharedTimes.count == whole)
    }
  }

  @Test func finishedRunIsLeftAlone() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    try run(session(folder))
    let before = try folder.text("out/run.json")
    #expect(try run(session(folder, .resume)) == false)
    #expect(try folder.text("out/run.json") == before)
  }

  @Test func otherOptionsOrInputsAreRefusedOnResume() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    try run(session(folder))
    var other = quickOptions()
    other.seed = 2
    let seed = #expect(throws: StudyError.self) {
      try session(folder, .resume, options: other).begin()
    }
    #expect(seed?.code == .runDiffers)
    #expect(seed?.location == "study.seed")
    let input = #expect(throws: StudyError.self) {
      try session(folder, .resume, cohortBytes: "other").begin()
    }
    #expect(input?.code == .runDiffers)
    #expect(input?.location == "input alpha.csv")
  }

  @Test func resumeOfNothingStartsAfresh() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    #expect(try run(session(folder, .resume)))
    #expect(names(folder) == written)
  }

  @Test func sealedJournalDropsLaterLines() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    guard case .open(let journal, let contents, _) = try session(folder).begin() else { return }
    journal.seal()
    struct Killed: Error {}
    #expect(throws: Killed.self) {
      try session(folder).finish(journal, contents, threads: 1) { _ in throw Killed() }
    }
    #expect(try folder.text("out/.tasks.jsonl").isEmpty)
  }
}
