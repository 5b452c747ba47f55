/// The header of an NPY array: element type, order and shape.
///
/// `\x93NUMPY`, two version bytes, the length of the header (two bytes in version 1, four in 2 and 3),
/// then a Python dictionary of three keys:
/// `{'descr': '<f8', 'fortran_order': False, 'shape': (3, 4), }`. It is parsed, never evaluated. Source:
/// NumPy enhancement proposal 1 and `numpy.lib.format`.
struct NPYHeader: Equatable {
  /// Element type in NumPy's letters: byte order, kind, size, such as `<f8`.
  let type: String
  /// Whether the first axis varies fastest.
  let isFortranOrder: Bool
  /// Length of each axis.
  let shape: [Int]
  /// Offset of the first element.
  let dataOffset: Int

  /// Whether bytes begin as an NPY file does.
  static func isNPY(_ head: [UInt8]) -> Bool {
    head.starts(with: [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59])
  }

  /// Parses the header.
  ///
  /// - Throws: `malformedTable`.
  init(_ bytes: [UInt8], file: String) throws(CohortError) {
    func fault(_ found: String) -> CohortError {
      CohortError(
        .malformedTable, file: file, found: found, expected: "an array written by numpy.save",
        remedy: "write the array again with numpy.save, or the table as CSV")
    }
    guard Self.isNPY(bytes), bytes.count >= 12 else { throw fault("no header of an NPY file") }
    guard (1...3).contains(bytes[6]) else { throw fault("NPY version \(bytes[6]).\(bytes[7])") }
    let sizeLength = bytes[6] == 1 ? 2 : 4
    let length = bytes[8..<8 + sizeLength].reversed().reduce(0) { $0 << 8 | Int($1) }
    let start = 8 + sizeLength
    guard length <= bytes.count - start, length <= 1 << 20 else {
      throw fault("a header that ends early")
    }
    dataOffset = start + length
    guard let text = String(validating: bytes[start..<dataOffset], as: UTF8.self),
      let parsed = PythonDictionary(text)
    else { throw fault("a header that is no Python dictionary") }
    guard let type = parsed.texts["descr"] else {
      throw fault(
        parsed.hasOther ? "records in place of numbers (a structured type)" : "no element type")
    }
    guard let order = parsed.truths["fortran_order"], let shape = parsed.tuples["shape"] else {
      throw fault("a header without order or shape")
    }
    (self.type, isFortranOrder, self.shape) = (type, order, shape)
  }

  /// Number of elements; nil where it is beyond any file.
  var count: Int? {
    var count = 1
    for length in shape {
      let (product, overflows) = count.multipliedReportingOverflow(by: length)
      guard !overflows, product >= 0 else { return nil }
      count = product
    }
    return count
  }
}

/// The few forms of a Python dictionary literal that NPY headers have.
private struct PythonDictionary {
  private(set) var texts = [String: String]()
  private(set) var truths = [String: Bool]()
  private(set) var tuples = [String: [Int]]()
  /// Whether a value of another form was met.
  private(set) var hasOther = false

  /// Parses `{'key': value, …}`; nil where the text is something else.
  init?(_ text: String) {
    var rest = Substring(text)
    func skipBlanks() { rest = rest.drop(while: \.isWhitespace) }
    func take(_ character: Character) -> Bool {
      skipBlanks()
      guard rest.first == character else { return false }
      rest.removeFirst()
      return true
    }
    func takeText() -> String? {
      skipBlanks()
      guard let quote = rest.first, quote == "'" || quote == "\"" else { return nil }
      rest.removeFirst()
      guard let end = rest.firstIndex(of: quote) else { return nil }
      defer { rest = rest[rest.index(after: end)...] }
      return String(rest[..<end])
    }
    guard take("{") else { return nil }
    while !take("}") {
      guard let key = takeText(), take(":") else { return nil }
      skipBlanks()
      if let text = takeText() {
        texts[key] = text
      } else if rest.hasPrefix("True") || rest.hasPrefix("False") {
        truths[key] = rest.hasPrefix("True")
        rest = rest.drop(while: \.isLetter)
      } else if take("(") {
        var numbers = [Int]()
        while !take(")") {
          skipBlanks()
          let digits = rest.prefix(while: { $0.isASCII && $0.isNumber })
          guard let number = Int(digits) else { return nil }
          numbers.append(number)
          rest = rest.dropFirst(digits.count)
          // Python 2 wrote long integers with an L.
          _ = take("L")
          guard take(",") || rest.drop(while: \.isWhitespace).first == ")" else { return nil }
        }
        tuples[key] = numbers
      } else {
        hasOther = true
        return
      }
      guard take(",") || rest.drop(while: \.isWhitespace).first == "}" else { return nil }
    }
  }
}
