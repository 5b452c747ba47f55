/// An HDF5 file in memory.
package struct HDF5File: Sendable {
  /// The group `/`.
  package let root: HDF5Group

  /// Position of the signature, nil if the bytes are no HDF5 file: it lies at 0, 512, 1024, 2048 and
  /// so on, after a block for the user (which MuData uses).
  private static func signaturePosition(_ bytes: [UInt8]) -> Int? {
    let signature: [UInt8] = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a]
    var offset = 0
    while offset + signature.count <= bytes.count {
      if bytes[offset..<offset + signature.count].elementsEqual(signature) { return offset }
      offset = offset == 0 ? 512 : 2 * offset
    }
    return nil
  }

  /// Whether bytes begin as an HDF5 file does, after a block for the user of at most 2,048 bytes where
  /// only the head of the file is given.
  package static func isHDF5(_ bytes: [UInt8]) -> Bool { signaturePosition(bytes) != nil }

  /// Opens a file whose bytes are in memory; nothing is read but its superblock and root group.
  ///
  /// - Throws: `notHDF5`, `damaged`.
  package init(_ bytes: [UInt8], limits: HDF5Limits = HDF5Limits()) throws(HDF5Error) {
    guard let start = Self.signaturePosition(bytes) else {
      throw HDF5Error(.notHDF5, path: "/")
    }
    let plain = HDF5Image(
      bytes: bytes, base: start, offsetWidth: 8, lengthWidth: 8, limits: limits)
    var cursor = try HDF5Cursor(plain, path: "/", at: 0)
    try cursor.skip(8)
    let version = try cursor.byte()
    guard version <= 3 else {
      throw HDF5Error(
        .damaged, path: "/", found: "version \(version) of the superblock", expected: "0 to 3")
    }
    if version < 2 { try cursor.skip(4) }
    let offsetWidth = try cursor.byte()
    let lengthWidth = try cursor.byte()
    guard [4, 8].contains(offsetWidth), [4, 8].contains(lengthWidth) else {
      throw cursor.damage("addresses of \(offsetWidth) and lengths of \(lengthWidth) bytes")
    }
    // Version 0 and 1: reserved byte, sizes of nodes, flags; version 1 has four bytes more.
    try cursor.skip(version == 0 ? 9 : version == 1 ? 13 : 1)
    let image = HDF5Image(
      bytes: bytes, base: start, offsetWidth: offsetWidth, lengthWidth: lengthWidth,
      limits: limits)
    var addresses = HDF5Cursor(image, path: "/", range: cursor.position..<bytes.count)
    // Base, free space or extension, end of file, and in old versions driver and name of the root.
    try addresses.skip(offsetWidth * (version < 2 ? 5 : 3))
    guard let header = try addresses.address() else { throw cursor.damage("no root group") }
    guard case .group(let group) = try HDF5Object.open(image, path: "/", header: header) else {
      throw cursor.damage("a root that is no group")
    }
    root = group
  }
}
