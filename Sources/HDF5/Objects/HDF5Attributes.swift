/// Attributes of a group or dataset.
package struct HDF5Attributes: Sendable {
  private let header: ObjectHeader

  init(_ header: ObjectHeader) { self.header = header }

  /// Path of the object that has them.
  package var path: String { header.path }

  /// Whether there is one of that name.
  ///
  /// - Throws: `damaged`, `unsupported`.
  package func contains(_ name: String) throws(HDF5Error) -> Bool { try message(name) != nil }

  /// The values of an attribute, nil if there is none of that name.
  ///
  /// - Throws: `damaged`, `tooLarge`, `unsupported`.
  package func values(_ name: String) throws(HDF5Error) -> HDF5Values? {
    guard let parts = try message(name) else { return nil }
    let place = "\(path)@\(name)"
    return try HDF5Values(
      header.image, path: place, type: parts.type, space: parts.space,
      storage: .piece(parts.content))
  }

  /// A text, nil if there is no attribute of that name.
  ///
  /// - Throws: `unexpectedKind` if it is not one text, `notText`, `damaged`.
  package func text(_ name: String) throws(HDF5Error) -> String? {
    guard let values = try values(name) else { return nil }
    let texts = try values.texts()
    guard texts.count == 1 else {
      throw HDF5Error(
        .unexpectedKind, path: values.path, found: "\(texts.count) texts", expected: "one text")
    }
    return texts[0]
  }

  /// Texts, nil if there is no attribute of that name.
  ///
  /// An empty list may be stored as an empty list of numbers, as h5py does.
  ///
  /// - Throws: `unexpectedKind`, `notText`, `damaged`.
  package func texts(_ name: String) throws(HDF5Error) -> [String]? {
    guard let values = try values(name) else { return nil }
    return values.count == 0 ? [] : try values.texts()
  }

  /// Integers, nil if there is no attribute of that name.
  ///
  /// - Throws: `unexpectedKind`, `damaged`.
  package func integers(_ name: String) throws(HDF5Error) -> [Int]? {
    try values(name)?.integers()
  }

  // MARK: - Messages

  private struct Parts {
    let type: Datatype
    let space: Dataspace
    let content: Range<Int>
  }

  /// The attribute's message, version 1 to 3.
  private func message(_ name: String) throws(HDF5Error) -> Parts? {
    for message in header.all(.attribute) {
      if let parts = try Self.parts(message, name) { return parts }
    }
    guard var info = try header.first(.attributeInfo) else { return nil }
    try info.skip(1)
    if try info.byte() & 1 != 0 { try info.skip(2) }
    guard try info.address() == nil else {
      throw HDF5Error(
        .unsupported, path: path, found: "attributes in the newest storage",
        expected: "a file of anndata or mudata, which write the older storage")
    }
    return nil
  }

  /// The parts of an attribute if it has that name.
  private static func parts(_ message: HDF5Cursor, _ name: String) throws(HDF5Error) -> Parts? {
    var cursor = message
    let version = try cursor.byte()
    let flags = try cursor.byte()
    guard (1...3).contains(version) else { throw cursor.damage("an unknown attribute") }
    let sizes = (try cursor.count(2), try cursor.count(2), try cursor.count(2))
    if version == 3 { try cursor.skip(1) }
    // Version 1 pads each part to a multiple of eight bytes.
    func padded(_ size: Int) -> Int { version == 1 ? (size + 7) / 8 * 8 : size }
    guard try cursor.text(padded(sizes.0)) == name else { return nil }
    let type = HDF5Cursor(
      cursor.image, path: cursor.path, range: try cursor.take(padded(sizes.1)))
    let space = HDF5Cursor(
      cursor.image, path: cursor.path, range: try cursor.take(padded(sizes.2)))
    let isShared = version > 1 && flags & 1 != 0
    guard version == 1 || flags & 2 == 0 else {
      throw HDF5Error(.unsupported, path: cursor.path, found: "a shape shared between attributes")
    }
    return Parts(
      type: try Datatype(isShared ? ObjectHeader.followed(type, .datatype) : type),
      space: try Dataspace(space), content: cursor.position..<cursor.end)
  }
}
