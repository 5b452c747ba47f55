import LinearAlgebra
import Testing

@testable import Cohort

@Suite("Numbers in tables")
struct NumberReadingTests {
  /// Texts read as cells of one column; nil where they are missing.
  private func values(_ texts: [String], threads: Int = 1) throws -> [Double] {
    let rows = texts.enumerated().map { "p\($0.offset),\($0.element)" }.joined(separator: "\n")
    let cohort = try read(["m.csv": "s,f\n" + rows], labels: .ifPresent, threads: threads)
    return try cohort.modality("m").values.values
  }

  @Test("edge cases are correctly rounded")
  func edges() throws {
    let texts = [
      "0", "-0", "1", "+1.5", ".5", "5.", "1e5", "1E+05", "1e-5", "9007199254740993",
      "9007199254740992", "9007199254740991.5", "1e22", "1e23", "123456789012345678",
      "12345678901234567890", "0.1", "0.30000000000000004", "2.2250738585072014e-308", "5e-324",
      "1e-400", "1.7976931348623157e308", "0e999", "179769313486231570000000000000000000000e270",
      "0.000000000000000000000000000001234", "9999999999999999999e-27", "9999999999999999999e27",
      "1e-27", "3e27", "8.5e-23", "00000000000000000000001.25", "18446744073709551615e-19",
      "9223372036854775809e-5", "4503599627370497.5", "4503599627370496.5",
    ]
    // A cohort refuses numbers whose squares are infinite; how they are read is another matter.
    let isSquarable = { (text: String) in abs(Double(text) ?? 0) <= 1e150 }
    for text in texts {
      #expect(CellText.number(text)?.bitPattern == Double(text)?.bitPattern, "\(text)")
    }
    let moderate = texts.filter(isSquarable)
    #expect(moderate.count == texts.count - 2)
    for (text, value) in zip(moderate, try values(moderate)) {
      let expected = try #require(Double(text))
      #expect(value.bitPattern == expected.bitPattern, "\(text)")
    }
  }

  @Test("random numbers of all lengths equal the standard library's, bit by bit")
  func random() throws {
    var stream = RandomStreams(seed: 5).stream("numbers")
    var texts = [String]()
    for _ in 0..<20_000 {
      let any = "\(Double(bitPattern: stream.next() & 0x7fef_ffff_ffff_ffff))"
      #expect(CellText.number(any)?.bitPattern == Double(any)?.bitPattern)
      if abs(Double(any) ?? 0) <= 1e150 { texts.append(any) }
      texts.append("\(stream.uniform())")
      let digits = String(stream.next()).prefix(Int(stream.below(19)) + 1)
      texts.append("-\(digits)e\(Int(stream.below(60)) - 30)")
      texts.append("\(digits).\(stream.below(1_000_000_000))")
    }
    let read = try values(texts)
    #expect(zip(texts, read).allSatisfy { Double($0)?.bitPattern == $1.bitPattern })
    #expect(try values(texts, threads: 3) == read)
  }

  @Test(
    "what is not a number", arguments: ["-", "+", ".e1", "1e", "1e+", "--1", "1 2", "1_000", "e5"])
  func refused(_ text: String) {
    #expect(throws: CohortError.self) { try values([text]) }
  }

  @Test("chunks cut at row ends outside quotes only")
  func chunks() throws {
    var text = "s,f,\"g\n\"\n"
    for i in 0..<30_000 { text += i % 3 == 0 ? "\"p\n\(i)\",\"\(i)\",1\n" : "p\(i), \(i) ,\n\n" }
    let one = try read(["m.csv": text], labels: .ifPresent, threads: 1)
    let four = try read(["m.csv": text], labels: .ifPresent, threads: 4)
    #expect(one.table.patientCount == 30_000)
    #expect(one.table.patients == four.table.patients)
    let (a, b) = (try one.modality("m").values, try four.modality("m").values)
    #expect(zip(a.values, b.values).allSatisfy { $0.bitPattern == $1.bitPattern })
    #expect(a.column(0) == (0..<30_000).map(Double.init))
  }
}
