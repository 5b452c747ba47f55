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
    guard let path = try text(flag, "foldsFile") else { return nil }
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Failure(
        .inputMissing, "the folds file cannot be read", at: path,
        remedy: "check the path given to --folds-file")
    }
    return (
      String(decoding: data, as: UTF8.self),
      FileDigest(name: URL(filePath: path).lastPathComponent, bytes: data)
    )
  }
}
