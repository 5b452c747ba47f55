/// Puts the chunks of a dataset together.
struct ChunkAssembly {
  /// Bytes of all values, in rows as stored.
  private(set) var bytes: [UInt8]

  private let values: HDF5Values
  private let chunkShape: [Int]
  private let chunkBytes: Int
  private let filters: FilterPipeline
  private var seen = Set<[Int]>()

  /// Bytes of values that were never written.
  ///
  /// - Throws: `tooLarge` for chunks that are larger than the file can hold.
  init(
    _ values: HDF5Values, chunkShape: [Int], _ filters: FilterPipeline, _ fill: Range<Int>?
  ) throws(HDF5Error) {
    self.values = values
    self.chunkShape = chunkShape
    self.filters = filters
    let size = values.type.size
    let grid = try ChunkGrid(
      values.shape, chunk: chunkShape, elementSize: size, values.image, values.path)
    chunkBytes = grid.chunkBytes
    bytes = [UInt8](repeating: 0, count: values.count * size)
    guard let fill, fill.count == size, values.image.bytes[fill].contains(where: { $0 != 0 })
    else { return }
    let pattern = Array(values.image.bytes[fill])
    for index in bytes.indices { bytes[index] = pattern[index % size] }
  }

  /// Adds a chunk.
  ///
  /// - Throws: `damaged` if it lies elsewhere than on the grid, was there before, or cannot be
  ///   decompressed.
  mutating func add(_ chunk: ChunkIndex.Chunk) throws(HDF5Error) {
    let shape = values.shape
    let isOnGrid = zip(chunk.offsets, chunkShape).allSatisfy { $0 % $1 == 0 }
    guard isOnGrid, chunk.offsets.count == shape.count, seen.insert(chunk.offsets).inserted else {
      throw HDF5Error(.damaged, path: values.path, found: "a chunk out of place")
    }
    // A dataset that was made smaller may keep chunks beyond its end.
    guard zip(chunk.offsets, shape).allSatisfy({ $0 < $1 }) else { return }
    let content = try filters.decoded(
      values.image.bytes[chunk.range], passedBy: chunk.passedBy, count: chunkBytes,
      path: values.path)
    let size = values.type.size
    guard let last = shape.indices.last else {
      bytes.replaceSubrange(bytes.indices, with: content.prefix(size))
      return
    }
    let extents = zip(zip(chunk.offsets, shape), chunkShape).map { min($0.1 - $0.0, $1) }
    var position = shape.map { _ in 0 }
    let runBytes = extents[last] * size
    while true {
      var source = 0
      var target = 0
      for dimension in shape.indices {
        source = source * chunkShape[dimension] + position[dimension]
        target = target * shape[dimension] + chunk.offsets[dimension] + position[dimension]
      }
      copy(content, from: source * size, to: target * size, count: runBytes)
      var dimension = last - 1
      while dimension >= 0 {
        position[dimension] += 1
        if position[dimension] < extents[dimension] { break }
        position[dimension] = 0
        dimension -= 1
      }
      if dimension < 0 { return }
    }
  }

  private mutating func copy(
    _ content: ArraySlice<UInt8>, from source: Int, to target: Int, count: Int
  ) {
    let start = content.startIndex + source
    bytes.replaceSubrange(target..<target + count, with: content[start..<start + count])
  }
}
