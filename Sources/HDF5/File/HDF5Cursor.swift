/// Reads numbers one after another from a part of a file; never beyond the part's end.
struct HDF5Cursor {
  let image: HDF5Image
  /// Path of the object that the part belongs to, for messages.
  let path: String
  /// Position of the next byte in the file.
  private(set) var position: Int
  /// Position after the last byte of the part.
  let end: Int

  init(_ image: HDF5Image, path: String, at address: Int, count: Int) throws(HDF5Error) {
    let range = try image.range(at: address, count: count, path: path)
    self.init(image, path: path, range: range)
  }

  /// The part from an address to the end of the file.
  init(_ image: HDF5Image, path: String, at address: Int) throws(HDF5Error) {
    let range = try image.range(at: address, count: 0, path: path)
    self.init(image, path: path, range: range.lowerBound..<image.bytes.count)
  }

  /// A part that lies within the file.
  init(_ image: HDF5Image, path: String, range: Range<Int>) {
    self.image = image
    self.path = path
    position = range.lowerBound
    end = range.upperBound
  }

  /// Bytes that are left.
  var remaining: Int { end - position }

  func damage(_ found: String) -> HDF5Error { HDF5Error(.damaged, path: path, found: found) }

  /// The next `count` bytes as a range of the file.
  mutating func take(_ count: Int) throws(HDF5Error) -> Range<Int> {
    guard count >= 0, count <= remaining else { throw damage("a part that ends early") }
    defer { position += count }
    return position..<position + count
  }

  mutating func skip(_ count: Int) throws(HDF5Error) { _ = try take(count) }

  /// An unsigned little-endian number of 1 to 8 bytes.
  mutating func unsigned(_ width: Int) throws(HDF5Error) -> UInt64 {
    let range = try take(width)
    var value: UInt64 = 0
    for position in range.reversed() { value = value << 8 | UInt64(image.bytes[position]) }
    return value
  }

  /// The same as a count.
  mutating func count(_ width: Int) throws(HDF5Error) -> Int {
    guard let value = Int(exactly: try unsigned(width)) else { throw damage("a count beyond 2^63") }
    return value
  }

  mutating func byte() throws(HDF5Error) -> Int { Int(try unsigned(1)) }

  /// A length in the file's width.
  mutating func length() throws(HDF5Error) -> Int { try count(image.lengthWidth) }

  /// An address in the file's width, nil if it is undefined (all bits set).
  mutating func address() throws(HDF5Error) -> Int? {
    let width = image.offsetWidth
    let value = try unsigned(width)
    if value == UInt64.max >> UInt64(64 - 8 * width) { return nil }
    guard let address = Int(exactly: value) else { throw damage("an address beyond 2^63") }
    return address
  }

  /// Four letters that mark a structure.
  mutating func expect(_ signature: StaticString) throws(HDF5Error) {
    let range = try take(4)
    let matches = image.bytes[range].elementsEqual(
      UnsafeBufferPointer(start: signature.utf8Start, count: signature.utf8CodeUnitCount))
    guard matches else { throw damage("no structure \(signature) where one is referred to") }
  }

  /// A text that ends with a zero byte within `count` bytes, or fills them.
  mutating func text(_ count: Int) throws(HDF5Error) -> String {
    let bytes = image.bytes[try take(count)]
    let content = bytes.prefix { $0 != 0 }
    guard let text = String(validating: content, as: UTF8.self) else {
      throw HDF5Error(.notText, path: path, found: "a name that is not UTF-8")
    }
    return text
  }
}
