/// A group of a file.
package struct HDF5Group: Sendable {
  /// Path in the file; ends without `/` but for the root.
  package var path: String { header.path }
  /// Attributes of the group.
  package var attributes: HDF5Attributes { HDF5Attributes(header) }

  private let header: ObjectHeader
  private let links: [String: SymbolTable.Target]

  /// Reads the links of a group, not what they lead to.
  ///
  /// - Throws: `damaged`, `unsupported`.
  init(_ header: ObjectHeader) throws(HDF5Error) {
    self.header = header
    links = try SymbolTable.links(header)
  }

  /// Path of a member.
  package func path(of name: String) -> String { path == "/" ? "/" + name : path + "/" + name }

  /// Names of all members, in the order of their UTF-8 bytes.
  package var names: [String] {
    links.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Whether there is a member of that name.
  package func contains(_ name: String) -> Bool { links[name] != nil }

  /// A member, nil if there is none of that name.
  ///
  /// - Throws: `leadsOutside` for soft and external links, `damaged`, `unsupported`.
  package func member(_ name: String) throws(HDF5Error) -> HDF5Node? {
    switch links[name] {
    case nil: return nil
    case .soft:
      throw HDF5Error(.leadsOutside, path: path(of: name), found: "a soft link")
    case .external:
      throw HDF5Error(.leadsOutside, path: path(of: name), found: "a link into another file")
    case .object(let address):
      return try HDF5Object.open(header.image, path: path(of: name), header: address)
    }
  }

  /// The group of that name, nil if there is no member of that name.
  ///
  /// - Throws: `unexpectedKind` if it is no group, and as ``member(_:)``.
  package func group(_ name: String) throws(HDF5Error) -> HDF5Group? {
    guard let member = try member(name) else { return nil }
    guard case .group(let group) = member else {
      throw HDF5Error(
        .unexpectedKind, path: path(of: name), found: member.kind, expected: "a group")
    }
    return group
  }

  /// The dataset of that name, nil if there is no member of that name.
  ///
  /// - Throws: `unexpectedKind` if it is no dataset, and as ``member(_:)``.
  package func dataset(_ name: String) throws(HDF5Error) -> HDF5Dataset? {
    guard let member = try member(name) else { return nil }
    guard case .dataset(let dataset) = member else {
      throw HDF5Error(
        .unexpectedKind, path: path(of: name), found: member.kind, expected: "a dataset")
    }
    return dataset
  }

  /// The group of that name.
  ///
  /// - Throws: `missing`, and as ``group(_:)``.
  package func requiredGroup(_ name: String) throws(HDF5Error) -> HDF5Group {
    guard let found = try group(name) else {
      throw HDF5Error(.missing, path: path(of: name), expected: "a group")
    }
    return found
  }

  /// The dataset of that name.
  ///
  /// - Throws: `missing`, and as ``dataset(_:)``.
  package func requiredDataset(_ name: String) throws(HDF5Error) -> HDF5Dataset {
    guard let found = try dataset(name) else {
      throw HDF5Error(.missing, path: path(of: name), expected: "a dataset")
    }
    return found
  }
}
