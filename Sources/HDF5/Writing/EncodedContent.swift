/// Values as bytes, with the messages of their type and shape.
struct EncodedContent {
  let type: [UInt8]
  let space: [UInt8]
  let bytes: [UInt8]

  init(_ content: HDF5Content, _ texts: TextReferences) {
    var writer = ByteWriter()
    switch content {
    case .numbers(let values, let shape):
      for value in values { writer.append(value.bitPattern) }
      (type, space) = (Self.double, Self.array(shape))
    case .integers(let values):
      for value in values { writer.append(Int64(value)) }
      (type, space) = (Self.integer(8, isSigned: true), Self.array([values.count]))
    case .positions(let values):
      for value in values { writer.append(value) }
      (type, space) = (Self.integer(4, isSigned: false), Self.array([values.count]))
    case .codes(let values):
      for value in values { writer.append(value) }
      (type, space) = (Self.integer(4, isSigned: true), Self.array([values.count]))
    case .booleans(let values):
      for value in values { writer.append(UInt8(value ? 1 : 0)) }
      (type, space) = (Self.boolean, Self.array([values.count]))
    case .texts(let values):
      for value in values { writer.append(texts.reference(value)) }
      (type, space) = (Self.text, Self.array([values.count]))
    case .text(let value):
      writer.append(texts.reference(value))
      (type, space) = (Self.text, Self.scalar)
    case .integer(let value):
      writer.append(Int64(value))
      (type, space) = (Self.integer(8, isSigned: true), Self.scalar)
    case .boolean(let value):
      writer.append(UInt8(value ? 1 : 0))
      (type, space) = (Self.boolean, Self.scalar)
    }
    bytes = writer.bytes
  }

  /// Dataspace, version 2: one value.
  private static let scalar: [UInt8] = [2, 0, 0, 0]

  /// Dataspace, version 2: an array.
  private static func array(_ shape: [Int]) -> [UInt8] {
    var writer = ByteWriter([2, UInt8(shape.count), 0, 1])
    for length in shape { writer.append(UInt64(length)) }
    return writer.bytes
  }

  /// IEEE 754 of 64 bits, little-endian: sign at bit 63, exponent of 11 bits from bit 52, bias 1023.
  private static let double: [UInt8] = [
    0x11, 0x20, 0x3f, 0, 8, 0, 0, 0, 0, 0, 64, 0, 52, 11, 0, 52, 0xff, 0x03, 0, 0,
  ]

  private static func integer(_ size: UInt8, isSigned: Bool) -> [UInt8] {
    [0x10, isSigned ? 8 : 0, 0, 0, size, 0, 0, 0, 0, 0, 8 * size, 0]
  }

  /// An enumeration (version 3) over integers of 8 bits.
  private static let boolean: [UInt8] =
    [0x38, 2, 0, 0, 1, 0, 0, 0] + integer(1, isSigned: true) + Array("FALSE\0TRUE\0".utf8)
    + [0, 1]

  /// A text of variable length in UTF-8.
  private static let text: [UInt8] =
    [0x19, 1, 1, 0, 16, 0, 0, 0] + integer(1, isSigned: false)
}
