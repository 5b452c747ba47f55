/// Appends little-endian numbers.
struct ByteWriter {
  private(set) var bytes: [UInt8]

  init(_ bytes: [UInt8] = []) { self.bytes = bytes }

  mutating func append(_ more: [UInt8]) { bytes += more }

  mutating func append(_ value: some FixedWidthInteger) {
    withUnsafeBytes(of: value.littleEndian) { bytes += $0 }
  }

  mutating func pad(toMultipleOf step: Int) {
    while bytes.count % step != 0 { bytes.append(0) }
  }
}

/// Bob Jenkins' hash `lookup3` (2006, public domain), the checksum of HDF5's newer structures.
enum Lookup3 {
  /// The hash of some bytes with the initial value 0.
  static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var a = 0xdead_beef &+ UInt32(truncatingIfNeeded: bytes.count)
    var b = a
    var c = a
    func word(_ position: Int) -> UInt32 {
      var value: UInt32 = 0
      for offset in 0..<4 where position + offset < bytes.count {
        value |= UInt32(bytes[position + offset]) << UInt32(8 * offset)
      }
      return value
    }
    func rotated(_ value: UInt32, _ count: UInt32) -> UInt32 {
      value << count | value >> (32 - count)
    }
    var position = 0
    while bytes.count - position > 12 {
      a &+= word(position)
      b &+= word(position + 4)
      c &+= word(position + 8)
      a = (a &- c) ^ rotated(c, 4)
      c &+= b
      b = (b &- a) ^ rotated(a, 6)
      a &+= c
      c = (c &- b) ^ rotated(b, 8)
      b &+= a
      a = (a &- c) ^ rotated(c, 16)
      c &+= b
      b = (b &- a) ^ rotated(a, 19)
      a &+= c
      c = (c &- b) ^ rotated(b, 4)
      b &+= a
      position += 12
    }
    guard position < bytes.count else { return c }
    a &+= word(position)
    b &+= word(position + 4)
    c &+= word(position + 8)
    c = (c ^ b) &- rotated(b, 14)
    a = (a ^ c) &- rotated(c, 11)
    b = (b ^ a) &- rotated(a, 25)
    c = (c ^ b) &- rotated(b, 16)
    a = (a ^ c) &- rotated(c, 4)
    b = (b ^ a) &- rotated(a, 14)
    c = (c ^ b) &- rotated(b, 24)
    return c
  }
}
