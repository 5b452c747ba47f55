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
    "run.json",
    "report.html", "fused.npy", "clusters.csv", "fuse.json", "audit.json", "audit.csv",
    "explanations.json",
  ]
  static let journalName = ".tasks.jsonl"
  private static let partialEnding = ".partial"

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
  /// - Throws: ``StudyError`` `.outputOccupied`, or `.outputUnwritable` where a file is in the way.
  public func check(_ policy: Policy, input: String? = nil) throws(StudyError) {
    if let input, OutputFolder.canonical(input) == OutputFolder.canonical(path) {
      throw .isInput(path)
    }
    let ancestor = OutputFolder.nearestExisting(path)
    var isFolder = ObjCBool(false)
    _ = FileManager.default.fileExists(atPath: ancestor, isDirectory: &isFolder)
    if !isFolder.boolValue { throw .unwritable(path, "\(ancestor) is a file") }
    if !FileManager.default.isWritableFile(atPath: ancestor) {
      throw .unwritable(path, "no permission to write into \(ancestor)")
    }
    let names = contents.filter { !OutputFolder.isLeftover($0) }
    guard let first = names.first(where: { !$0.hasPrefix(".") }) ?? names.first else { return }
    switch policy {
    case .fresh: throw .occupied(path, foundName: first)
    case .force: return
    case .resume:
      if !names.contains("run.json") { throw .occupied(path, foundName: first) }
    }
  }

  /// Creates the folder if need be; with `.force` removes an earlier run of ours first.
  ///
  /// - Returns: names of files that are not ours and stay where they are.
  /// - Throws: ``StudyError`` `.outputUnwritable`.
  @discardableResult
  public func open(_ policy: Policy) throws(StudyError) -> [String] {
    do {
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    } catch {
      throw .unwritable(path, error.localizedDescription)
    }
    var foreign = [String]()
    for name in contents {
      if OutputFolder.isLeftover(name) || (policy == .force && isOwn(name)) {
        try remove(name)
      } else if !isOwn(name) {
        foreign.append(name)
      }
    }
    return foreign
  }

  /// Removes a file of ours, if it is there.
  func remove(_ name: String) throws(StudyError) {
    guard FileManager.default.fileExists(atPath: path(of: name)) else { return }
    do {
      try FileManager.default.removeItem(atPath: path(of: name))
    } catch {
      throw .unwritable(path(of: name), error.localizedDescription)
    }
  }

  /// Writes files aside, all of them, and only then renames each into its place.
  ///
  /// - Throws: ``StudyError`` `.writeFailed`; then no file has changed, or a later call mends it.
  public func publish(_ files: [(name: String, bytes: Data)]) throws(StudyError) {
    do {
      for file in files {
        let aside = path(of: OutputFolder.partialName(file.name))
        guard FileManager.default.createFile(atPath: aside, contents: nil) else {
          throw CocoaError(.fileWriteUnknown)
        }
        let handle = try FileHandle(forWritingTo: URL(filePath: aside))
        try handle.write(contentsOf: file.bytes)
        try handle.synchronize()
        try handle.close()
      }
      for file in files {
        let aside = path(of: OutputFolder.partialName(file.name))
        guard rename(aside, path(of: file.name)) == 0 else {
          throw CocoaError(.fileWriteUnknown)
        }
      }
    } catch {
      for file in files { try? remove(OutputFolder.partialName(file.name)) }
      throw .writeFailed(path, error.localizedDescription)
    }
  }

  private static func partialName(_ name: String) -> String { ".\(name)\(partialEnding)" }

  /// Whether the file was being written when a run was killed.
  private static func isLeftover(_ name: String) -> Bool {
    name.hasPrefix(".") && name.hasSuffix(partialEnding)
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

  private static func canonical(_ path: String) -> String {
    URL(filePath: path).resolvingSymlinksInPath().standardizedFileURL.path(percentEncoded: false)
      .trimmingSuffix("/")
  }
}

extension String {
  fileprivate func trimmingSuffix(_ suffix: String) -> String {
    count > suffix.count && hasSuffix(suffix) ? String(dropLast(suffix.count)) : self
  }
}
