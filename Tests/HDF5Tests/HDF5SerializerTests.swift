import HDF5
import Testing

@Suite struct HDF5SerializerTests {
  private static let item = HDF5Item.group(
    [
      (
        "obs",
        .group(
          [
            ("age", .dataset(.numbers([0.1, .nan, -3], shape: [3]), attributes: [])),
            ("site", .dataset(.texts(["Köln", "", "x"]), attributes: [("note", .text("a b"))])),
            ("smoker", .dataset(.booleans([true, false, true]), attributes: [])),
          ], attributes: [("_index", .text("site")), ("order", .texts(["age", "site"]))])
      ),
      ("codes", .dataset(.codes([-1, 0, 7]), attributes: [])),
      ("empty", .dataset(.texts([]), attributes: [])),
      ("map", .dataset(.positions([1, 0, 4_000_000_000]), attributes: [])),
      ("table", .dataset(.numbers([1, 2, 3, 4, 5, 6], shape: [2, 3]), attributes: [])),
      ("whole", .dataset(.integers([.min, .max]), attributes: [])),
    ], attributes: [("axis", .integer(0)), ("ordered", .boolean(true))])

  @Test(arguments: [0, 100])
  func whatIsWrittenIsReadAgain(_ blockSize: Int) throws {
    let bytes = HDF5Serializer.bytes(
      of: Self.item, userBlock: [UInt8](repeating: 0x4d, count: blockSize))
    let root = try HDF5File(bytes).root
    #expect(root.names == ["codes", "empty", "map", "obs", "table", "whole"])
    #expect(try root.attributes.integers("axis") == [0])
    #expect(try root.attributes.values("ordered")?.booleans() == [true])
    let obs = try root.requiredGroup("obs")
    let age = try obs.requiredDataset("age").values.numbers()
    #expect(age[0] == 0.1 && age[1].isNaN && age[2] == -3)
    #expect(try obs.requiredDataset("site").values.texts() == ["Köln", "", "x"])
    #expect(try obs.requiredDataset("site").attributes.text("note") == "a b")
    #expect(try obs.requiredDataset("smoker").values.booleans() == [true, false, true])
    #expect(try obs.attributes.texts("order") == ["age", "site"])
    #expect(try root.requiredDataset("codes").values.integers() == [-1, 0, 7])
    #expect(try root.requiredDataset("empty").values.texts() == [])
    #expect(try root.requiredDataset("map").values.integers() == [1, 0, 4_000_000_000])
    #expect(try root.requiredDataset("table").matrix().row(1) == [4, 5, 6])
    #expect(try root.requiredDataset("whole").values.integers() == [.min, .max])
  }

  @Test func manyTextsTakeSeveralCollections() throws {
    let texts = (0..<70_000).map { "text \($0)" }
    let bytes = HDF5Serializer.bytes(
      of: .group([("t", .dataset(.texts(texts), attributes: []))], attributes: []))
    #expect(try HDF5File(bytes).root.requiredDataset("t").values.texts() == texts)
  }

  @Test func equalContentMakesEqualBytes() {
    #expect(HDF5Serializer.bytes(of: Self.item) == HDF5Serializer.bytes(of: Self.item))
  }
}
