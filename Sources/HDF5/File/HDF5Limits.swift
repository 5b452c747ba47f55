/// What a file may make its reader allocate.
package struct HDF5Limits: Equatable, Sendable {
  /// Most bytes of one dataset in memory.
  package var maximumBytes: Int
  /// Most bytes of a dataset in memory for each byte that it takes in the file. Deflate cannot
  /// expand by more than 1,032.
  package var maximumExpansion: Int

  /// Limits; by default 8 GiB and 1,040.
  package init(maximumBytes: Int = 8 << 30, maximumExpansion: Int = 1040) {
    self.maximumBytes = maximumBytes
    self.maximumExpansion = maximumExpansion
  }

  /// Most bytes for content that takes `stored` bytes in the file; 64 KiB are always allowed, since
  /// what was never written is not stored and reads as its fill value.
  func most(stored: Int) -> Int {
    let (expanded, overflow) = max(0, stored).multipliedReportingOverflow(by: maximumExpansion)
    return overflow ? maximumBytes : min(maximumBytes, expanded + 1 << 16)
  }
}
