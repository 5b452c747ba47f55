/// The links of a group.
///
/// An older group is a tree of tables of symbols, with its names in a local heap; a newer one has a
/// message for each link. Many links of a newer group lie in a heap of another kind, which is written
/// only on request (`libver="latest"`, `track_order=True`) and is not supported.
enum SymbolTable {
  /// Where a link leads.
  enum Target: Equatable, Sendable {
    /// An object header at an address of the file.
    case object(Int)
    /// A path in the file.
    case soft
    /// Another file.
    case external
  }

  /// All links by name.
  ///
  /// - Throws: `damaged`, `unsupported`.
  static func links(_ header: ObjectHeader) throws(HDF5Error) -> [String: Target] {
    if var message = try header.first(.symbolTable) {
      guard let tree = try message.address(), let heap = try message.address() else {
        throw message.damage("a group without members")
      }
      var reader = OldGroup(header.image, path: header.path)
      return try reader.links(tree: tree, heap: heap)
    }
    guard try denseHeap(header) == nil else {
      throw HDF5Error(
        .unsupported, path: header.path, found: "a group in the newest storage",
        expected: "a file of anndata or mudata, which write the older storage")
    }
    var links = [String: Target]()
    for message in header.all(.link) {
      let (name, target) = try link(message)
      links[name] = target
    }
    return links
  }

  private static func denseHeap(_ header: ObjectHeader) throws(HDF5Error) -> Int? {
    guard var info = try header.first(.linkInfo) else { return nil }
    try info.skip(1)
    if try info.byte() & 1 != 0 { try info.skip(8) }
    return try info.address()
  }

  private static func link(_ message: HDF5Cursor) throws(HDF5Error) -> (String, Target) {
    var cursor = message
    guard try cursor.byte() == 1 else { throw cursor.damage("an unknown link") }
    let flags = try cursor.byte()
    let type = flags & 8 != 0 ? try cursor.byte() : 0
    if flags & 4 != 0 { try cursor.skip(8) }
    if flags & 16 != 0 { try cursor.skip(1) }
    let name = try cursor.text(try cursor.count(1 << (flags & 3)))
    switch type {
    case 0:
      guard let address = try cursor.address() else { throw cursor.damage("a link to nowhere") }
      return (name, .object(address))
    case 1: return (name, .soft)
    default: return (name, .external)
    }
  }
}

/// Reads the tree of a group of the older kind.
private struct OldGroup {
  let image: HDF5Image
  let path: String
  private var seen = Set<Int>()
  private var links = [String: SymbolTable.Target]()

  init(_ image: HDF5Image, path: String) {
    self.image = image
    self.path = path
  }

  mutating func links(
    tree: Int, heap: Int
  ) throws(HDF5Error) -> [String: SymbolTable.Target] {
    var cursor = try HDF5Cursor(image, path: path, at: heap)
    try cursor.expect("HEAP")
    try cursor.skip(4)
    let size = try cursor.length()
    _ = try cursor.length()
    guard let address = try cursor.address() else { throw cursor.damage("names without a place") }
    let names = try image.range(at: address, count: size, path: path)
    try addNode(at: tree, level: nil, names: names)
    return links
  }

  /// Adds the links below a node; levels fall by one, and no node is read twice.
  private mutating func addNode(
    at address: Int, level expected: Int?, names: Range<Int>
  ) throws(HDF5Error) {
    var cursor = try HDF5Cursor(image, path: path, at: address)
    guard seen.insert(address).inserted else { throw cursor.damage("a tree with a circle") }
    try cursor.expect("TREE")
    let type = try cursor.byte()
    let level = try cursor.byte()
    guard type == 0, expected == nil || level == expected, level < 32 else {
      throw cursor.damage("a tree of another kind")
    }
    let count = try cursor.count(2)
    try cursor.skip(2 * image.offsetWidth)
    for _ in 0..<count {
      try cursor.skip(image.lengthWidth)
      guard let child = try cursor.address() else { throw cursor.damage("a tree with gaps") }
      if level > 0 {
        try addNode(at: child, level: level - 1, names: names)
      } else {
        try addTable(at: child, names: names)
      }
    }
  }

  private mutating func addTable(at address: Int, names: Range<Int>) throws(HDF5Error) {
    var cursor = try HDF5Cursor(image, path: path, at: address)
    guard seen.insert(address).inserted else { throw cursor.damage("a tree with a circle") }
    try cursor.expect("SNOD")
    try cursor.skip(2)
    for _ in 0..<(try cursor.count(2)) {
      let offset = try cursor.count(image.offsetWidth)
      let header = try cursor.address()
      let kind = try cursor.count(4)
      try cursor.skip(20)
      guard offset < names.count else { throw cursor.damage("a name without a place") }
      var text = HDF5Cursor(
        image, path: path, range: names.lowerBound + offset..<names.upperBound)
      let name = try text.text(text.remaining)
      if kind == 2 {
        links[name] = .soft
      } else if let header {
        links[name] = .object(header)
      }
    }
  }
}
