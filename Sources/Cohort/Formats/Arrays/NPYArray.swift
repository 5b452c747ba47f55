import LinearAlgebra

/// An array of NumPy: numbers of one or two axes, or a list of texts.
struct NPYArray {
  /// File (and member), for messages.
  let file: String
  let header: NPYHeader
  private let bytes: [UInt8]
  /// `<`, `>` or `|`, kind and size of an element.
  private let isBigEndian: Bool
  private let kind: Character
  private let size: Int

  /// Takes an NPY file apart; elements are decoded on demand.
  ///
  /// - Throws: `malformedTable` for a damaged header, content of another size than the header says,
  ///   and Python objects (pickles), which are never executed.
  init(_ bytes: [UInt8], file: String) throws(CohortError) {
    header = try NPYHeader(bytes, file: file)
    self.file = file
    self.bytes = bytes
    var type = Substring(header.type)
    isBigEndian = type.first == ">"
    if let first = type.first, "<>|=".contains(first) { type.removeFirst() }
    kind = type.first ?? "?"
    guard kind != "O" else {
      throw CohortError(
        .malformedTable, file: file, found: "Python objects (a pickle), which are never executed",
        expected: "numbers, and names as texts of fixed width",
        remedy: "save numbers as X.astype(float) and names as np.array(names, dtype=str)")
    }
    guard let width = Int(type.dropFirst()), width > 0, width <= 1 << 24 else {
      throw Self.unsuited(header.type, file)
    }
    size = kind == "U" ? 4 * width : width
    guard let count = header.count, count <= bytes.count,
      count * size == bytes.count - header.dataOffset
    else {
      throw CohortError(
        .malformedTable, file: file,
        found: "\(bytes.count - header.dataOffset) bytes of elements",
        expected: "an array of shape (\(header.shape.map(String.init).joined(separator: ", "))) of "
          + "\(header.type)", remedy: "copy the file again: it seems to end early")
    }
  }

  private static func unsuited(_ type: String, _ file: String) -> CohortError {
    CohortError(
      .malformedTable, file: file, found: "elements of type \(CohortError.quoting(type))",
      expected: "whole or decimal numbers (b1, i1 to i8, u1 to u8, f2, f4, f8)",
      remedy: "save the array as X.astype(float)")
  }

  /// Whether the elements are numbers.
  var isNumeric: Bool {
    switch kind {
    case "b": size == 1
    case "i", "u": [1, 2, 4, 8].contains(size)
    case "f": [2, 4, 8].contains(size)
    default: false
    }
  }

  /// Whether the elements are texts.
  var isText: Bool { kind == "U" || kind == "S" }

  // MARK: - Numbers

  /// The numbers of an array of two axes, rows × columns in C order.
  ///
  /// - Throws: `malformedTable` for another number of axes or another type, `infiniteValue`, and
  ///   `notANumber` for whole numbers that a double cannot hold.
  func matrix() throws(CohortError) -> Matrix {
    guard header.shape.count == 2 else {
      throw CohortError(
        .malformedTable, file: file,
        found: "an array of \(header.shape.count) ax\(header.shape.count == 1 ? "is" : "es")",
        expected: "two axes, samples and features",
        remedy: "save a table: X.reshape(len(samples), -1)")
    }
    guard isNumeric else { throw Self.unsuited(header.type, file) }
    let (rows, columns) = (header.shape[0], header.shape[1])
    var values = [Double]()
    values.reserveCapacity(rows * columns)
    for row in 0..<rows {
      for column in 0..<columns {
        let index = header.isFortranOrder ? column * rows + row : row * columns + column
        guard let value = number(index) else {
          throw CohortError(
            .notANumber, file: file,
            found: "a whole number beyond 2^53 in row \(row + 1), column "
              + "\(column + 1)", expected: "numbers that a double can hold")
        }
        guard !value.isInfinite else {
          throw CohortError(
            .infiniteValue, file: file,
            found: "an infinite number in row \(row + 1), column \(column + 1)")
        }
        values.append(value)
      }
    }
    return Matrix(rows: rows, columns: columns, values: values)
  }

  /// The bits of an element of at most eight bytes.
  private func bits(_ index: Int) -> UInt64 {
    let start = header.dataOffset + index * size
    return bytes.withUnsafeBytes { raw in
      switch size {
      case 8:
        let word = raw.loadUnaligned(fromByteOffset: start, as: UInt64.self)
        return isBigEndian ? UInt64(bigEndian: word) : UInt64(littleEndian: word)
      case 4:
        let word = raw.loadUnaligned(fromByteOffset: start, as: UInt32.self)
        return UInt64(isBigEndian ? UInt32(bigEndian: word) : UInt32(littleEndian: word))
      case 2:
        let word = raw.loadUnaligned(fromByteOffset: start, as: UInt16.self)
        return UInt64(isBigEndian ? UInt16(bigEndian: word) : UInt16(littleEndian: word))
      default: return UInt64(raw[start])
      }
    }
  }

  private func number(_ index: Int) -> Double? {
    let bits = bits(index)
    switch (kind, size) {
    case ("b", _): return bits == 0 ? 0 : 1
    case ("u", _): return Double(exactly: bits)
    case ("i", 1): return Double(Int8(truncatingIfNeeded: bits))
    case ("i", 2): return Double(Int16(truncatingIfNeeded: bits))
    case ("i", 4): return Double(Int32(truncatingIfNeeded: bits))
    case ("i", _): return Double(exactly: Int64(bitPattern: bits))
    case ("f", 8): return Double(bitPattern: bits)
    case ("f", 4): return Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits)))
    default: return Self.half(UInt16(truncatingIfNeeded: bits))
    }
  }

  /// A number of half precision (IEEE 754 binary16): sign, 5 bits of exponent, 10 of fraction.
  private static func half(_ bits: UInt16) -> Double {
    let sign: Double = bits >> 15 == 1 ? -1 : 1
    let exponent = Int(bits >> 10 & 31)
    let fraction = Double(bits & 1023) / 1024
    switch exponent {
    case 0: return sign * fraction * 0x1p-14
    case 31: return fraction == 0 ? sign * .infinity : .nan
    default: return sign * Double(sign: .plus, exponent: exponent - 15, significand: 1 + fraction)
    }
  }

  // MARK: - Texts

  /// The texts or whole numbers of an array of one axis, as names; zeros at the end do not count.
  ///
  /// - Throws: `malformedTable` for another number of axes, other elements, or characters that are no
  ///   Unicode.
  func names() throws(CohortError) -> [String] {
    guard header.shape.count == 1, isText || isNumeric, let count = header.count else {
      throw CohortError(
        .malformedTable, file: file, found: "an array that cannot be names",
        expected: "one axis of texts", remedy: "save names as np.array(names, dtype=str)")
    }
    var names = [String]()
    for index in 0..<count {
      guard let name = isText ? text(index) : number(index).flatMap(Self.wholeName) else {
        throw CohortError(
          .malformedTable, file: file, found: "a name that is no text, the \(index + 1)th",
          expected: "texts", remedy: "save names as np.array(names, dtype=str)")
      }
      names.append(name)
    }
    return names
  }

  private static func wholeName(_ value: Double) -> String? { Int(exactly: value).map(String.init) }

  private func text(_ index: Int) -> String? {
    let start = header.dataOffset + index * size
    if kind == "S" {
      var end = start + size
      while end > start, bytes[end - 1] == 0 { end -= 1 }
      return String(validating: bytes[start..<end], as: UTF8.self)
    }
    var scalars = String.UnicodeScalarView()
    for position in stride(from: start, to: start + size, by: 4) {
      let four = bytes[position..<position + 4]
      let code = (isBigEndian ? Array(four) : four.reversed()).reduce(UInt32(0)) {
        $0 << 8 | UInt32($1)
      }
      guard let scalar = Unicode.Scalar(code) else { return nil }
      scalars.append(scalar)
    }
    while scalars.last == "\0" { scalars.removeLast() }
    return String(scalars)
  }
}
