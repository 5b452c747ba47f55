import Boundary
import Cohort
import Foundation
import Study
import Yams

/// Values of `--config FILE`: every flag of the verb has its key, and flags win.
///
/// Keys are written as the flag (`folds-file`) or in camel case (`foldsFile`); keys below
/// `preprocessing` nest, or stand with a dot.
struct ConfigurationFile {
  private let path: String
  private let values: [String: Any]

  /// Reads a file.
  ///
  /// - Parameter keys: keys that the verb knows, in camel case.
  /// - Throws: ``Failure`` 66 if it is missing, 78 if it is not YAML or holds an unknown key.
  init(path: String, keys: [String]) throws {
    self.path = path
    let text = try ConfigurationFile.text(at: path)
    let loaded: Any?
    do {
      loaded = try Yams.load(yaml: text)
    } catch {
      throw Failure(
        .configuration, "the configuration file is not YAML", at: path, found: "\(error)")
    }
    var flat = [String: Any]()
    if let loaded {
      guard let mapping = loaded as? [String: Any] else {
        throw Failure(
          .configuration, "the configuration file is not a mapping", at: path,
          expected: "lines such as `folds: 5`")
      }
      for key in mapping.keys.sorted() {
        if let nested = mapping[key] as? [String: Any] {
          for (inner, value) in nested {
            flat[ConfigurationFile.camelCase("\(key).\(inner)")] = value
          }
        } else {
          flat[ConfigurationFile.camelCase(key)] = mapping[key]
        }
      }
    }
    for key in flat.keys.sorted() where !keys.contains(key) {
      throw Failure(
        .configuration, "unknown key", at: path, found: key,
        expected: "one of \(keys.joined(separator: ", "))",
        remedy: nearestName(to: key, among: keys).map { "did you mean \($0)?" } ?? "")
    }
    values = flat
  }

  /// Text of a file within the bounds of YAML that is parsed.
  private static func text(at path: String) throws -> String {
    let bytes: [UInt8]
    do {
      bytes = try RegularFile.bytes(at: path, limit: YAMLBounds.byteLimit)
    } catch {
      throw Failure(reading: "the configuration file", error)
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Failure(.configuration, "the configuration file is not UTF-8", at: path)
    }
    if let violation = YAMLBounds.violation(text) {
      throw Failure(
        .configuration, "the configuration file is beyond its bounds", at: path,
        found: violation.found, expected: violation.expected, remedy: "write the values out")
    }
    return text
  }

  /// Text under a key; numbers and truth values count as text.
  func text(_ key: String) throws -> String? {
    guard let value = values[key], !(value is NSNull) else { return nil }
    switch value {
    case let text as String: return text
    case let number as Int: return number.description
    case let number as Double: return number.description
    case let truth as Bool: return truth.description
    default: throw wrong(key, expected: "text")
    }
  }

  /// A list under a key: a YAML list, or text with commas.
  func list(_ key: String) throws -> [String]? {
    if let items = values[key] as? [Any] {
      return items.map { "\($0)" }
    }
    return try text(key).map(commaSeparated)
  }

  /// Items under a key whose text may hold commas of its own: a YAML list, or one item.
  func items(_ key: String) throws -> [String]? {
    if let items = values[key] as? [Any] { return items.map { "\($0)" } }
    return try text(key).map { [$0] }
  }

  /// A whole number under a key.
  func integer(_ key: String) throws -> Int? {
    guard let text = try text(key) else { return nil }
    guard let number = Int(text) else { throw wrong(key, expected: "a whole number") }
    return number
  }

  /// A number under a key.
  func number(_ key: String) throws -> Double? {
    guard let text = try text(key) else { return nil }
    guard let number = Double(text), number.isFinite else { throw wrong(key, expected: "a number") }
    return number
  }

  /// True or false under a key.
  func truth(_ key: String) throws -> Bool? {
    guard let text = try text(key) else { return nil }
    guard let truth = Bool(text) else { throw wrong(key, expected: "true or false") }
    return truth
  }

  /// One of a few words under a key.
  func choice<Value: RawRepresentable & CaseIterable>(
    _ key: String, _ type: Value.Type
  ) throws -> Value? where Value.RawValue == String {
    guard let text = try text(key) else { return nil }
    guard let value = Value(rawValue: text) else {
      let known = Value.allCases.map(\.rawValue)
      throw wrong(
        key, expected: "one of \(known.joined(separator: ", "))",
        remedy: nearestName(to: text, among: known).map { "did you mean \($0)?" } ?? "")
    }
    return value
  }

  private func wrong(_ key: String, expected: String, remedy: String = "") -> Failure {
    Failure(
      .configuration, "a value of the wrong kind", at: "\(path), key \(key)",
      found: values[key].map { "\($0)" } ?? "nothing", expected: expected, remedy: remedy)
  }

  private static func camelCase(_ key: String) -> String {
    let parts = key.split(separator: "-")
    return parts.dropFirst().reduce(String(parts.first ?? "")) { text, part in
      text + part.prefix(1).uppercased() + part.dropFirst()
    }
  }
}

/// Words between commas, trimmed; in double quotes a word may hold commas (`"a,b":x`), and a doubled
/// quote is one. Empty words are left out.
func commaSeparated(_ text: String) -> [String] {
  var words = [""]
  var isQuoted = false
  var previous: Character?
  for character in text {
    switch character {
    case "\"":
      // A quote that follows a closing one at once is a quote itself.
      if !isQuoted, previous == "\"", words[words.count - 1].isEmpty == false {
        words[words.count - 1].append("\"")
      }
      isQuoted.toggle()
    case "," where !isQuoted: words.append("")
    default: words[words.count - 1].append(character)
    }
    previous = character
  }
  return words.map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
}
