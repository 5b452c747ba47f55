import Boundary
import Foundation

/// The folder that a verb writes into: what may be there already, and how files get there.
public struct OutputFolder: Sendable {
  /// What to do about a folder that is not empty.
  public enum Policy: Sendable {
    /// Refuse it.
    case fresh
    /// Remove an earlier run from it, and only that.
    case force
    /// Go on with the run that it holds.
    case resume
  }

  /// Names that verbs write, and that `--force` may remove.
  static let ownNames = [
    "results.csv", "folds.csv", "labelled.csv", "predictions.csv", "timings.csv", "summary.json",
    "run.json", "report.html", "fused.npy", "clusters.csv", "fuse.json", "audit.json", "audit.csv",
    "explanations.json", "validation.json", "validation.csv",
  ]
  static let journalName = ".tasks.jsonl"

  /// The folder's path.
  public let path: String
  private let url: URL

  /// A folder, which need not exist yet.
  public init(path: String) {
    self.path = path
    url = URL(filePath: path, directoryHint: .isDirectory)
  }

  /// Path of a file in the folder.
  public func path(of name: String) -> String {
    url.appending(path: name, directoryHint: .notDirectory).path(percentEncoded: false)
  }

  /// Names of what is in the folder, sorted; empty if it does not exist.
  public var contents: [String] {
    let names = try? FileManager.default.contentsOfDirectory(
      atPath: url.path(percentEncoded: false))
    return (names ?? []).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Checks that the folder may be written into, without touching anything.
  ///
  /// - Parameters:
  ///   - policy: what to do about a folder that is not empty.
  ///   - input: folder of the cohort, which must not be the output.
  ///   - files: paths of all files that the verb reads; none of them may be replaced.
  /// - Throws: ``StudyError`` `.outputOccupied`, or `.outputUnwritable` where a file is in the way.
  public func check(
    _ policy: Policy, input: String? = nil, files: [String] = []
  ) throws(StudyError) {
    if let input, let mine = FileIdentity(path: path), mine == FileIdentity(path: input) {
      throw .isInput(path)
    }
    try checkFolder()
    let names = contents.filter { !isLeftover($0) && $0 != OutputLock.folderLockName }
    if let first = names.first(where: { !$0.hasPrefix(".") }) ?? names.first {
      switch policy {
      case .fresh: throw .occupied(path, foundName: first)
      case .force: break
      case .resume:
        if !names.contains("run.json") { throw .occupied(path, foundName: first) }
      }
    }
    try checkReplaceable(names, inputs: files)
  }

  /// The nearest folder that exists must be a folder, and writable.
  ///
  /// - Throws: ``StudyError`` `.outputUnwritable`.
  func checkFolder() throws(StudyError) {
    let ancestor = OutputFolder.nearestExisting(path)
    if case .special(let kind) = FileEntry(path: ancestor), kind != "a folder" {
      throw .unwritable(path, "\(FileFault.words(ENOTDIR)): \(ancestor) is \(kind)")
    }
    if FileEntry(path: ancestor) == .file {
      throw .unwritable(path, "\(FileFault.words(ENOTDIR)): \(ancestor) is a file")
    }
    if access(ancestor, W_OK) != 0 {
      throw .unwritable(path, "\(FileFault.words(errno)): \(ancestor)")
    }
  }

  /// Own names must be regular files that nobody reads: neither an input nor a device or folder of
  /// such a name is ever removed or replaced.
  private func checkReplaceable(_ names: [String], inputs: [String]) throws(StudyError) {
    let identities = Set(inputs.compactMap { FileIdentity(path: $0) })
    for name in names where isOwn(name) {
      let file = path(of: name)
      if case .special(let kind) = FileEntry(path: file) {
        throw .unwritable(file, "\(kind) of that name, which is never replaced")
      }
      if let identity = FileIdentity(path: file), identities.contains(identity) {
        throw .isInputFile(file)
      }
    }
  }

  /// Takes the folder for this process, creating it if need be; before anything is written.
  ///
  /// The lock is held until it is released or the process ends; a folder that was created for it and
  /// is still empty goes with it.
  ///
  /// - Throws: ``StudyError`` `.outputLocked` at once if another process holds it,
  ///   `.outputUnwritable`, `.writeFailed`.
  package func lock(verb: String) throws(StudyError) -> OutputLock {
    do {
      return try OutputLock.take(at: path(of: OutputLock.folderLockName), verb: verb)
    } catch {
      throw .notLocked(path, error)
    }
  }

  /// Creates the folder if need be and clears it: leftovers of a killed process, and files of ours
  /// unless they are kept.
  ///
  /// - Parameter kept: names of ours that stay.
  /// - Returns: names of files that are not ours and stay where they are.
  /// - Throws: ``StudyError`` `.outputUnwritable`.
  @discardableResult
  public func clear(keeping kept: [String] = []) throws(StudyError) -> [String] {
    try create()
    var foreign = [String]()
    for name in contents where name != OutputLock.folderLockName {
      if isLeftover(name) || (isOwn(name) && !kept.contains(name)) {
        try remove(name)
      } else if !isOwn(name) {
        foreign.append(name)
      }
    }
    return foreign
  }

  private func create() throws(StudyError) {
    do {
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    } catch {
      throw .unwritable(path, error.localizedDescription)
    }
  }

  /// Removes a file of ours, if it is there.
  func remove(_ name: String) throws(StudyError) {
    // unlink() removes no folder.
    guard unlink(path(of: name)) != 0, errno != ENOENT else { return }
    throw StudyError(FileFault.writing(path(of: name), errno))
  }

  /// Writes files aside, all of them, and only then renames each into its place, in their order.
  ///
  /// - Parameter replacing: whether everything else of ours is removed just before: an earlier run
  ///   is there until the new files are on the disk, and files of two runs are never mixed.
  /// - Returns: with `replacing`, names of files that are not ours and stay.
  /// - Throws: ``StudyError`` `.outputUnwritable`, `.writeFailed`; then no file has changed, or a
  ///   later call mends it.
  @discardableResult
  public func publish(
    _ files: [(name: String, bytes: Data)], replacing: Bool = false
  ) throws(StudyError) -> [String] {
    try create()
    let aside = AsideFiles()
    var foreign = [String]()
    do throws(FileFault) {
      for file in files { try aside.write(file.bytes, to: path(of: file.name)) }
      let partials = files.map { AsideFiles.partialName(of: $0.name) }
      try aside.commit { () throws(FileFault) in
        guard replacing else { return }
        // The manifest first: without it no rest of a run passes for a whole one.
        for name in ["run.json"] + contents {
          if (isOwn(name) || isLeftover(name)) && !partials.contains(name) {
            guard unlink(path(of: name)) == 0 || errno == ENOENT else {
              throw .writing(path(of: name), errno)
            }
          } else if name != OutputLock.folderLockName && !partials.contains(name) {
            foreign.append(name)
          }
        }
      }
    } catch {
      aside.discard()
      throw StudyError(error)
    }
    return foreign
  }

  /// Whether the file was being written when a run was killed, and is ours without doubt.
  private func isLeftover(_ name: String) -> Bool {
    guard name.hasPrefix("."), name.hasSuffix(".partial") else { return false }
    return isOwn(String(name.dropFirst().dropLast(8)))
      && FileEntry(path: path(of: name)) == .file
  }

  private func isOwn(_ name: String) -> Bool {
    OutputFolder.ownNames.contains(name) || name == OutputFolder.journalName
      || (name.hasPrefix("affinity-") && name.hasSuffix(".npy"))
  }

  /// The path itself, or the nearest of its parents that exists.
  private static func nearestExisting(_ path: String) -> String {
    var url = URL(filePath: path, directoryHint: .notDirectory).standardizedFileURL
    while true {
      let text = url.path(percentEncoded: false).trimmingSuffix("/")
      let parent = url.deletingLastPathComponent().standardizedFileURL
      if FileManager.default.fileExists(atPath: text) || parent == url { return text }
      url = parent
    }
  }
}

extension String {
  fileprivate func trimmingSuffix(_ suffix: String) -> String {
    count > suffix.count && hasSuffix(suffix) ? String(dropLast(suffix.count)) : self
  }
}
