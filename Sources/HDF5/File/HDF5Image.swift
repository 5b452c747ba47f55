/// The bytes of an HDF5 file, with the widths of numbers that its superblock states.
///
/// Reading is written here in Swift after the specification of the HDF Group ("HDF5 File Format
/// Specification Version 3.0"), without the C library: of 974 damaged files, version 1.10.8 of the
/// library ended the process in ten cases and did not return in ten more (docs/decisions/0024).
/// Every access is checked, every loop ends.
final class HDF5Image: Sendable {
  let bytes: [UInt8]
  /// Position that addresses count from: after the block for the user.
  let base: Int
  /// Bytes of an address.
  let offsetWidth: Int
  /// Bytes of a length.
  let lengthWidth: Int
  let limits: HDF5Limits

  init(bytes: [UInt8], base: Int, offsetWidth: Int, lengthWidth: Int, limits: HDF5Limits) {
    self.bytes = bytes
    self.base = base
    self.offsetWidth = offsetWidth
    self.lengthWidth = lengthWidth
    self.limits = limits
  }

  /// Size of the file in bytes.
  var byteCount: Int { bytes.count }

  /// The range of `count` bytes at an address.
  ///
  /// - Throws: `damaged` if it does not lie within the file.
  func range(at address: Int, count: Int, path: String) throws(HDF5Error) -> Range<Int> {
    let (start, overflow) = base.addingReportingOverflow(address)
    guard !overflow, address >= 0, count >= 0, start <= bytes.count, count <= bytes.count - start
    else {
      throw HDF5Error(
        .damaged, path: path, found: "a reference beyond the end of the file",
        expected: "\(count) bytes at \(address)")
    }
    return start..<start + count
  }
}
