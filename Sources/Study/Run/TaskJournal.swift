import Foundation
import Synchronization

/// Finished tasks as JSON lines, each on the disk before the next one counts: whatever ends the
/// process, a resumed run finds all but the line that was being written.
public final class TaskJournal: Sendable {
  /// One line.
  enum Line: Codable, Equatable, Sendable {
    case result(TaskResult)
    case shared(SharedTime)
  }

  /// What a journal held when it was opened.
  public struct Contents: Equatable, Sendable {
    /// Finished tasks, in order of writing.
    public var results: [TaskResult] = []
    /// Times of shared values.
    public var sharedTimes: [SharedTime] = []

    /// Nothing finished.
    public init() {}
  }

  /// The journal's file.
  public let path: String
  private let handle: Mutex<FileHandle?>

  /// Opens a journal for appending, and creates it if need be; a torn last line is cut off.
  ///
  /// - Throws: ``StudyError`` `.writeFailed`; `.malformedRun` for a broken line before the last.
  public static func open(
    at path: String
  ) throws(StudyError) -> (journal: TaskJournal, contents: Contents) {
    var contents = Contents()
    var wholeBytes: UInt64 = 0
    if let data = FileManager.default.contents(atPath: path) {
      (contents, wholeBytes) = try parse(data, path: path)
    } else if !FileManager.default.createFile(atPath: path, contents: nil) {
      throw .writeFailed(path, "it cannot be created")
    }
    do {
      let handle = try FileHandle(forUpdating: URL(filePath: path))
      try handle.truncate(atOffset: wholeBytes)
      try handle.seek(toOffset: wholeBytes)
      return (TaskJournal(path: path, handle: handle), contents)
    } catch {
      throw .writeFailed(path, error.localizedDescription)
    }
  }

  private init(path: String, handle: FileHandle) {
    self.path = path
    self.handle = Mutex(handle)
  }

  /// Appends a finished task, and waits until it is on the disk.
  func append(_ result: TaskResult) throws(StudyError) { try append(.result(result)) }

  /// Appends the time of a fold's shared values.
  func append(_ time: SharedTime) throws(StudyError) { try append(.shared(time)) }

  /// Ends the journal once a line being written is complete; later lines are dropped, so that the
  /// process may end at any moment after.
  public func seal() {
    handle.withLock { handle in
      try? handle?.close()
      handle = nil
    }
  }

  private func append(_ line: Line) throws(StudyError) {
    do {
      let encoder = JSONEncoder()
      encoder.outputFormatting = .sortedKeys
      encoder.nonConformingFloatEncodingStrategy = TaskJournal.encodingOfInfinities
      var bytes = try encoder.encode(line)
      bytes.append(0x0A)
      try handle.withLock { handle in
        guard let handle else { return }
        try handle.write(contentsOf: bytes)
        try handle.synchronize()
      }
    } catch {
      throw .writeFailed(path, error.localizedDescription)
    }
  }

  private static func parse(
    _ data: Data, path: String
  ) throws(StudyError) -> (Contents, wholeBytes: UInt64) {
    var contents = Contents()
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = decodingOfInfinities
    var start = data.startIndex
    while let end = data[start...].firstIndex(of: 0x0A) {
      do {
        switch try decoder.decode(Line.self, from: data[start..<end]) {
        case .result(let result): contents.results.append(result)
        case .shared(let time): contents.sharedTimes.append(time)
        }
      } catch {
        // After a crash of the machine the last line may be whole but not its own.
        if end == data.index(before: data.endIndex) { break }
        throw .malformedRun(path, "a line that is not a finished task")
      }
      start = data.index(after: end)
    }
    return (contents, UInt64(start - data.startIndex))
  }

  private static var encodingOfInfinities: JSONEncoder.NonConformingFloatEncodingStrategy {
    .convertToString(positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
  }
  private static var decodingOfInfinities: JSONDecoder.NonConformingFloatDecodingStrategy {
    .convertFromString(positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
  }
}
