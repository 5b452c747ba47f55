/// How chunks of one shape cover a dataset.
struct ChunkGrid {
  /// Bytes of one chunk.
  let chunkBytes: Int
  /// Number of chunks along each dimension.
  let counts: [Int]
  private let chunk: [Int]

  /// Counts the chunks, and checks that all of them together are not larger than the file can hold.
  ///
  /// - Throws: `tooLarge`.
  init(
    _ shape: [Int], chunk: [Int], elementSize: Int, _ image: HDF5Image, _ path: String
  ) throws(HDF5Error) {
    let most = image.limits.most(stored: image.byteCount)
    var bytes = elementSize
    var total = elementSize
    var counts = [Int]()
    for (length, step) in zip(shape, chunk) {
      let count = length / step + (length % step == 0 ? 0 : 1)
      counts.append(count)
      let (chunkProduct, chunkOverflow) = bytes.multipliedReportingOverflow(by: step)
      let (padded, paddedOverflow) = count.multipliedReportingOverflow(by: step)
      let (product, overflow) = total.multipliedReportingOverflow(by: padded)
      guard !chunkOverflow, !paddedOverflow, !overflow, chunkProduct <= most, product <= most else {
        throw HDF5Error(
          .tooLarge, path: path, found: "chunks of \(chunk) in an array of \(shape)")
      }
      bytes = chunkProduct
      total = product
    }
    chunkBytes = bytes
    self.counts = counts
    self.chunk = chunk
  }

  /// Number of chunks.
  var chunkCount: Int { counts.reduce(1, *) }

  /// Positions of the first value of each chunk, in the order of storage.
  var offsets: [[Int]] {
    guard !counts.contains(0) else { return [] }
    var result = [[Int]]()
    var position = counts.map { _ in 0 }
    while true {
      result.append(zip(position, chunk).map { $0 * $1 })
      var dimension = counts.count - 1
      while dimension >= 0 {
        position[dimension] += 1
        if position[dimension] < counts[dimension] { break }
        position[dimension] = 0
        dimension -= 1
      }
      if dimension < 0 { return result }
    }
  }
}
