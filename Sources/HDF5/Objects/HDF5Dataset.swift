import LinearAlgebra

/// A dataset of a file: numbers, booleans or texts in an array of any number of dimensions.
package struct HDF5Dataset: Sendable {
  /// Its values.
  package let values: HDF5Values
  private let header: ObjectHeader

  /// Path in the file.
  package var path: String { values.path }
  /// Length along each dimension; empty for a single value.
  package var shape: [Int] { values.shape }
  /// Attributes of the dataset.
  package var attributes: HDF5Attributes { HDF5Attributes(header) }

  /// Reads type, shape, storage and filters, and checks them before anything is read of the values.
  ///
  /// - Throws: `leadsOutside` for external and virtual storage, `unknownFilter`, `tooLarge`,
  ///   `unsupported`, `damaged`.
  init(_ header: ObjectHeader) throws(HDF5Error) {
    self.header = header
    let path = header.path
    guard let typeMessage = try header.first(.datatype),
      let spaceMessage = try header.first(.dataspace),
      let layoutMessage = try header.first(.layout)
    else { throw HDF5Error(.damaged, path: path, found: "a dataset without type or shape") }
    guard try header.first(.externalFiles) == nil else {
      throw HDF5Error(
        .leadsOutside, path: path, found: "a dataset whose values lie in other files")
    }
    let type = try Datatype(typeMessage)
    let space = try Dataspace(spaceMessage)
    let layout = try DataLayout(layoutMessage, rank: space.shape.count)
    let storage = try header.storage(type, space, layout)
    values = try HDF5Values(
      header.image, path: path, type: type, space: space, storage: storage)
  }

  /// The table of a dataset with two dimensions, in rows as stored.
  ///
  /// - Throws: `unexpectedKind` if it has not two dimensions or is not of numbers, `damaged`.
  package func matrix() throws(HDF5Error) -> Matrix {
    guard shape.count == 2 else {
      throw HDF5Error(
        .unexpectedKind, path: path, found: "\(shape.count) dimensions",
        expected: "two dimensions")
    }
    return Matrix(rows: shape[0], columns: shape[1], values: try values.numbers())
  }
}

extension ObjectHeader {
  /// The filters of a dataset's chunks.
  fileprivate func filters(elementSize: Int) throws(HDF5Error) -> FilterPipeline {
    guard let message = try first(.filters) else { return .none }
    return try FilterPipeline(message, elementSize: elementSize)
  }

  /// Where the values of a dataset lie.
  fileprivate func storage(
    _ type: Datatype, _ space: Dataspace, _ layout: DataLayout
  ) throws(HDF5Error) -> HDF5Values.Storage {
    let filters = try filters(elementSize: type.size)
    let fill = try fillValue(size: type.size)
    switch layout {
    case .compact(let range): return .piece(range)
    case .contiguous(nil, _): return .chunks([], shape: space.shape, filters, fill)
    case .contiguous(let address?, let count):
      return .piece(try image.range(at: address, count: count, path: path))
    case .tree(let shape, let address):
      var chunks = [ChunkIndex.Chunk]()
      if let address {
        chunks = try ChunkIndex.tree(image, path: path, at: address, rank: space.shape.count)
      }
      return .chunks(chunks, shape: shape, filters, fill)
    case .consecutive(let shape, let address):
      let grid = try ChunkGrid(space.shape, chunk: shape, elementSize: type.size, image, path)
      var chunks = [ChunkIndex.Chunk]()
      if let address {
        chunks = try ChunkIndex.consecutive(image, path: path, at: address, grid: grid)
      }
      return .chunks(chunks, shape: shape, filters, fill)
    case .single(let shape, let address, let count, let passedBy):
      let grid = try ChunkGrid(space.shape, chunk: shape, elementSize: type.size, image, path)
      var chunks = [ChunkIndex.Chunk]()
      if let address {
        let range = try image.range(at: address, count: count ?? grid.chunkBytes, path: path)
        chunks = [.init(offsets: shape.map { _ in 0 }, range: range, passedBy: passedBy)]
      }
      return .chunks(chunks, shape: shape, filters, fill)
    }
  }

  /// The bytes of a value that was never written; nil is zeros.
  fileprivate func fillValue(size: Int) throws(HDF5Error) -> Range<Int>? {
    guard var cursor = try first(.fillValue) else { return nil }
    let version = try cursor.byte()
    if version == 3 {
      guard try cursor.byte() & 0x20 != 0 else { return nil }
    } else {
      try cursor.skip(2)
      guard try cursor.byte() != 0 else { return nil }
    }
    let count = try cursor.count(4)
    return count == size ? try cursor.take(count) : nil
  }
}
