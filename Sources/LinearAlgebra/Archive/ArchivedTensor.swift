/// A named array of doubles: a vector (one dimension) or a matrix (two, row by row).
public struct ArchivedTensor: Sendable {
  /// Name, unique in its archive; parts are joined by `/`.
  public let name: String
  /// Extent of each dimension.
  public let shape: [Int]
  /// All entries, the last dimension fastest.
  public let values: [Double]

  /// A tensor; its shape must hold its values.
  public init(name: String, shape: [Int], values: [Double]) {
    precondition(shape.reduce(1, *) == values.count, "the shape must hold the values")
    self.name = name
    self.shape = shape
    self.values = values
  }
}

/// Doubles as bytes, little end first, as safetensors hold them.
public enum LittleEndianDoubles {
  /// Bytes of each double.
  public static let width = 8

  /// Bytes of values; every bit is kept.
  public static func bytes(of values: [Double]) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: values.count * width) { target, filled in
      for (index, value) in values.enumerated() {
        withUnsafeBytes(of: value.bitPattern.littleEndian) { source in
          for k in 0..<width { target[index * width + k] = source[k] }
        }
      }
      filled = values.count * width
    }
  }

  /// Values of bytes, whose number must be a multiple of ``width``.
  public static func values(of bytes: ArraySlice<UInt8>) -> [Double] {
    precondition(bytes.count % width == 0, "whole doubles only")
    let count = bytes.count / width
    return bytes.withUnsafeBytes { source in
      [Double](unsafeUninitializedCapacity: count) { target, filled in
        for index in 0..<count {
          let word = source.loadUnaligned(fromByteOffset: index * width, as: UInt64.self)
          target[index] = Double(bitPattern: UInt64(littleEndian: word))
        }
        filled = count
      }
    }
  }
}
