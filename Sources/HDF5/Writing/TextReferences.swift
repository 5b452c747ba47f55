/// The texts of a file in its global heap; equal texts are stored once.
struct TextReferences {
  private var order = [String]()
  private var places = [String: (collection: Int, index: Int)]()
  /// Bytes of texts in one collection, about.
  private static let collectionBytes = 1 << 16

  /// Takes in all texts of an item, in its order.
  mutating func collect(_ item: HDF5Item) {
    switch item {
    case .group(let members, let attributes):
      for (_, content) in attributes { collect(content) }
      for (_, member) in members { collect(member) }
    case .dataset(let content, let attributes):
      collect(content)
      for (_, content) in attributes { collect(content) }
    }
  }

  private mutating func collect(_ content: HDF5Content) {
    switch content {
    case .texts(let texts): for text in texts { collect(text) }
    case .text(let text): collect(text)
    default: break
    }
  }

  private mutating func collect(_ text: String) {
    guard !text.isEmpty, places[text] == nil else { return }
    places[text] = (0, 0)
    order.append(text)
  }

  /// Writes the collections, the first at the given address.
  mutating func write(at address: Int, into bytes: inout [UInt8]) {
    var address = address
    var position = 0
    while position < order.count {
      var content = ByteWriter()
      var index = 0
      while position < order.count, index < 0xffff,
        index == 0 || content.bytes.count < Self.collectionBytes
      {
        index += 1
        let text = Array(order[position].utf8)
        places[order[position]] = (address, index)
        content.append(UInt16(index))
        content.append([UInt8](repeating: 0, count: 6))
        content.append(UInt64(text.count))
        content.append(text)
        content.pad(toMultipleOf: 8)
        position += 1
      }
      // A collection has at least 4,096 bytes; what is left is object 0, with its own head.
      let size = max(4096, 16 + content.bytes.count + 16)
      var collection = ByteWriter(Array("GCOL".utf8) + [1, 0, 0, 0])
      collection.append(UInt64(size))
      collection.append(content.bytes)
      let left = size - collection.bytes.count
      collection.append([UInt8](repeating: 0, count: 8))
      collection.append(UInt64(left))
      collection.append([UInt8](repeating: 0, count: left - 16))
      bytes += collection.bytes
      address += size
    }
  }

  /// Length, address and index of a text as a value refers to it.
  func reference(_ text: String) -> [UInt8] {
    var writer = ByteWriter()
    let place = places[text] ?? (0, 0)
    writer.append(UInt32(text.utf8.count))
    writer.append(UInt64(place.collection))
    writer.append(UInt32(place.index))
    return writer.bytes
  }
}
