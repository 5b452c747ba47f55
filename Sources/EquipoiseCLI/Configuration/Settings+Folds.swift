import Foundation
import Study

extension Settings {
  /// Repeats of the folds; nil is automatic.
  func repeats(_ flag: String?) throws -> Int? {
    guard let text = try text(flag, "repeats"), text != "auto" else { return nil }
    guard let count = Int(text) else {
      throw Failure(
        flag == nil ? .configuration : .usage, "an option is out of range", at: "repeats",
        found: text, expected: "a whole number, or auto")
    }
    return count
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
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Failure(.inputMissing, "the \(name) cannot be read", at: path, remedy: "check its path")
    }
    return (
      String(decoding: data, as: UTF8.self),
      FileDigest(name: URL(filePath: path).lastPathComponent, bytes: data)
    )
  }
}
