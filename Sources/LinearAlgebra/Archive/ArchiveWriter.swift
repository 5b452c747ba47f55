/// Collects the parts of something fitted as named tensors and texts, for a file.
///
/// Names are paths: what is written within ``scoped(_:_:)`` stands below that scope. Tensors that are
/// equal to the bit are kept once; later ones become aliases of the first.
public struct ArchiveWriter: Sendable {
  /// Tensors in the order of writing.
  public private(set) var tensors: [ArchivedTensor] = []
  /// Names that stand for an earlier tensor of the same content.
  public private(set) var aliases: [String: String] = [:]
  /// Lists of texts by name.
  public private(set) var texts: [String: [String]] = [:]

  private var prefix = ""
  private var known: [Content: String] = [:]

  /// An empty archive.
  public init() {}

  /// Bytes of all tensors.
  public var byteCount: Int {
    tensors.reduce(0) { $0 + $1.values.count * LittleEndianDoubles.width }
  }

  /// Writes what belongs to one part under its name.
  public mutating func scoped(
    _ name: String, _ write: (inout ArchiveWriter) throws -> Void
  ) rethrows {
    let outer = prefix
    prefix += name + "/"
    defer { prefix = outer }
    try write(&self)
  }

  /// Adds a matrix.
  public mutating func write(_ name: String, _ matrix: Matrix) {
    add(name, shape: [matrix.rowCount, matrix.columnCount], values: matrix.values)
  }

  /// Adds a vector.
  public mutating func write(_ name: String, _ vector: [Double]) {
    add(name, shape: [vector.count], values: vector)
  }

  /// Adds whole numbers, each exact as a double.
  public mutating func write(_ name: String, integers: [Int]) {
    precondition(
      integers.allSatisfy { abs($0) < 1 << 53 }, "whole numbers must be exact as doubles")
    write(name, integers.map(Double.init))
  }

  /// Adds one number.
  public mutating func write(_ name: String, _ number: Double) { write(name, [number]) }

  /// Adds texts.
  public mutating func write(_ name: String, texts: [String]) {
    let name = prefix + name
    precondition(self.texts.updateValue(texts, forKey: name) == nil, "\(name) is there already")
  }

  private mutating func add(_ name: String, shape: [Int], values: [Double]) {
    let name = prefix + name
    let content = Content(shape: shape, values: values)
    if let first = known[content] {
      aliases[name] = first
      return
    }
    known[content] = name
    tensors.append(ArchivedTensor(name: name, shape: shape, values: values))
  }

  /// Shape and bits: −0 differs from 0, and NaN equals itself.
  private struct Content: Hashable {
    let shape: [Int]
    let values: [Double]

    static func == (a: Content, b: Content) -> Bool {
      a.shape == b.shape && zip(a.values, b.values).allSatisfy { $0.bitPattern == $1.bitPattern }
    }

    func hash(into hasher: inout Hasher) {
      hasher.combine(shape)
      values.withUnsafeBytes { hasher.combine(bytes: $0) }
    }
  }
}
