import Boundary
import Foundation

/// A study in an output folder: begun, resumed or found finished, and published as a whole.
public struct StudySession: Sendable {
  /// Makes `summary.json` and what is drawn from it.
  public typealias Conclusion =
    @Sendable (StudyResults) throws -> [(name: String, bytes: Data)]

  /// How a session stands after it was begun.
  public enum State: Sendable {
    /// The folder holds this run, finished.
    case finished
    /// There is work to do; finished tasks go to the journal.
    case open(TaskJournal, TaskJournal.Contents, foreignNames: [String])
  }

  private let plan: StudyPlan
  private let folder: OutputFolder
  private let policy: OutputFolder.Policy
  private let manifest: RunManifest

  /// A session; nothing is touched yet.
  public init(
    plan: StudyPlan, folder: OutputFolder, policy: OutputFolder.Policy, manifest: RunManifest
  ) {
    self.plan = plan
    self.folder = folder
    self.policy = policy
    self.manifest = manifest
  }

  /// Takes the folder: compares with an earlier run, writes `run.json`, opens the journal.
  ///
  /// A kill at any moment leaves a folder that can be resumed: an earlier journal goes before the new
  /// `run.json` comes, so that a journal always belongs to the `run.json` beside it, and the other
  /// files of the earlier run go afterwards.
  ///
  /// - Throws: ``StudyError`` `.outputOccupied`, `.outputUnwritable`, `.runDiffers`,
  ///   `.malformedRun`, `.writeFailed`.
  public func begin() throws -> State {
    try ProcessEnding.shared.hold {
      let state = try taken()
      ProcessEnding.shared.aftermath = if case .finished = state { .complete } else { .resumable }
      return state
    }
  }

  private func taken() throws -> State {
    try folder.check(policy)
    var manifest = manifest
    let isResumed = policy == .resume && folder.contents.contains(RunManifest.fileName)
    if isResumed {
      let earlier = try RunManifest.read(from: folder)
      try manifest.checkContinues(earlier)
      if earlier.finished != nil {
        // A run that was killed after its last file may have left its journal.
        try folder.remove(OutputFolder.journalName)
        return .finished
      }
      manifest.started = earlier.started
    } else {
      try folder.remove(OutputFolder.journalName)
      try folder.publish([(RunManifest.fileName, try manifest.json())])
    }
    let path = folder.path(of: OutputFolder.journalName)
    let (journal, contents) = try TaskJournal.open(at: path)
    try contents.check(against: plan, path: path)
    if isResumed { try folder.publish([(RunManifest.fileName, try manifest.json())]) }
    let foreign = try folder.clear(keeping: [RunManifest.fileName, OutputFolder.journalName])
    return .open(journal, contents, foreignNames: foreign)
  }

  /// Runs what is left, and publishes all files of the study; `run.json` last.
  ///
  /// - Throws: as ``StudyRun/results(continuing:)``; ``StudyError`` `.writeFailed`; what
  ///   `conclusion` throws.
  @discardableResult
  public func finish(
    _ journal: TaskJournal, _ contents: TaskJournal.Contents, threads: Int,
    progress: @escaping @Sendable (StudyProgress) -> Void = { _ in }, conclusion: Conclusion
  ) throws -> StudyResults {
    let run = StudyRun(plan: plan, threads: threads, journal: journal, progress: progress)
    let results = try run.results(continuing: contents)
    let tables = StudyTables(results)
    var files: [(name: String, bytes: Data)] = [
      ("results.csv", Data(tables.results().utf8)), ("folds.csv", Data(tables.folds().utf8)),
      ("predictions.csv", Data(tables.predictions().utf8)),
      ("timings.csv", Data(tables.timings().utf8)),
    ]
    if let labelled = tables.labelled() { files.append(("labelled.csv", Data(labelled.utf8))) }
    files = manifest.configuration.asTables(files)
    files += try conclusion(results)
    try folder.publish(files)
    var manifest = try RunManifest.read(from: folder)
    manifest.finish(files.map { FileDigest(name: $0.name, bytes: $0.bytes) })
    try folder.publish([(RunManifest.fileName, try manifest.json())])
    ProcessEnding.shared.aftermath = .complete
    journal.seal()
    try folder.remove(OutputFolder.journalName)
    return results
  }
}
