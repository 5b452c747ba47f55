/// Keeps patients by a column of the labels or covariates: `COLUMN=VALUE[,VALUE…]` or
/// `COLUMN!=VALUE[,VALUE…]`.
///
/// Values are compared as texts. An empty value (`stage=`) stands for a missing one; a patient
/// whose value is missing passes `!=` unless that empty value is listed.
public struct WhereFilter: Codable, Equatable, Sendable, CustomStringConvertible {
  /// Column name.
  public let column: String
  /// Values listed.
  public let values: [String]
  /// Whether patients with these values are left out instead of kept.
  public let excludes: Bool

  /// Creates a filter.
  public init(column: String, values: [String], excludes: Bool = false) {
    self.column = column
    self.values = values
    self.excludes = excludes
  }

  /// Parses the text of a `--where` flag.
  ///
  /// - Throws: `badFilter` if there is no `=` or no column before it.
  public init(parsing text: String) throws(CohortError) {
    guard let equals = text.firstIndex(of: "=") else {
      throw CohortError(.badFilter, found: CohortError.quoting(text))
    }
    var name = text[..<equals]
    excludes = name.last == "!"
    if excludes { name.removeLast() }
    column = Self.trimmed(name)
    guard !column.isEmpty else {
      throw CohortError(.badFilter, found: "no column in \(CohortError.quoting(text))")
    }
    values = text[text.index(after: equals)...]
      .split(separator: ",", omittingEmptySubsequences: false).map(Self.trimmed)
  }

  /// Whether a patient with this value (nil: missing) is kept.
  public func keeps(_ value: String?) -> Bool {
    values.contains(value ?? "") != excludes
  }

  /// The filter as it would be typed.
  public var description: String {
    column + (excludes ? "!=" : "=") + values.joined(separator: ",")
  }

  private static func trimmed(_ text: Substring) -> String {
    var text = text
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
