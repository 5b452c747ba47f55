/// The messages that describe an object: type, shape, layout, links, attributes.
struct ObjectHeader: Sendable {
  /// Kinds of messages that are read.
  enum Kind: Int {
    case dataspace = 0x1
    case linkInfo = 0x2
    case datatype = 0x3
    case oldFillValue = 0x4
    case fillValue = 0x5
    case link = 0x6
    case externalFiles = 0x7
    case layout = 0x8
    case filters = 0xb
    case attribute = 0xc
    case continuation = 0x10
    case symbolTable = 0x11
    case attributeInfo = 0x15
  }

  /// One message: its kind, whether it only refers to a shared one, and its bytes.
  struct Message: Sendable {
    let kind: Kind
    let isShared: Bool
    let range: Range<Int>
  }

  let image: HDF5Image
  let path: String
  let messages: [Message]

  /// Reads the header at an address, version 1 or 2, with its continuation blocks.
  ///
  /// - Throws: `damaged`.
  init(_ image: HDF5Image, path: String, at address: Int) throws(HDF5Error) {
    self.image = image
    self.path = path
    var cursor = try HDF5Cursor(image, path: path, at: address)
    let isNew = cursor.remaining >= 4 && image.bytes[cursor.position] == UInt8(ascii: "O")
    var collection = MessageCollection(image: image, path: path)
    if isNew {
      try cursor.expect("OHDR")
      guard try cursor.byte() == 2 else { throw cursor.damage("an unknown object header") }
      let flags = try cursor.byte()
      if flags & 0x20 != 0 { try cursor.skip(16) }
      if flags & 0x10 != 0 { try cursor.skip(4) }
      let size = try cursor.count(1 << (flags & 3))
      collection.hasOrder = flags & 4 != 0
      collection.isNew = true
      try collection.add(cursor.take(size))
    } else {
      guard try cursor.byte() == 1 else { throw cursor.damage("an unknown object header") }
      try cursor.skip(7)
      let size = try cursor.count(4)
      try cursor.skip(4)
      try collection.add(cursor.take(size))
    }
    try collection.followContinuations()
    messages = collection.messages
  }

  /// A cursor over the first message of a kind, nil if there is none. A shared message is followed to
  /// the object that holds it (a named type).
  func first(_ kind: Kind) throws(HDF5Error) -> HDF5Cursor? {
    guard let message = messages.first(where: { $0.kind == kind }) else { return nil }
    let cursor = HDF5Cursor(image, path: path, range: message.range)
    return message.isShared ? try Self.followed(cursor, kind) : cursor
  }

  /// Cursors over all messages of a kind that are not shared.
  func all(_ kind: Kind) -> [HDF5Cursor] {
    messages.filter { $0.kind == kind && !$0.isShared }
      .map { HDF5Cursor(image, path: path, range: $0.range) }
  }

  /// The message that a shared one refers to, by the address of its object.
  static func followed(_ reference: HDF5Cursor, _ kind: Kind) throws(HDF5Error) -> HDF5Cursor {
    var cursor = reference
    let version = try cursor.byte()
    let type = try cursor.byte()
    if version == 1 { try cursor.skip(6) }
    guard version <= 3, version < 3 || type == 2, let address = try cursor.address() else {
      throw HDF5Error(
        .unsupported, path: cursor.path, found: "messages that are shared between objects")
    }
    let header = try ObjectHeader(cursor.image, path: cursor.path, at: address)
    // The object must hold the message itself, so that references cannot lead in a circle.
    guard let message = header.messages.first(where: { $0.kind == kind && !$0.isShared }) else {
      throw cursor.damage("a reference to a type that is not there")
    }
    return HDF5Cursor(cursor.image, path: cursor.path, range: message.range)
  }
}

/// Collects the messages of one header block after another.
private struct MessageCollection {
  let image: HDF5Image
  let path: String
  var isNew = false
  var hasOrder = false
  private(set) var messages = [ObjectHeader.Message]()
  private var continuations = [Range<Int>]()

  init(image: HDF5Image, path: String) {
    self.image = image
    self.path = path
  }

  mutating func add(_ block: Range<Int>) throws(HDF5Error) {
    var cursor = HDF5Cursor(image, path: path, range: block)
    let head = isNew ? (hasOrder ? 6 : 4) : 8
    while cursor.remaining >= head {
      let type = try cursor.count(isNew ? 1 : 2)
      let size = try cursor.count(2)
      let flags = try cursor.byte()
      try cursor.skip(isNew ? (hasOrder ? 2 : 0) : 3)
      let range = try cursor.take(size)
      guard let kind = ObjectHeader.Kind(rawValue: type) else { continue }
      if kind == .continuation {
        var content = HDF5Cursor(image, path: path, range: range)
        guard let address = try content.address() else { continue }
        continuations.append(
          try image.range(at: address, count: try content.length(), path: path))
      } else {
        messages.append(.init(kind: kind, isShared: flags & 2 != 0, range: range))
      }
    }
  }

  /// Each block is read once, and there are fewer than bytes: a circle of blocks ends.
  mutating func followContinuations() throws(HDF5Error) {
    var seen = Set<Int>()
    var total = 0
    while let block = continuations.popLast() {
      total += block.count
      guard seen.insert(block.lowerBound).inserted, total <= image.byteCount else {
        throw HDF5Error(.damaged, path: path, found: "an object header that leads in a circle")
      }
      guard isNew else {
        try add(block)
        continue
      }
      var cursor = HDF5Cursor(image, path: path, range: block)
      try cursor.expect("OCHK")
      guard cursor.remaining >= 4 else { throw cursor.damage("a part that ends early") }
      try add(cursor.position..<block.upperBound - 4)
    }
  }
}
