import Cohort
import Foundation

/// A file that went into or came out of a run, by content.
public struct FileDigest: Codable, Equatable, Sendable {
  /// File name, without its folder.
  public let name: String
  /// SHA-256 of its bytes, 64 hexadecimal digits.
  public let sha256: String

  /// A digest known already.
  public init(name: String, sha256: String) {
    self.name = name
    self.sha256 = sha256
  }

  /// A digest of known bytes.
  public init(name: String, bytes: Data) {
    self.name = name
    sha256 = SHA256.hexadecimal(of: Array(bytes))
  }

  /// A digest of a file.
  ///
  /// - Throws: `CocoaError` if it cannot be read.
  public init(path: String) throws {
    let url = URL(filePath: path)
    self.init(name: url.lastPathComponent, bytes: try Data(contentsOf: url))
  }
}
