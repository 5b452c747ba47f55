/// Texts of variable length, by collection and index.
struct GlobalHeap {
  private let image: HDF5Image
  private let path: String
  /// Places of the texts of each collection that was read.
  private var collections = [Int: [Int: Range<Int>]]()
  /// Bytes of texts that may still be handed out: many values of a hostile file may refer to one long
  /// text.
  private var allowance: Int

  init(_ image: HDF5Image, path: String) {
    self.image = image
    self.path = path
    allowance = image.limits.most(stored: image.byteCount)
  }

  /// Bytes of one text.
  ///
  /// - Throws: `damaged`, `tooLarge`.
  mutating func bytes(
    collection address: Int, index: Int, count: Int
  ) throws(HDF5Error) -> ArraySlice<UInt8> {
    if collections[address] == nil { collections[address] = try collection(at: address) }
    guard let range = collections[address]?[index], count <= range.count else {
      throw HDF5Error(.damaged, path: path, found: "a text that is not there")
    }
    guard count <= allowance else {
      throw HDF5Error(.tooLarge, path: path, found: "texts of more than the file can hold")
    }
    allowance -= count
    return image.bytes[range.prefix(count)]
  }

  private func collection(at address: Int) throws(HDF5Error) -> [Int: Range<Int>] {
    var head = try HDF5Cursor(image, path: path, at: address)
    let start = head.position
    try head.expect("GCOL")
    try head.skip(4)
    let size = try head.length()
    let range = try image.range(at: address, count: size, path: path)
    guard head.position <= range.upperBound else { throw head.damage("texts without a place") }
    var cursor = HDF5Cursor(
      image, path: path, range: start + 8 + image.lengthWidth..<range.upperBound)
    var objects = [Int: Range<Int>]()
    let head8 = 8 + image.lengthWidth
    while cursor.remaining >= head8 {
      let index = try cursor.count(2)
      try cursor.skip(6)
      let count = try cursor.length()
      // Index 0 is the space that is left.
      if index == 0 { break }
      objects[index] = try cursor.take(count)
      try cursor.skip(min(cursor.remaining, (8 - count % 8) % 8))
    }
    return objects
  }
}
