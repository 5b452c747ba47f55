import LinearAlgebra

/// NumPy's `.npy` format, version 1.0: how matrices leave for other programs.
public enum NumPyFile {
  /// The bytes of a matrix as little-endian float64 in C order (row by row).
  public static func bytes(_ matrix: Matrix) -> [UInt8] {
    let description =
      "{'descr': '<f8', 'fortran_order': False, "
      + "'shape': (\(matrix.rowCount), \(matrix.columnCount)), }"
    let preamble: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0]
    // Magic, version, length, text and a line feed fill a multiple of 64 bytes.
    let unpadded = preamble.count + 2 + description.utf8.count + 1
    let padding = (64 - unpadded % 64) % 64
    let length = UInt16(description.utf8.count + padding + 1)
    var result = preamble
    result.reserveCapacity(unpadded + padding + 8 * matrix.values.count)
    result.append(UInt8(length & 0xFF))
    result.append(UInt8(length >> 8))
    result.append(contentsOf: description.utf8)
    result.append(contentsOf: repeatElement(UInt8(ascii: " "), count: padding))
    result.append(UInt8(ascii: "\n"))
    for value in matrix.values {
      withUnsafeBytes(of: value.bitPattern.littleEndian) { result.append(contentsOf: $0) }
    }
    return result
  }
}
