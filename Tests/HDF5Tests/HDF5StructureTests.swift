import Testing

@testable import HDF5

/// Parts of the format, and files that claim more than they hold.
@Suite struct HDF5StructureTests {
  /// The value that lookup3.c names for this text.
  @Test func checksum() {
    #expect(Lookup3.checksum(Array("Four score and seven years ago".utf8)) == 0x1777_0551)
    #expect(Lookup3.checksum([]) == 0xdead_beef)
  }

  @Test func lzf() {
    // Three letters, then three letters from three places before.
    let input: [UInt8] = [2, 97, 98, 99, 0x20, 2]
    #expect(LZF.decompressed(input[...], most: 6).map { Array($0) } == Array("abcabc".utf8))
    #expect(LZF.decompressed(input[...], most: 5) == nil)
    #expect(LZF.decompressed(input.dropLast(), most: 6) == nil)
    // A distance beyond the beginning.
    #expect(LZF.decompressed([0, 97, 0x20, 9], most: 100) == nil)
  }

  /// A table of 3 × 2 whose first length is replaced.
  private func table(rows: UInt64) -> [UInt8] {
    let item = HDF5Item.group(
      [("x", .dataset(.numbers([1, 2, 3, 4, 5, 6], shape: [3, 2]), attributes: []))],
      attributes: [])
    var bytes = HDF5Serializer.bytes(of: item)
    let shape: [UInt8] = [2, 2, 0, 1, 3, 0, 0, 0, 0, 0, 0, 0]
    for start in 0..<bytes.count - shape.count where Array(bytes[start..<start + 12]) == shape {
      for offset in 0..<8 {
        bytes[start + 4 + offset] = UInt8(truncatingIfNeeded: rows >> UInt64(8 * offset))
      }
    }
    return bytes
  }

  @Test(arguments: [(1 << 40) as UInt64, 1 << 62, .max >> 1])
  func aClaimBeyondTheFileIsRefused(rows: UInt64) throws {
    let root = try HDF5File(table(rows: rows)).root
    let error = #expect(throws: HDF5Error.self) { try root.requiredDataset("x") }
    #expect(error?.code == .tooLarge)
    #expect(error?.path == "/x")
  }

  @Test func fewerBytesThanValuesAreDamage() throws {
    let root = try HDF5File(table(rows: 4)).root
    let error = #expect(throws: HDF5Error.self) { try root.requiredDataset("x") }
    #expect(error?.code == .damaged)
  }

  @Test func everyCutEndsInAnError() throws {
    let bytes = table(rows: 3)
    #expect(try HDF5File(bytes).root.requiredDataset("x").values.numbers().count == 6)
    // The last four bytes are a checksum, which is written for others and not compared.
    for length in 0..<bytes.count - 4 {
      #expect(throws: HDF5Error.self) {
        try HDF5File(Array(bytes.prefix(length))).root.requiredDataset("x").values.numbers()
      }
    }
  }
}
