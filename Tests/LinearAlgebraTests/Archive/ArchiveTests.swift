import LinearAlgebra
import Testing

@Suite struct ArchiveTests {
  private func written() -> ArchiveWriter {
    var writer = ArchiveWriter()
    writer.scoped("a") { part in
      part.write(
        "matrix",
        Matrix(rows: 2, columns: 2, values: [1, -0.0, .nan, Double.leastNonzeroMagnitude]))
      part.write("vector", [1.5, 2.5, 3.5])
      part.write("whole", integers: [0, 3, 2])
      part.write("texts", texts: ["x", "ü|,\n"])
    }
    writer.scoped("b") { $0.write("vector", [1.5, 2.5, 3.5]) }
    return writer
  }

  @Test func readsWhatWasWrittenToTheBit() throws {
    let reader = ArchiveReader(MemoryArchive(written())).scoped("a")
    let matrix = try reader.matrix("matrix", rows: 2, columns: 2, allowsMissing: true)
    let bits = matrix.values.map(\.bitPattern)
    #expect(bits == [1, -0.0, Double.nan, Double.leastNonzeroMagnitude].map(\.bitPattern))
    #expect(try reader.vector("vector") == [1.5, 2.5, 3.5])
    #expect(try reader.integers("whole", count: 3, in: 0..<4) == [0, 3, 2])
    #expect(try reader.texts("texts") == ["x", "ü|,\n"])
    #expect(reader.hasTexts("texts") && !reader.hasTexts("vector"))
  }

  @Test func equalTensorsAreKeptOnce() throws {
    let writer = written()
    #expect(writer.tensors.map(\.name) == ["a/matrix", "a/vector", "a/whole"])
    #expect(writer.aliases == ["b/vector": "a/vector"])
    #expect(writer.byteCount == 8 * 10)
    let reader = ArchiveReader(MemoryArchive(writer))
    #expect(try reader.scoped("b").vector("vector") == [1.5, 2.5, 3.5])
    #expect(reader.hasScope("b") && !reader.hasScope("c"))
  }

  @Test func zeroAndMinusZeroStayApart() {
    var writer = ArchiveWriter()
    writer.write("plus", [0.0])
    writer.write("minus", [-0.0])
    writer.write("column", Matrix(rows: 1, columns: 1, values: [0]))
    #expect(writer.tensors.count == 3)
  }

  @Test func whatCannotBeSoIsRefused() {
    let reader = ArchiveReader(MemoryArchive(written())).scoped("a")
    func code(_ read: () throws(ArchiveError) -> Void) -> ArchiveError.Code? {
      do throws(ArchiveError) {
        try read()
        return nil
      } catch {
        #expect(error.location.hasPrefix("a/"))
        return error.code
      }
    }
    #expect(code { () throws(ArchiveError) in _ = try reader.vector("none") } == .missingPart)
    #expect(code { () throws(ArchiveError) in _ = try reader.texts("vector") } == .missingPart)
    #expect(code { () throws(ArchiveError) in _ = try reader.matrix("vector") } == .wrongShape)
    #expect(code { () throws(ArchiveError) in _ = try reader.vector("matrix") } == .wrongShape)
    #expect(
      code { () throws(ArchiveError) in _ = try reader.matrix("matrix", rows: 3) } == .wrongShape)
    #expect(code { () throws(ArchiveError) in _ = try reader.matrix("matrix") } == .badValue)
    #expect(
      code { () throws(ArchiveError) in _ = try reader.vector("vector", count: 2) } == .wrongShape)
    #expect(
      code { () throws(ArchiveError) in _ = try reader.integers("vector", in: 0..<9) } == .badValue)
    #expect(
      code { () throws(ArchiveError) in _ = try reader.integers("whole", in: 0..<3) } == .badValue)
    #expect(
      code { () throws(ArchiveError) in
        _ = try reader.ascendingIntegers("whole", in: 0..<4)
      } == .badValue)
    #expect(code { () throws(ArchiveError) in _ = try reader.number("vector") } == .wrongShape)
    #expect(
      code { () throws(ArchiveError) in _ = try reader.texts("texts", count: 1) } == .wrongShape)
  }

  @Test func bytesKeepEveryBit() {
    let values = [0.1, -0.0, .infinity, Double(bitPattern: 0x7ff8_dead_beef_0001)]
    let bytes = LittleEndianDoubles.bytes(of: values)
    #expect(bytes.count == 32)
    #expect(Array(bytes[0..<8]) == [0x9a, 0x99, 0x99, 0x99, 0x99, 0x99, 0xb9, 0x3f])
    let shifted = ([7] + bytes)[1...]
    #expect(
      LittleEndianDoubles.values(of: shifted).map(\.bitPattern) == values.map(\.bitPattern))
  }
}
