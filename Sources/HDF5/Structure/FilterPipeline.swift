import CDeflate

/// The filters that the chunks of a dataset went through when they were written.
struct FilterPipeline: Equatable, Sendable {
  /// One filter.
  enum Filter: Equatable, Sendable {
    /// gzip's compression, with a zlib header.
    case deflate
    /// Bytes of values sorted by their place in the value.
    case shuffle(size: Int)
    /// A checksum of four bytes at the end.
    case fletcher32
    /// h5py's quick compression.
    case lzf
  }

  /// In the order of writing.
  let filters: [Filter]

  /// No filter.
  static let none = FilterPipeline(filters: [])

  private init(filters: [Filter]) { self.filters = filters }

  /// Names of the field's filters that are not supported.
  private static let otherNames = [
    4: "szip", 5: "nbit", 6: "scaleoffset", 307: "bzip2", 32001: "blosc", 32004: "lz4",
    32008: "bitshuffle", 32013: "zfp", 32015: "zstd", 32026: "blosc2",
  ]

  /// Reads a message of filters, version 1 or 2.
  ///
  /// - Throws: `unknownFilter` with the filter's name, `damaged`.
  init(_ message: HDF5Cursor, elementSize: Int) throws(HDF5Error) {
    var cursor = message
    let version = try cursor.byte()
    let count = try cursor.byte()
    guard (1...2).contains(version), count <= 32 else { throw cursor.damage("unknown filters") }
    if version == 1 { try cursor.skip(6) }
    var filters = [Filter]()
    for _ in 0..<count {
      let number = try cursor.count(2)
      let nameLength = version == 1 || number >= 256 ? try cursor.count(2) : 0
      try cursor.skip(2)
      let parameterCount = try cursor.count(2)
      try cursor.skip(version == 1 ? (nameLength + 7) / 8 * 8 : nameLength)
      try cursor.skip(4 * parameterCount)
      if version == 1, parameterCount % 2 == 1 { try cursor.skip(4) }
      switch number {
      case 1: filters.append(.deflate)
      case 2: filters.append(.shuffle(size: elementSize))
      case 3: filters.append(.fletcher32)
      case 32000: filters.append(.lzf)
      default:
        throw HDF5Error(
          .unknownFilter, path: cursor.path,
          found: "the filter \(Self.otherNames[number] ?? "number \(number)")",
          expected: "gzip, lzf or no compression")
      }
    }
    self.filters = filters
  }

  /// The bytes of a chunk, exactly `count` of them.
  ///
  /// - Throws: `damaged`.
  func decoded(
    _ stored: ArraySlice<UInt8>, passedBy: Int, count: Int, path: String
  ) throws(HDF5Error) -> ArraySlice<UInt8> {
    var bytes = stored
    for (position, filter) in filters.enumerated().reversed() where passedBy >> position & 1 == 0 {
      var result: ArraySlice<UInt8>?
      switch filter {
      // A checksum may have been added before the compression.
      case .deflate: result = Self.inflated(bytes, most: count + 4)
      case .lzf: result = LZF.decompressed(bytes, most: count + 4)
      case .fletcher32: result = bytes.count >= 4 ? bytes.dropLast(4) : nil
      case .shuffle(let size): result = Self.unshuffled(bytes, size)
      }
      guard let result else {
        throw HDF5Error(.damaged, path: path, found: "a chunk that cannot be decompressed")
      }
      bytes = result
    }
    guard bytes.count == count else {
      throw HDF5Error(
        .damaged, path: path, found: "a chunk of \(bytes.count) bytes", expected: "\(count) bytes")
    }
    return bytes
  }

  private static func inflated(_ bytes: ArraySlice<UInt8>, most: Int) -> ArraySlice<UInt8>? {
    guard let decompressor = libdeflate_alloc_decompressor() else { return nil }
    defer { libdeflate_free_decompressor(decompressor) }
    var status = LIBDEFLATE_BAD_DATA
    let content = [UInt8](unsafeUninitializedCapacity: most) { target, filled in
      bytes.withUnsafeBytes { source in
        status = libdeflate_zlib_decompress(
          decompressor, source.baseAddress, source.count, target.baseAddress, most, &filled)
      }
      if status != LIBDEFLATE_SUCCESS { filled = 0 }
    }
    return status == LIBDEFLATE_SUCCESS ? content[...] : nil
  }

  private static func unshuffled(_ bytes: ArraySlice<UInt8>, _ size: Int) -> ArraySlice<UInt8> {
    let count = bytes.count / size
    guard size > 1, count > 1 else { return bytes }
    var result = Array(bytes)
    bytes.withUnsafeBufferPointer { source in
      result.withUnsafeMutableBufferPointer { target in
        for place in 0..<size {
          for index in 0..<count { target[index * size + place] = source[place * count + index] }
        }
      }
    }
    return result[...]
  }
}
