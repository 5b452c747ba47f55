import Boundary
import Foundation
import Study

extension Settings {
  /// Repeats of the folds; nil is automatic.
  func repeats(_ flag: String?) throws -> Int? {
    guard let text = try text(flag, "repeats"), text != "auto" else { return nil }
    guard let count = Int(text) else { throw OptionRange.failure("repeats", text) }
    return try OptionRange.checked(count, "repeats")
  }

  /// The folds file that was named, if one was.
  func foldsFile(_ flag: String?) throws -> (text: String, digest: FileDigest)? {
    try inputFile(flag, "foldsFile", "folds file")
  }

  /// The file of labelled patients that was named, if one was.
  func labelledFile(_ flag: String?) throws -> (text: String, digest: FileDigest)? {
    try inputFile(flag, "labelledFile", "file of labelled patients")
  }

  private func inputFile(
    _ flag: String?, _ key: String, _ name: String
  ) throws -> (text: String, digest: FileDigest)? {
    guard let path = try text(flag, key) else { return nil }
    do {
      let bytes = try RegularFile.bytes(at: path)
      return (
        String(decoding: bytes, as: UTF8.self),
        FileDigest(name: URL(filePath: path).lastPathComponent, bytes: Data(bytes))
      )
    } catch {
      throw Failure(reading: "the \(name)", error)
    }
  }
}
