/// Writes an HDF5 file.
///
/// One version of each structure: superblock 2, object headers 2 with links and attributes in them,
/// values in one piece, texts in the global heap. Every HDF5 library since 1.8 (2008) reads these. No
/// time is stored, so that equal content makes equal bytes.
package struct HDF5Serializer {
  private var bytes: [UInt8]
  private let base: Int
  private var texts = TextReferences()

  /// The bytes of a file with the given root group.
  ///
  /// - Parameters:
  ///   - root: must be a group.
  ///   - userBlock: bytes before the file proper, padded to a block of 512, 1,024, … bytes.
  package static func bytes(of root: HDF5Item, userBlock: [UInt8] = []) -> [UInt8] {
    var base = userBlock.isEmpty ? 0 : 512
    while base < userBlock.count { base *= 2 }
    var serializer = HDF5Serializer(base: base, userBlock: userBlock)
    return serializer.file(root)
  }

  private init(base: Int, userBlock: [UInt8]) {
    self.base = base
    bytes = userBlock + [UInt8](repeating: 0, count: base - userBlock.count)
  }

  private mutating func file(_ root: HDF5Item) -> [UInt8] {
    bytes += [UInt8](repeating: 0, count: 48)
    texts.collect(root)
    texts.write(at: nextAddress(), into: &bytes)
    let header = write(root)
    var superblock = ByteWriter([0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a, 2, 8, 8, 0])
    superblock.append(UInt64(base))
    superblock.append(UInt64.max)
    superblock.append(UInt64(bytes.count))
    superblock.append(UInt64(header))
    superblock.append(Lookup3.checksum(superblock.bytes))
    bytes.replaceSubrange(base..<base + 48, with: superblock.bytes)
    return bytes
  }

  /// Address of the next byte, which is made a multiple of eight.
  private mutating func nextAddress() -> Int {
    while bytes.count % 8 != 0 { bytes.append(0) }
    return bytes.count - base
  }

  /// Writes an item after everything that it refers to; the address of its header.
  private mutating func write(_ item: HDF5Item) -> Int {
    var messages = MessageWriter()
    switch item {
    case .group(let members, let attributes):
      let addresses = members.map { ($0.0, write($0.1)) }
      messages.addGroup(addresses)
      for (name, content) in attributes {
        messages.addAttribute(name, EncodedContent(content, texts))
      }
    case .dataset(let content, let attributes):
      let encoded = EncodedContent(content, texts)
      let address = encoded.bytes.isEmpty ? nil : nextAddress()
      bytes += encoded.bytes
      messages.addDataset(encoded, address: address)
      for (name, content) in attributes {
        messages.addAttribute(name, EncodedContent(content, texts))
      }
    }
    let address = nextAddress()
    bytes += messages.header
    return address
  }
}
