/// The messages of one object header, version 2.
struct MessageWriter {
  private var messages = ByteWriter()

  private mutating func add(_ type: UInt8, _ body: [UInt8]) {
    messages.append(type)
    messages.append(UInt16(body.count))
    messages.append(UInt8(0))
    messages.append(body)
  }

  /// Members of a group by the addresses of their headers: link info, group info, a link for each.
  mutating func addGroup(_ members: [(String, Int)]) {
    let undefined = [UInt8](repeating: 0xff, count: 8)
    add(0x2, [0, 0] + undefined + undefined)
    add(0xa, [0, 0])
    for (name, address) in members {
      // Flags: names in UTF-8, their length in two bytes.
      var link = ByteWriter([1, 0x11, 1])
      link.append(UInt16(name.utf8.count))
      link.append(Array(name.utf8))
      link.append(UInt64(address))
      add(0x6, link.bytes)
    }
  }

  /// A dataset in one piece: shape, type, fill value (never set), layout.
  mutating func addDataset(_ content: EncodedContent, address: Int?) {
    add(0x1, content.space)
    add(0x3, content.type)
    add(0x5, [3, 0x0a])
    var layout = ByteWriter([3, 1])
    layout.append(address.map { UInt64($0) } ?? UInt64.max)
    layout.append(UInt64(content.bytes.count))
    add(0x8, layout.bytes)
  }

  /// An attribute, version 3.
  mutating func addAttribute(_ name: String, _ content: EncodedContent) {
    var body = ByteWriter([3, 0])
    body.append(UInt16(name.utf8.count + 1))
    body.append(UInt16(content.type.count))
    body.append(UInt16(content.space.count))
    body.append(UInt8(1))
    body.append(Array(name.utf8) + [0])
    body.append(content.type)
    body.append(content.space)
    body.append(content.bytes)
    add(0xc, body.bytes)
  }

  /// The header: its size in four bytes, no times, checksum at the end.
  var header: [UInt8] {
    var writer = ByteWriter(Array("OHDR".utf8) + [2, 2])
    writer.append(UInt32(messages.bytes.count))
    writer.append(messages.bytes)
    writer.append(Lookup3.checksum(writer.bytes))
    return writer.bytes
  }
}
