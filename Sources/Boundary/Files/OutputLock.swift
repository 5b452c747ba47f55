import Foundation

/// A lock on a place that a command writes to, held by one process at a time.
///
/// The kernel holds it (`flock` on a small file), so that it is free at the moment its process is
/// gone, however that ended; a file that a killed process left is taken over. It never waits.
/// Decision page 23 describes network file systems, containers and the race of unlinking.
package final class OutputLock: Sendable {
  /// Who holds a lock.
  package struct Holder: Codable, Equatable, Sendable {
    /// Process identifier, in the holder's own name space.
    package let process: Int32
    /// Name of its host.
    package let host: String
    /// When it was taken: UTC, ISO 8601.
    package let since: String
    /// The verb that runs.
    package let verb: String
  }

  /// Why a lock was not given.
  package enum Fault: Error, Equatable, Sendable {
    /// Another process has it; nil if it has not written who it is yet.
    case held(Holder?)
    /// The lock's file cannot be made or locked.
    case file(FileFault)
  }

  /// Name of the lock's file in a folder.
  package static let folderLockName = ".equipoise.lock"
  /// Name of the lock's file beside a single file.
  package static func lockName(of file: String) -> String { ".\(file).lock" }

  private let path: String
  private let descriptor: Int32
  private let createdFolders: [String]
  private let ending: ProcessEnding.Token

  /// Takes the lock at a path, and creates the folders on the way to it.
  ///
  /// - Throws: ``Fault``.
  package static func take(at path: String, verb: String) throws(Fault) -> OutputLock {
    try ProcessEnding.shared.hold { () throws(Fault) in
      // A holder that ends takes its file, and a folder that it created, away again: then there is
      // another chance at once.
      for _ in 0..<100 {
        if let lock = try attempt(path, verb) { return lock }
      }
      throw .file(FileFault(.unwritable, path, "the lock's file changes all the time"))
    }
  }

  private init(path: String, descriptor: Int32, createdFolders: [String]) {
    self.path = path
    self.descriptor = descriptor
    self.createdFolders = createdFolders
    ending = ProcessEnding.shared.onEnd {
      OutputLock.clear(path, descriptor, createdFolders)
    }
  }

  /// Gives the lock back and removes its file, with the folders that were created for it and are
  /// still empty.
  package func release() {
    ProcessEnding.shared.hold {
      ending.cancel()
      OutputLock.clear(path, descriptor, createdFolders)
    }
  }

  /// Unlinks before closing: the file is removed by none but its holder.
  private static func clear(_ path: String, _ descriptor: Int32, _ folders: [String]) {
    let mine = FileIdentity(descriptor: descriptor)
    guard mine != nil else { return }
    if FileIdentity(path: path) == mine { unlink(path) }
    for folder in folders.reversed() { rmdir(folder) }
    close(descriptor)
  }

  /// One try; nil if the file or its folder went away meanwhile.
  private static func attempt(_ path: String, _ verb: String) throws(Fault) -> OutputLock? {
    let created = try createFolders(above: path)
    let flags = O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK
    let descriptor = open(path, flags, 0o644)
    guard descriptor >= 0 else {
      let code = errno
      if code == ENOENT { return nil }
      for folder in created.reversed() { rmdir(folder) }
      throw .file(code == EACCES ? unreadableHolder(path) : .writing(path, code))
    }
    if flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      let code = errno
      defer { close(descriptor) }
      if code == EWOULDBLOCK { throw .held(holder(descriptor)) }
      throw .file(
        FileFault(.unwritable, path, "the file system gives no lock: \(FileFault.words(code))"))
    }
    // A holder that ended between opening and locking has unlinked this file: another process may
    // hold a new one of the same name.
    guard FileIdentity(descriptor: descriptor) == FileIdentity(path: path) else {
      close(descriptor)
      return nil
    }
    do throws(FileFault) {
      try sign(descriptor, path, verb)
    } catch {
      clear(path, descriptor, created)
      throw .file(error)
    }
    return OutputLock(path: path, descriptor: descriptor, createdFolders: created)
  }

  private static func unreadableHolder(_ path: String) -> FileFault {
    FileFault(.unwritable, path, "\(FileFault.words(EACCES)) (the lock's file or its folder)")
  }

  /// Creates the folders that are not there, the outermost first.
  private static func createFolders(above path: String) throws(Fault) -> [String] {
    var missing = [String]()
    var url = URL(filePath: path, directoryHint: .notDirectory).deletingLastPathComponent()
    while FileIdentity(path: url.path(percentEncoded: false)) == nil {
      let code = errno
      let text = url.path(percentEncoded: false)
      guard code == ENOENT else { throw .file(.writing(text, code)) }
      missing.append(text)
      let parent = url.deletingLastPathComponent().standardizedFileURL
      if parent == url || missing.count > 4096 { break }
      url = parent
    }
    var created = [String]()
    for folder in missing.reversed() {
      if mkdir(folder, 0o777) == 0 {
        created.append(folder)
      } else if errno != EEXIST && errno != ENOENT {
        let code = errno
        for folder in created.reversed() { rmdir(folder) }
        throw .file(.writing(folder, code))
      }
    }
    return created
  }

  /// Writes who holds the lock.
  private static func sign(
    _ descriptor: Int32, _ path: String, _ verb: String
  ) throws(FileFault) {
    let holder = Holder(
      process: getpid(), host: hostName(), since: Date.now.formatted(.iso8601), verb: verb)
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    guard let data = try? encoder.encode(holder) else { return }
    guard ftruncate(descriptor, 0) == 0,
      data.withUnsafeBytes({ Descriptor.write($0, to: descriptor) })
    else { throw .writing(path, errno) }
  }

  private static func holder(_ descriptor: Int32) -> Holder? {
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = pread(descriptor, &bytes, bytes.count, 0)
    guard count > 0 else { return nil }
    return try? JSONDecoder().decode(Holder.self, from: Data(bytes.prefix(count)))
  }

  private static func hostName() -> String {
    var name = [CChar](repeating: 0, count: 256)
    guard gethostname(&name, name.count - 1) == 0 else { return "unknown" }
    return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
