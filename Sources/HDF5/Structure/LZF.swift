/// Decompression of LZF (Marc Lehmann's LibLZF), the filter that h5py brings:
/// `write_h5ad(compression="lzf")` makes such files.
///
/// A control byte below 32 copies that many bytes and one more; any other copies from what was
/// written before: its upper three bits are the length less 2 (7: a further byte is added), its
/// lower five and the next byte the distance less 1.
enum LZF {
  /// The content, nil if the input is damaged or holds more than `most` bytes.
  static func decompressed(_ input: ArraySlice<UInt8>, most: Int) -> ArraySlice<UInt8>? {
    var output = [UInt8]()
    output.reserveCapacity(min(most, 64 * input.count))
    var read = input.startIndex
    while read < input.endIndex {
      let control = Int(input[read])
      read += 1
      if control < 32 {
        let length = control + 1
        guard length <= input.endIndex - read, length <= most - output.count else { return nil }
        output += input[read..<read + length]
        read += length
        continue
      }
      var length = control >> 5 + 2
      if length == 9 {
        guard read < input.endIndex else { return nil }
        length += Int(input[read])
        read += 1
      }
      guard read < input.endIndex else { return nil }
      let distance = (control & 31) << 8 + Int(input[read]) + 1
      read += 1
      guard distance <= output.count, length <= most - output.count else { return nil }
      // Byte by byte: the copy may overlap what it writes.
      for _ in 0..<length { output.append(output[output.count - distance]) }
    }
    return output[...]
  }
}
