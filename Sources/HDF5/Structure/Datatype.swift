/// How one value is stored.
struct Datatype: Equatable, Sendable {
  /// What a value is.
  enum Content: Equatable, Sendable {
    case integer(isSigned: Bool)
    /// IEEE 754 in 2, 4 or 8 bytes.
    case float
    /// An enumeration with the names FALSE (0) and TRUE (1), as h5py writes booleans.
    case boolean
    /// A text of one length, padded by spaces or by zeros; it ends at the first zero.
    case fixedText(isSpacePadded: Bool)
    /// A text of variable length: its length and place in the global heap.
    case variableText
    /// Anything else, in words.
    case other(String)
  }

  let content: Content
  /// Bytes of a value in the file.
  let size: Int
  let isBigEndian: Bool

  /// Reads a datatype message.
  ///
  /// - Throws: `damaged`.
  init(_ message: HDF5Cursor) throws(HDF5Error) {
    var cursor = message
    let head = try cursor.byte()
    let (version, kind) = (head >> 4, head & 15)
    let flags = try cursor.count(3)
    size = try cursor.count(4)
    guard size > 0 else { throw cursor.damage("values without a size") }
    guard (1...5).contains(version) else { throw cursor.damage("an unknown kind of type") }
    isBigEndian = flags & 1 != 0 && kind <= 1
    switch kind {
    case 0: content = try Self.integer(&cursor, size, flags)
    case 1: content = try Self.float(&cursor, size, flags)
    case 3: content = .fixedText(isSpacePadded: flags & 15 == 2)
    case 8: content = try Self.enumeration(&cursor, size, flags, version)
    case 9:
      content = flags & 15 == 1 ? .variableText : .other("lists of variable length")
      guard size == 8 + cursor.image.offsetWidth else { throw cursor.damage("texts of no size") }
    case 6: content = .other("records")
    case 7: content = .other("references")
    case 10: content = .other("arrays")
    default: content = .other("values of an unknown type")
    }
  }

  private static func integer(
    _ cursor: inout HDF5Cursor, _ size: Int, _ flags: Int
  ) throws(HDF5Error) -> Content {
    let offset = try cursor.count(2)
    let precision = try cursor.count(2)
    guard [1, 2, 4, 8].contains(size), offset == 0, precision == 8 * size else {
      return .other("integers of \(precision) bits")
    }
    return .integer(isSigned: flags & 8 != 0)
  }

  private static func float(
    _ cursor: inout HDF5Cursor, _ size: Int, _ flags: Int
  ) throws(HDF5Error) -> Content {
    let offset = try cursor.count(2)
    let precision = try cursor.count(2)
    let exponent = (try cursor.byte(), try cursor.byte())
    let fraction = (try cursor.byte(), try cursor.byte())
    let bias = try cursor.count(4)
    let layouts: [Int: ((Int, Int), (Int, Int), Int)] = [
      2: ((10, 5), (0, 10), 15), 4: ((23, 8), (0, 23), 127), 8: ((52, 11), (0, 52), 1023),
    ]
    guard let layout = layouts[size], offset == 0, precision == 8 * size, layout.0 == exponent,
      layout.1 == fraction, layout.2 == bias, flags & 0x40 == 0
    else { return .other("numbers that are not IEEE 754 of 16, 32 or 64 bits") }
    return .float
  }

  private static func enumeration(
    _ cursor: inout HDF5Cursor, _ size: Int, _ flags: Int, _ version: Int
  ) throws(HDF5Error) -> Content {
    // The base type is an integer: head of 8 bytes, properties of 4.
    let other = Content.other("an enumeration")
    guard size == 1, flags & 0xffff == 2, try cursor.byte() & 15 == 0 else { return other }
    try cursor.skip(11)
    var names = [String]()
    for _ in 0..<2 {
      var letters = [UInt8]()
      while true {
        let byte = UInt8(truncatingIfNeeded: try cursor.byte())
        if byte == 0 { break }
        letters.append(byte)
        guard letters.count < 64 else { return other }
      }
      // Before version 3 names are padded to a multiple of eight bytes.
      if version < 3 { try cursor.skip((8 - (letters.count + 1) % 8) % 8) }
      names.append(String(decoding: letters, as: UTF8.self))
    }
    let values = [try cursor.byte(), try cursor.byte()]
    return names == ["FALSE", "TRUE"] && values == [0, 1] ? .boolean : other
  }
}
