import Boundary
import Foundation
import Study

/// A place for results that this process has taken, until it is released.
struct ClaimedOutput {
  let folder: OutputFolder
  let policy: OutputFolder.Policy
  private let lock: OutputLock

  fileprivate init(_ folder: OutputFolder, _ policy: OutputFolder.Policy, _ lock: OutputLock) {
    self.folder = folder
    self.policy = policy
    self.lock = lock
  }

  /// Gives the place back.
  func release() { lock.release() }

  /// Writes all files of a verb that cannot be resumed, in the place of an earlier run's.
  func publish(_ files: [(name: String, bytes: Data)], _ console: Console) throws {
    let foreign = try ProcessEnding.shared.hold {
      let foreign = try folder.publish(files, replacing: true)
      ProcessEnding.shared.aftermath = .complete
      return foreign
    }
    tellForeign(foreign, console)
  }
}

extension Settings {
  /// Output folder, checked and taken: nothing else writes there until it is released.
  ///
  /// - Parameters:
  ///   - cohort: the cohort as named.
  ///   - inputs: paths of further files that the verb reads.
  /// - Throws: ``Failure`` 64 for an empty name or contradicting flags; `StudyError`.
  func claim(
    _ options: OutputOptions, resume: Bool = false, verb: String, cohort: String,
    inputs: [String?] = []
  ) throws -> ClaimedOutput {
    let (folder, policy) = try output(options, resume: resume, verb: verb, cohort: cohort)
    let input = LoadedCohort.folder(of: cohort)
    let files = inputPaths(cohort: cohort, inputs)
    do {
      try folder.check(policy, input: input, files: files)
    } catch {
      // Who is writing there says more than that something is there.
      let lock = folder.path(of: OutputLock.folderLockName)
      if error.code == .outputOccupied && FileEntry(path: lock) == .file {
        try folder.lock(verb: verb).release()
      }
      throw error
    }
    let lock = try folder.lock(verb: verb)
    do {
      // Another process may have ended there between the check and the lock.
      try folder.check(policy, input: input, files: files)
    } catch {
      lock.release()
      throw error
    }
    return ClaimedOutput(folder, policy, lock)
  }

  /// A file to be written, and what is written beside it, checked and taken.
  func claim(
    _ files: [OutputFile], force: Bool, verb: String, cohort: String, inputs: [String?] = []
  ) throws -> OutputLock {
    let read = inputPaths(cohort: cohort, inputs)
    for file in files { try file.check(force: force, inputs: read) }
    let lock = try files[0].lock(verb: verb)
    do {
      for file in files { try file.check(force: force, inputs: read) }
    } catch {
      lock.release()
      throw error
    }
    return lock
  }

  /// Path of a file to be written.
  func outputPath(_ flag: String?, _ key: String, default standard: String) throws -> String {
    let path = try text(flag, key) ?? standard
    guard !path.isEmpty else { throw Failure.emptyName(key) }
    return path
  }

  /// Every file that the verb may read: none of them is ever replaced.
  private func inputPaths(cohort: String, _ further: [String?]) -> [String] {
    var paths = ([configurationPath] + further).compactMap { $0 }
    if let folder = LoadedCohort.folder(of: cohort) {
      paths.append(folder)
      let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
      paths += names.map { "\(folder)/\($0)" }
    }
    return paths
  }
}

extension Failure {
  /// An option whose value is an empty text.
  static func emptyName(_ key: String) -> Failure {
    Failure(
      .usage, "an output without a name", at: "--\(key)", found: "an empty text",
      expected: "a path")
  }
}
