/// What is wrong with an archive of tensors: a file that is not one, or a part that cannot be so.
public struct ArchiveError: Error, Equatable, Sendable {
  /// The kinds of failure.
  public enum Code: String, Sendable, CaseIterable {
    /// There is no file.
    case missingFile
    /// The file is there but cannot be read.
    case unreadableFile
    /// The file does not begin as safetensors do, or its header is no JSON of that form.
    case malformedHeader
    /// The file is safetensors, but of another program.
    case foreignFile
    /// The file was written by a later version of the format.
    case futureVersion
    /// The file ends before what its header promises.
    case truncated
    /// Bytes are not those that were written.
    case damaged
    /// A tensor or a text that must be there is not.
    case missingPart
    /// A tensor has another shape or type than its place demands.
    case wrongShape
    /// A tensor holds values that cannot stand in its place.
    case badValue
    /// The file cannot be created where it should stand.
    case unwritable
    /// Writing failed on the way.
    case writeFailed
  }

  /// The kind of failure.
  public let code: Code
  /// Which part: the name of a tensor or a text; empty for the file as a whole.
  public let location: String
  /// What was found; may be empty.
  public let found: String
  /// What was expected; may be empty.
  public let expected: String

  /// Creates an error.
  public init(_ code: Code, at location: String = "", found: String = "", expected: String = "") {
    self.code = code
    self.location = location
    self.found = found
    self.expected = expected
  }
}
