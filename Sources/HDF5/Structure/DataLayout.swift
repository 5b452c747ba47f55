/// How the values of a dataset are stored.
enum DataLayout: Sendable {
  /// In the object header.
  case compact(Range<Int>)
  /// In one piece; nil was never written.
  case contiguous(Int?, byteCount: Int)
  /// In chunks of a shape, with the address of a tree; nil was never written.
  case tree(shape: [Int], address: Int?)
  /// In chunks of a shape that follow one another.
  case consecutive(shape: [Int], address: Int?)
  /// One chunk: its shape, address, size as stored and filters passed by.
  case single(shape: [Int], address: Int?, byteCount: Int?, passedBy: Int)

  /// Reads a layout message of version 3 or 4.
  ///
  /// - Throws: `damaged`, `unsupported`, `leadsOutside` for virtual datasets.
  init(_ message: HDF5Cursor, rank: Int) throws(HDF5Error) {
    var cursor = message
    let version = try cursor.byte()
    guard (3...4).contains(version) else {
      throw HDF5Error(
        .unsupported, path: cursor.path, found: "version \(version) of the storage of values")
    }
    switch try cursor.byte() {
    case 0:
      let size = try cursor.count(2)
      self = .compact(try cursor.take(size))
    case 1:
      let address = try cursor.address()
      self = .contiguous(address, byteCount: try cursor.length())
    case 2 where version == 3:
      guard try cursor.byte() == rank + 1 else { throw cursor.damage("chunks of another shape") }
      let address = try cursor.address()
      self = .tree(shape: try Self.lengths(&cursor, rank, width: 4), address: address)
    case 2: self = try Self.newChunks(&cursor, rank)
    case 3:
      throw HDF5Error(.leadsOutside, path: cursor.path, found: "a virtual dataset")
    default: throw cursor.damage("an unknown storage of values")
    }
  }

  private static func lengths(
    _ cursor: inout HDF5Cursor, _ rank: Int, width: Int
  ) throws(HDF5Error) -> [Int] {
    var lengths = [Int]()
    for _ in 0..<rank {
      let length = try cursor.count(width)
      guard length > 0 else { throw cursor.damage("chunks without values") }
      lengths.append(length)
    }
    return lengths
  }

  private static func newChunks(
    _ cursor: inout HDF5Cursor, _ rank: Int
  ) throws(HDF5Error) -> DataLayout {
    let flags = try cursor.byte()
    guard try cursor.byte() == rank + 1 else { throw cursor.damage("chunks of another shape") }
    let width = try cursor.byte()
    guard (1...8).contains(width) else { throw cursor.damage("chunks of another shape") }
    let shape = try lengths(&cursor, rank, width: width)
    // The size of a value.
    try cursor.skip(width)
    switch try cursor.byte() {
    case 1:
      let isFiltered = flags & 2 != 0
      let size = isFiltered ? try cursor.length() : nil
      let passedBy = isFiltered ? try cursor.count(4) : 0
      return .single(
        shape: shape, address: try cursor.address(), byteCount: size, passedBy: passedBy)
    case 2: return .consecutive(shape: shape, address: try cursor.address())
    default:
      throw HDF5Error(
        .unsupported, path: cursor.path, found: "chunks in the newest storage",
        expected: "a file of anndata or mudata, which write the older storage")
    }
  }
}
