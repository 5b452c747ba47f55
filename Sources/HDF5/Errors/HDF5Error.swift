/// What is wrong with an HDF5 file, where in it, and what to do about it.
package struct HDF5Error: Error, Equatable, Sendable {
  /// The kinds of failure.
  package enum Code: String, CaseIterable, Sendable {
    /// The bytes are not an HDF5 file.
    case notHDF5
    /// A part of the file contradicts the format.
    case damaged
    /// A group, dataset or attribute that is needed is absent.
    case missing
    /// A part of the file is of another kind or shape than is needed.
    case unexpectedKind
    /// The file uses a kind of storage that is not supported.
    case unsupported
    /// A dataset was written through a filter that is not available.
    case unknownFilter
    /// A link or a dataset leads out of the file.
    case leadsOutside
    /// A part of the file would take more memory than its bytes can hold.
    case tooLarge
    /// A text is not UTF-8.
    case notText
    /// The file cannot be written.
    case notWritten
  }

  /// The kind of failure.
  package let code: Code
  /// Path in the file, such as `/obs/label`.
  package let path: String
  /// What was found.
  package var found: String?
  /// What was expected.
  package var expected: String?
  /// What to do.
  package var remedy: String?

  /// Creates an error; `remedy` falls back to the wording of `code`.
  package init(
    _ code: Code, path: String, found: String? = nil, expected: String? = nil,
    remedy: String? = nil
  ) {
    self.code = code
    self.path = path
    self.found = found
    self.expected = expected
    self.remedy = remedy ?? code.usualRemedy
  }
}
