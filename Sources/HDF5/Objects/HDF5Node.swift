/// A member of a group.
package enum HDF5Node: Sendable {
  case group(HDF5Group)
  case dataset(HDF5Dataset)
  /// A named type.
  case other(path: String)

  /// In words, for messages.
  package var kind: String {
    switch self {
    case .group: "a group"
    case .dataset: "a dataset"
    case .other: "a named type"
    }
  }

  /// Attributes of the member; of a named type none.
  package var attributes: HDF5Attributes? {
    switch self {
    case .group(let group): group.attributes
    case .dataset(let dataset): dataset.attributes
    case .other: nil
    }
  }
}

/// Opens objects by the address of their header.
enum HDF5Object {
  /// What lies at an address, by the messages of its header.
  ///
  /// - Throws: as ``HDF5Dataset`` and ``HDF5Group``.
  static func open(
    _ image: HDF5Image, path: String, header address: Int
  ) throws(HDF5Error) -> HDF5Node {
    let header = try ObjectHeader(image, path: path, at: address)
    let kinds = Set(header.messages.map(\.kind))
    if kinds.contains(.layout) || kinds.contains(.dataspace) {
      return .dataset(try HDF5Dataset(header))
    }
    if kinds.contains(.symbolTable) || kinds.contains(.linkInfo) || kinds.contains(.link) {
      return .group(try HDF5Group(header))
    }
    guard kinds.contains(.datatype) else {
      throw HDF5Error(.damaged, path: path, found: "an object without content")
    }
    return .other(path: path)
  }
}
