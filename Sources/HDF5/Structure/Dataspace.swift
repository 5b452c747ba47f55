/// Lengths along the dimensions of a dataset or attribute.
struct Dataspace: Equatable, Sendable {
  /// Length along each dimension; empty for a single value.
  let shape: [Int]
  /// Whether there is no value at all.
  let isNull: Bool

  /// Reads a dataspace message.
  ///
  /// - Throws: `damaged`.
  init(_ message: HDF5Cursor) throws(HDF5Error) {
    var cursor = message
    let version = try cursor.byte()
    let rank = try cursor.byte()
    guard (1...2).contains(version), rank <= 32 else { throw cursor.damage("an unknown shape") }
    try cursor.skip(1)
    let type = version == 2 ? try cursor.byte() : rank == 0 ? 0 : 1
    if version == 1 { try cursor.skip(5) }
    isNull = type == 2
    var shape = [Int]()
    for _ in 0..<rank { shape.append(try cursor.length()) }
    self.shape = shape
  }
}
