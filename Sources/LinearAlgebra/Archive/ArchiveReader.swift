/// Where an ``ArchiveReader`` takes its parts from: a file, or memory.
public protocol ArchiveSource: Sendable {
  /// The tensor of that full name; nil if there is none.
  func tensor(_ name: String) throws(ArchiveError) -> ArchivedTensor?
  /// The texts of that full name; nil if there are none.
  func texts(_ name: String) -> [String]?
  /// Whether any part stands below that scope.
  func hasScope(_ prefix: String) -> Bool
}

/// Reads the parts that an ``ArchiveWriter`` wrote, and checks each against what its place demands:
/// nothing from a file is taken on trust.
public struct ArchiveReader: Sendable {
  private let source: any ArchiveSource
  private let prefix: String

  /// All parts of a source.
  public init(_ source: any ArchiveSource) {
    self.source = source
    prefix = ""
  }

  private init(_ source: any ArchiveSource, prefix: String) {
    self.source = source
    self.prefix = prefix
  }

  /// The parts below a scope.
  public func scoped(_ name: String) -> ArchiveReader {
    ArchiveReader(source, prefix: prefix + name + "/")
  }

  /// Whether anything stands below a scope.
  public func hasScope(_ name: String) -> Bool { source.hasScope(prefix + name + "/") }

  /// An error about a part.
  public func error(
    _ code: ArchiveError.Code, _ name: String, found: String = "", expected: String = ""
  ) -> ArchiveError {
    ArchiveError(code, at: prefix + name, found: found, expected: expected)
  }

  /// A matrix of finite numbers.
  ///
  /// - Parameters:
  ///   - rows: rows that it must have; nil: any number.
  ///   - columns: likewise.
  ///   - allowsMissing: whether NaN may stand in it.
  /// - Throws: ``ArchiveError`` `.missingPart`, `.wrongShape`, `.badValue`, or what the source says.
  public func matrix(
    _ name: String, rows: Int? = nil, columns: Int? = nil, allowsMissing: Bool = false
  ) throws(ArchiveError) -> Matrix {
    let tensor = try tensor(name)
    guard tensor.shape.count == 2, rows ?? tensor.shape[0] == tensor.shape[0],
      columns ?? tensor.shape[1] == tensor.shape[1]
    else {
      throw error(
        .wrongShape, name, found: "\(tensor.shape)",
        expected: "[\(rows.map(String.init) ?? "rows"), \(columns.map(String.init) ?? "columns")]")
    }
    try check(tensor, name, allowsMissing: allowsMissing)
    return Matrix(rows: tensor.shape[0], columns: tensor.shape[1], values: tensor.values)
  }

  /// A vector of finite numbers, of `count` entries unless nil.
  ///
  /// - Throws: as ``matrix(_:rows:columns:allowsMissing:)``.
  public func vector(_ name: String, count: Int? = nil) throws(ArchiveError) -> [Double] {
    let tensor = try tensor(name)
    guard tensor.shape.count == 1, count ?? tensor.shape[0] == tensor.shape[0] else {
      throw error(
        .wrongShape, name, found: "\(tensor.shape)",
        expected: "[\(count.map(String.init) ?? "count")]")
    }
    try check(tensor, name, allowsMissing: false)
    return tensor.values
  }

  /// One finite number.
  ///
  /// - Throws: as ``matrix(_:rows:columns:allowsMissing:)``.
  public func number(_ name: String) throws(ArchiveError) -> Double {
    try vector(name, count: 1)[0]
  }

  /// Whole numbers within a range.
  ///
  /// - Throws: as ``matrix(_:rows:columns:allowsMissing:)``.
  public func integers(
    _ name: String, count: Int? = nil, in range: Range<Int>
  ) throws(ArchiveError) -> [Int] {
    var result = [Int]()
    for value in try vector(name, count: count) {
      guard let integer = Int(exactly: value), range.contains(integer) else {
        throw error(
          .badValue, name, found: "\(value)",
          expected: "whole numbers from \(range.lowerBound) to below \(range.upperBound)")
      }
      result.append(integer)
    }
    return result
  }

  /// Whole numbers within a range, each larger than the one before.
  ///
  /// - Throws: as ``matrix(_:rows:columns:allowsMissing:)``.
  public func ascendingIntegers(
    _ name: String, count: Int? = nil, in range: Range<Int>
  ) throws(ArchiveError) -> [Int] {
    let result = try integers(name, count: count, in: range)
    guard zip(result, result.dropFirst()).allSatisfy({ $0 < $1 }) else {
      throw error(.badValue, name, expected: "ascending whole numbers")
    }
    return result
  }

  /// One whole number within a range.
  ///
  /// - Throws: as ``matrix(_:rows:columns:allowsMissing:)``.
  public func integer(_ name: String, in range: Range<Int>) throws(ArchiveError) -> Int {
    try integers(name, count: 1, in: range)[0]
  }

  /// Texts, as many as `count` unless nil.
  ///
  /// - Throws: ``ArchiveError`` `.missingPart` or `.wrongShape`.
  public func texts(_ name: String, count: Int? = nil) throws(ArchiveError) -> [String] {
    guard let texts = source.texts(prefix + name) else { throw error(.missingPart, name) }
    guard count ?? texts.count == texts.count else {
      throw error(
        .wrongShape, name, found: "\(texts.count) texts",
        expected: "\(count.map(String.init) ?? "some")")
    }
    return texts
  }

  /// Whether a text of that name is there.
  public func hasTexts(_ name: String) -> Bool { source.texts(prefix + name) != nil }

  private func tensor(_ name: String) throws(ArchiveError) -> ArchivedTensor {
    guard let tensor = try source.tensor(prefix + name) else { throw error(.missingPart, name) }
    return tensor
  }

  private func check(
    _ tensor: ArchivedTensor, _ name: String, allowsMissing: Bool
  ) throws(ArchiveError) {
    let isSound = tensor.values.allSatisfy { $0.isFinite || (allowsMissing && $0.isNaN) }
    if !isSound { throw error(.badValue, name, expected: "finite numbers") }
  }
}
