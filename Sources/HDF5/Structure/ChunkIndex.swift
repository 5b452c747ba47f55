/// Where the chunks of a dataset lie.
enum ChunkIndex {
  /// One chunk as stored.
  struct Chunk: Sendable {
    /// Position of its first value along each dimension.
    let offsets: [Int]
    /// Its bytes in the file.
    let range: Range<Int>
    /// Filters that were passed by, one bit each.
    let passedBy: Int
  }

  /// All chunks of a tree (version 1).
  ///
  /// - Throws: `damaged`.
  static func tree(
    _ image: HDF5Image, path: String, at address: Int, rank: Int
  ) throws(HDF5Error) -> [Chunk] {
    var reader = TreeReader(image: image, path: path, rank: rank)
    try reader.addNode(at: address, level: nil)
    return reader.chunks
  }

  /// Chunks that follow one another without filters, in the order of the grid.
  ///
  /// - Throws: `damaged`.
  static func consecutive(
    _ image: HDF5Image, path: String, at address: Int, grid: ChunkGrid
  ) throws(HDF5Error) -> [Chunk] {
    let size = grid.chunkBytes
    let range = try image.range(at: address, count: size * grid.chunkCount, path: path)
    return grid.offsets.enumerated().map { position, offsets in
      let start = range.lowerBound + position * size
      return Chunk(offsets: offsets, range: start..<start + size, passedBy: 0)
    }
  }

  private struct TreeReader {
    let image: HDF5Image
    let path: String
    let rank: Int
    var chunks = [Chunk]()
    private var seen = Set<Int>()

    init(image: HDF5Image, path: String, rank: Int) {
      self.image = image
      self.path = path
      self.rank = rank
    }

    /// Adds the chunks below a node; levels fall by one, and no node is read twice.
    mutating func addNode(at address: Int, level expected: Int?) throws(HDF5Error) {
      var cursor = try HDF5Cursor(image, path: path, at: address)
      guard seen.insert(address).inserted else { throw cursor.damage("a tree with a circle") }
      try cursor.expect("TREE")
      let type = try cursor.byte()
      let level = try cursor.byte()
      guard type == 1, expected == nil || level == expected, level < 32 else {
        throw cursor.damage("a tree of another kind")
      }
      let count = try cursor.count(2)
      try cursor.skip(2 * image.offsetWidth)
      for _ in 0..<count {
        let size = try cursor.count(4)
        let passedBy = try cursor.count(4)
        var offsets = [Int]()
        for _ in 0..<rank { offsets.append(try cursor.count(8)) }
        try cursor.skip(8)
        guard let child = try cursor.address() else { throw cursor.damage("a tree with gaps") }
        if level > 0 {
          try addNode(at: child, level: level - 1)
        } else {
          let range = try image.range(at: child, count: size, path: path)
          chunks.append(Chunk(offsets: offsets, range: range, passedBy: passedBy))
        }
      }
    }
  }
}
