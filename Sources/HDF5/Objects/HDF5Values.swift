/// The values of a dataset or an attribute.
package struct HDF5Values: Sendable {
  /// What the values are.
  package enum Kind: Equatable, Sendable {
    case integer
    case float
    /// An enumeration with the names FALSE and TRUE, as h5py writes booleans.
    case boolean
    case text
    /// Anything else, in words.
    case other(String)
  }

  /// Where the values lie.
  enum Storage: Sendable {
    /// In one piece of the file.
    case piece(Range<Int>)
    /// In chunks of a shape; values of chunks that are not there have the fill value, whose bytes lie
    /// in a range of the file (nil: zeros).
    case chunks([ChunkIndex.Chunk], shape: [Int], FilterPipeline, Range<Int>?)
  }

  /// Path in the file, of an attribute followed by `@name`.
  package let path: String
  /// Length along each dimension; empty for a single value.
  package let shape: [Int]
  /// Number of values.
  package let count: Int
  let type: Datatype
  let image: HDF5Image
  let storage: Storage

  /// What the values are.
  package var kind: Kind {
    switch type.content {
    case .integer: .integer
    case .float: .float
    case .boolean: .boolean
    case .fixedText, .variableText: .text
    case .other(let words): .other(words)
    }
  }

  /// In words, for messages.
  package var kindInWords: String {
    switch kind {
    case .integer: "integers"
    case .float: "numbers"
    case .boolean: "booleans"
    case .text: "texts"
    case .other(let words): words
    }
  }

  /// Checks the number of values against the bytes that they take in the file.
  ///
  /// - Throws: `tooLarge`, `damaged`.
  init(
    _ image: HDF5Image, path: String, type: Datatype, space: Dataspace, storage: Storage
  ) throws(HDF5Error) {
    self.image = image
    self.path = path
    self.type = type
    self.storage = storage
    shape = space.shape
    let stored: Int
    switch storage {
    case .piece(let range): stored = range.count
    case .chunks(let chunks, _, _, _):
      stored = min(image.byteCount, chunks.reduce(0) { $0 + $1.range.count })
    }
    var count = 1
    let limits = image.limits
    // In memory a value takes eight bytes or more.
    let most = min(limits.most(stored: stored) / type.size, limits.maximumBytes / 8)
    if space.shape.contains(0) || space.isNull {
      count = 0
    } else {
      for length in space.shape {
        let (product, overflow) = count.multipliedReportingOverflow(by: length)
        guard !overflow, product <= most else {
          throw HDF5Error(
            .tooLarge, path: path,
            found: "\(space.shape.map(String.init).joined(separator: " × ")) values in "
              + "\(stored) bytes")
        }
        count = product
      }
    }
    self.count = count
    if case .piece(let range) = storage, range.count < count * type.size {
      throw HDF5Error(.damaged, path: path, found: "fewer bytes than values")
    }
  }

  /// The bytes of all values, one after another.
  ///
  /// - Throws: `damaged`, `tooLarge`.
  func bytes() throws(HDF5Error) -> ArraySlice<UInt8> {
    switch storage {
    case .piece(let range): return image.bytes[range.prefix(count * type.size)]
    case .chunks(let chunks, let chunkShape, let filters, let fill):
      guard count > 0 else { return [] }
      var assembly = try ChunkAssembly(self, chunkShape: chunkShape, filters, fill)
      for chunk in chunks { try assembly.add(chunk) }
      return assembly.bytes[...]
    }
  }
}
