import Cohort
import Testing

@Suite("Digest, nearest names, filters")
struct SmallPartsTests {
  @Test("SHA-256 of the standard's examples")
  func sha256() {
    func digest(_ text: String) -> String { SHA256.hexadecimal(of: Array(text.utf8)) }
    #expect(digest("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect(digest("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(
      digest("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")
        == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")
    #expect(
      SHA256.hexadecimal(of: Array(repeating: UInt8(ascii: "a"), count: 1_000_000))
        == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  @Test("SHA-256 in pieces equals the whole")
  func pieces() {
    let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    for size in [1, 3, 55, 56, 63, 64, 65, 200] {
      var digest = SHA256()
      for start in stride(from: 0, to: bytes.count, by: size) {
        digest.update(Array(bytes[start..<min(start + size, bytes.count)]))
      }
      #expect(digest.hexadecimal() == SHA256.hexadecimal(of: bytes))
      var portable = SHA256(portable: true)
      portable.update(Array(bytes.prefix(size)))
      portable.update(Array(bytes.dropFirst(size)))
      #expect(portable.hexadecimal() == SHA256.hexadecimal(of: bytes))
    }
  }

  @Test("edit distance and nearest names")
  func nearest() {
    #expect(editDistance(Array("kitten"), Array("sitting")) == 3)
    #expect(editDistance(Array("mrna"), Array("mnra")) == 1)
    #expect(editDistance(Array(""), Array("abc")) == 3)
    #expect(nearestName(to: "mrma", among: ["cnv", "mrna", "rppa"]) == "mrna")
    #expect(nearestName(to: "LABEL", among: ["label"]) == "label")
    #expect(nearestName(to: "xyz", among: ["cnv", "mrna"]) == nil)
    #expect(nearestName(to: "a", among: ["b"]) == nil)
    #expect(nearestName(to: "mrna", among: []) == nil)
  }

  @Test("filters are read and written")
  func filters() throws {
    let keep = try WhereFilter(parsing: "stage=I, II")
    #expect(keep == WhereFilter(column: "stage", values: ["I", "II"]))
    #expect(keep.description == "stage=I,II")
    let drop = try WhereFilter(parsing: "stage != IV=x")
    #expect(drop == WhereFilter(column: "stage", values: ["IV=x"], excludes: true))
    #expect(keep.keeps("II") && !keep.keeps("III") && !keep.keeps(nil))
    #expect(drop.keeps(nil) && !drop.keeps("IV=x"))
    #expect(throws: CohortError.self) { try WhereFilter(parsing: "stage") }
  }

  @Test("sources by name")
  func sources() {
    #expect(CohortSource("demo:acc") == .embedded("acc"))
    #expect(CohortSource("data/acc") == .folder("data/acc"))
  }
}
