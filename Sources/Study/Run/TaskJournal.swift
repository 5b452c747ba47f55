import Boundary
import Cohort
import Foundation
import Synchronization

/// Finished tasks, one a line, each on the disk before the next one counts: whatever ends the
/// process, a resumed run finds all but the line that was being written.
///
/// A line is 16 hexadecimal digits (the first half of the SHA-256 of what follows the blank), a
/// blank, and the task as JSON: a damaged line is recognized, and never becomes a result.
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

  /// An open journal: where its last whole line ends, and whether it takes further lines.
  private struct Writer {
    let descriptor: Int32
    var end: Int
    /// Why a line could not be written; later lines are refused, since they would follow a torn one.
    var fault: FileFault?
  }

  /// The journal's file.
  public let path: String
  private let writer: Mutex<Writer?>
  private let ending = Mutex<ProcessEnding.Token?>(nil)

  /// Opens a journal for appending, and creates it if need be; a torn last line is cut off.
  ///
  /// - Throws: ``StudyError`` `.outputUnwritable`, `.writeFailed`; `.malformedRun` for a broken line
  ///   before the last, or if the journal is no regular file.
  public static func open(
    at path: String
  ) throws(StudyError) -> (journal: TaskJournal, contents: Contents) {
    var contents = Contents()
    var wholeCount = 0
    do {
      (contents, wholeCount) = try parse(try RegularFile.bytes(at: path), path: path)
    } catch let fault as FileFault {
      if let error = StudyError.reading(fault) { throw error }
    } catch let error as StudyError {
      throw error
    } catch {
      throw .malformedRun(path, "a line that is not a finished task")
    }
    let flags = O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK
    let descriptor = Foundation.open(path, flags, 0o666)
    guard descriptor >= 0 else { throw StudyError(.writing(path, errno)) }
    guard ftruncate(descriptor, off_t(wholeCount)) == 0,
      lseek(descriptor, off_t(wholeCount), SEEK_SET) >= 0
    else {
      let code = errno
      close(descriptor)
      throw StudyError(.writing(path, code))
    }
    let journal = TaskJournal(path: path, Writer(descriptor: descriptor, end: wholeCount))
    journal.ending.withLock { token in
      token = ProcessEnding.shared.onEnd { [weak journal] in journal?.seal() }
    }
    return (journal, contents)
  }

  private init(path: String, _ writer: Writer) {
    self.path = path
    self.writer = Mutex(writer)
  }

  deinit { seal() }

  /// Appends a finished task, and waits until it is on the disk.
  func append(_ result: TaskResult) throws(StudyError) { try append(.result(result)) }

  /// Appends the time of a fold's shared values.
  func append(_ time: SharedTime) throws(StudyError) { try append(.shared(time)) }

  /// Ends the journal once a line being written is complete; later lines are dropped, so that the
  /// process may end at any moment after.
  public func seal() {
    ending.withLock { token in
      token?.cancel()
      token = nil
    }
    writer.withLock { writer in
      if let open = writer { close(open.descriptor) }
      writer = nil
    }
  }

  private func append(_ line: Line) throws(StudyError) {
    let bytes: Data
    do {
      bytes = try TaskJournal.encoded(line)
    } catch {
      throw .writeFailed(path, "a result that cannot be written as JSON")
    }
    let fault = writer.withLock { writer -> FileFault? in
      guard var open = writer else { return nil }
      defer { writer = open }
      if let fault = open.fault { return fault }
      let isWritten = bytes.withUnsafeBytes { Descriptor.write($0, to: open.descriptor) }
      if isWritten && (fsync(open.descriptor) == 0 || errno == EINVAL || errno == ENOTSUP) {
        open.end += bytes.count
        return nil
      }
      let fault = FileFault.writing(path, errno)
      open.fault = fault
      // Half a line must not stand before a whole one; a resumed run cuts it off as well.
      _ = ftruncate(open.descriptor, off_t(open.end))
      return fault
    }
    if let fault { throw StudyError(fault) }
  }

  /// A line's bytes, with its line break.
  static func encoded(_ line: Line) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    encoder.nonConformingFloatEncodingStrategy = TaskJournal.encodingOfInfinities
    let json = try encoder.encode(line)
    return Data("\(checksum(Array(json))) ".utf8) + json + Data([0x0A])
  }

  private static func checksum(_ bytes: [UInt8]) -> String {
    String(SHA256.hexadecimal(of: bytes).prefix(16))
  }

  private static func parse(_ data: [UInt8], path: String) throws -> (Contents, wholeCount: Int) {
    var contents = Contents()
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = decodingOfInfinities
    var start = 0
    while let end = data[start...].firstIndex(of: 0x0A) {
      let line = data[start..<end]
      let json = Array(line.dropFirst(17))
      let isSound = line.prefix(17).elementsEqual("\(checksum(json)) ".utf8)
      guard isSound, let decoded = try? decoder.decode(Line.self, from: Data(json)) else {
        // After a crash of the machine the last line may be whole but not its own.
        if end == data.count - 1 { break }
        throw StudyError.malformedRun(path, "a line that is not a finished task")
      }
      switch decoded {
      case .result(let result): contents.results.append(result)
      case .shared(let time): contents.sharedTimes.append(time)
      }
      start = end + 1
    }
    return (contents, start)
  }

  private static var encodingOfInfinities: JSONEncoder.NonConformingFloatEncodingStrategy {
    .convertToString(positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
  }
  private static var decodingOfInfinities: JSONDecoder.NonConformingFloatDecodingStrategy {
    .convertFromString(positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
  }
}
