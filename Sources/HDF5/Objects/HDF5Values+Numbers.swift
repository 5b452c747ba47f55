extension HDF5Values {
  /// All values as doubles, whatever type of integer or float they are stored in; booleans are
  /// 0 and 1.
  ///
  /// - Throws: `unexpectedKind` if they are no numbers, `damaged`.
  package func numbers() throws(HDF5Error) -> [Double] {
    let bytes = try bytes()
    switch (type.content, type.size) {
    case (.float, 8): return elements(bytes, UInt64.self) { Double(bitPattern: $0) }
    case (.float, 4): return elements(bytes, UInt32.self) { Double(Float(bitPattern: $0)) }
    case (.float, _): return elements(bytes, UInt16.self, Self.half)
    case (.integer(true), 1): return elements(bytes, UInt8.self) { Double(Int8(bitPattern: $0)) }
    case (.integer(true), 2): return elements(bytes, UInt16.self) { Double(Int16(bitPattern: $0)) }
    case (.integer(true), 4): return elements(bytes, UInt32.self) { Double(Int32(bitPattern: $0)) }
    case (.integer(true), _): return elements(bytes, UInt64.self) { Double(Int64(bitPattern: $0)) }
    case (.integer(false), 1): return elements(bytes, UInt8.self) { Double($0) }
    case (.integer(false), 2): return elements(bytes, UInt16.self) { Double($0) }
    case (.integer(false), 4): return elements(bytes, UInt32.self) { Double($0) }
    case (.integer(false), _): return elements(bytes, UInt64.self) { Double($0) }
    case (.boolean, _): return bytes.map { $0 == 0 ? 0 : 1 }
    case (.fixedText, _), (.variableText, _), (.other, _): throw mismatch("numbers")
    }
  }

  /// All values as integers.
  ///
  /// - Throws: `unexpectedKind` if they are no integers or one is beyond 2^63, `damaged`.
  package func integers() throws(HDF5Error) -> [Int] {
    let bytes = try bytes()
    switch (type.content, type.size) {
    case (.integer(true), 1): return elements(bytes, UInt8.self) { Int(Int8(bitPattern: $0)) }
    case (.integer(true), 2): return elements(bytes, UInt16.self) { Int(Int16(bitPattern: $0)) }
    case (.integer(true), 4): return elements(bytes, UInt32.self) { Int(Int32(bitPattern: $0)) }
    case (.integer(true), _): return elements(bytes, UInt64.self) { Int(Int64(bitPattern: $0)) }
    case (.integer(false), 1): return elements(bytes, UInt8.self) { Int($0) }
    case (.integer(false), 2): return elements(bytes, UInt16.self) { Int($0) }
    case (.integer(false), 4): return elements(bytes, UInt32.self) { Int($0) }
    case (.integer(false), _):
      let numbers = elements(bytes, UInt64.self) { $0 }
      guard numbers.allSatisfy({ $0 <= Int.max }) else { throw mismatch("integers below 2^63") }
      return numbers.map { Int($0) }
    default: throw mismatch("integers")
    }
  }

  /// All values as booleans.
  ///
  /// - Throws: `unexpectedKind` if they are neither booleans nor integers 0 and 1, `damaged`.
  package func booleans() throws(HDF5Error) -> [Bool] {
    switch kind {
    case .boolean: return try bytes().map { $0 != 0 }
    case .integer:
      let numbers = try integers()
      guard numbers.allSatisfy({ $0 == 0 || $0 == 1 }) else { throw mismatch("booleans") }
      return numbers.map { $0 == 1 }
    case .float, .text, .other: throw mismatch("booleans")
    }
  }

  func mismatch(_ expected: String) -> HDF5Error {
    HDF5Error(.unexpectedKind, path: path, found: kindInWords, expected: expected)
  }

  private func elements<Word: FixedWidthInteger & BitwiseCopyable, Element>(
    _ bytes: ArraySlice<UInt8>, _: Word.Type, _ convert: (Word) -> Element
  ) -> [Element] {
    let isBigEndian = type.isBigEndian
    return bytes.withUnsafeBytes { source in
      [Element](unsafeUninitializedCapacity: count) { target, filled in
        for index in 0..<count {
          let word = source.loadUnaligned(
            fromByteOffset: index * MemoryLayout<Word>.size, as: Word.self)
          target.initializeElement(
            at: index, to: convert(isBigEndian ? Word(bigEndian: word) : Word(littleEndian: word)))
        }
        filled = count
      }
    }
  }

  /// The value of an IEEE 754 number of 16 bits, which Swift has not on every platform.
  private static func half(_ bits: UInt16) -> Double {
    let sign: Double = bits >> 15 == 0 ? 1 : -1
    let exponent = Int(bits >> 10 & 31)
    let fraction = Double(bits & 1023) / 1024
    switch exponent {
    case 0: return sign * fraction * 0x1p-14
    case 31: return fraction == 0 ? sign * .infinity : .nan
    default:
      return sign * (1 + fraction) * Double(sign: .plus, exponent: exponent - 15, significand: 1)
    }
  }
}
