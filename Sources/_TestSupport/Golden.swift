import Foundation
import LinearAlgebra

/// Reference numbers of `Tests/Fixtures/golden.json`, by path components.
public struct Golden: Sendable {
  private let root: JSONValue

  /// The whole file, read once.
  public static let shared: Golden = {
    let url = repositoryRoot.appending(path: "Tests/Fixtures/golden.json")
    guard let data = try? Data(contentsOf: url),
      let root = try? JSONDecoder().decode(JSONValue.self, from: data)
    else { preconditionFailure("Tests/Fixtures/golden.json cannot be read") }
    return Golden(root: root)
  }()

  /// Value at a path of keys.
  public subscript(_ path: String...) -> Golden {
    var value = root
    for key in path {
      guard case .object(let object) = value, let next = object[key] else {
        preconditionFailure("golden.json has no \(path.joined(separator: " > "))")
      }
      value = next
    }
    return Golden(root: value)
  }

  /// As number.
  public var double: Double {
    guard case .number(let number) = root else { preconditionFailure("not a number: \(root)") }
    return number
  }
  /// As integer.
  public var int: Int { Int(double) }
  /// As text.
  public var string: String {
    guard case .text(let text) = root else { preconditionFailure("not a text: \(root)") }
    return text
  }
  /// As list of numbers.
  public var doubles: [Double] { items.map(\.double) }
  /// As list of integers.
  public var ints: [Int] { doubles.map { Int($0) } }
  /// As list of texts.
  public var strings: [String] { items.map(\.string) }
  /// As list of values.
  public var items: [Golden] {
    guard case .list(let list) = root else { preconditionFailure("not a list: \(root)") }
    return list.map(Golden.init(root:))
  }
  /// As matrix (a list of rows).
  public var matrix: Matrix { Matrix(items.map(\.doubles)) }
  /// Keys of an object, sorted.
  public var keys: [String] {
    guard case .object(let object) = root else { preconditionFailure("not an object: \(root)") }
    return object.keys.sorted()
  }
}

/// Any JSON value.
enum JSONValue: Decodable, Sendable {
  case null
  case bool(Bool)
  case number(Double)
  case text(String)
  case list([JSONValue])
  case object([String: JSONValue])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .text(value)
    } else if let value = try? container.decode([JSONValue].self) {
      self = .list(value)
    } else {
      self = .object(try container.decode([String: JSONValue].self))
    }
  }
}

/// Root of the source tree, found from this file.
public let repositoryRoot = URL(filePath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
