/// Keeps patients by a column of the labels or covariates: `COLUMN=VALUE[,VALUE…]` or
/// `COLUMN!=VALUE[,VALUE…]`.
///
/// A value, or the column, with a comma, an equals sign, a quote or outer spaces is written in double
/// quotes, a quote within as two, as in CSV (RFC 4180): `label!="Stage I, early"`.
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
  /// - Throws: `badFilter` if there is no `=` or no column before it, or a quote is not closed.
  public init(parsing text: String) throws(CohortError) {
    var scan = FilterScan(text)
    column = try scan.field(until: ["=", "!"])
    guard !column.isEmpty else {
      throw CohortError(
        .badFilter,
        found: text.contains("=")
          ? "no column in \(CohortError.quoting(text))" : CohortError.quoting(text))
    }
    excludes = scan.take("!")
    guard scan.take("=") else { throw CohortError(.badFilter, found: CohortError.quoting(text)) }
    var values = [String]()
    repeat { values.append(try scan.field(until: [","])) } while scan.take(",")
    self.values = values
  }

  /// Whether a patient with this value (nil: missing) is kept.
  public func keeps(_ value: String?) -> Bool {
    values.contains(value ?? "") != excludes
  }

  /// The filter as ``init(parsing:)`` reads it.
  public var description: String {
    Self.quoted(column) + (excludes ? "!=" : "=") + values.map(Self.quoted).joined(separator: ",")
  }

  /// The filter as it is typed in a shell: in single quotes where it has more than plain characters.
  package var argument: String {
    let text = description
    let isPlain = text.allSatisfy { character in
      character.isASCII
        && (character.isLetter || character.isNumber || "_-.=,:/".contains(character))
    }
    guard !isPlain else { return text }
    return "'"
      + text.split(separator: "'", omittingEmptySubsequences: false)
      .joined(separator: "'\\''") + "'"
  }

  private static func quoted(_ text: String) -> String {
    let isSpaced = text.first?.isWhitespace == true || text.last?.isWhitespace == true
    guard isSpaced || text.contains(where: { ",=!\"".contains($0) }) else { return text }
    return "\""
      + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
      + "\""
  }
}

/// Reads the parts of a filter from left to right.
private struct FilterScan {
  private let text: String
  private var rest: Substring

  init(_ text: String) {
    self.text = text
    rest = text[...]
  }

  /// Takes a character, if it comes next.
  mutating func take(_ character: Character) -> Bool {
    guard rest.first == character else { return false }
    rest.removeFirst()
    return true
  }

  /// A field up to one of the given characters or the end, without outer spaces; one that begins with
  /// a quote ends with one. An exclamation mark ends a field only before an equals sign.
  mutating func field(until ends: Set<Character>) throws(CohortError) -> String {
    skipSpaces()
    if take("\"") { return try quotedField(until: ends) }
    var field = ""
    while let next = rest.first, !isEnd(next, ends) {
      field.append(next)
      rest.removeFirst()
    }
    while field.last?.isWhitespace == true { field.removeLast() }
    return field
  }

  private mutating func quotedField(until ends: Set<Character>) throws(CohortError) -> String {
    var field = ""
    while let next = rest.popFirst() {
      if next != "\"" {
        field.append(next)
      } else if take("\"") {
        field.append("\"")
      } else {
        skipSpaces()
        guard rest.first.map({ isEnd($0, ends) }) ?? true else { throw unclosed }
        return field
      }
    }
    throw unclosed
  }

  private func isEnd(_ character: Character, _ ends: Set<Character>) -> Bool {
    guard ends.contains(character) else { return false }
    return character != "!" || rest.dropFirst().first == "="
  }

  private var unclosed: CohortError {
    CohortError(
      .badFilter, found: CohortError.quoting(text),
      expected: "a value in quotes as in CSV, such as label!=\"Stage I, early\"",
      remedy: "close the quote, and write a quote within a value as two")
  }

  private mutating func skipSpaces() {
    while rest.first?.isWhitespace == true { rest.removeFirst() }
  }
}
