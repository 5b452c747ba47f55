import Cohort
import LinearAlgebra
import Testing

@Suite("Values that are probably not what was meant")
struct ValueDoubtTests {
  private func files(_ values: (Int) -> String, age: (Int) -> String = { "\(40 + $0)" }) -> Files {
    var labels = "sample,label\n"
    var table = "sample,x,y\n"
    var clinical = "sample,age\n"
    for i in 0..<30 {
      labels += "P\(i),\(i % 2 == 0 ? "A" : "B")\n"
      table += "P\(i),\(values(i)),\(i % 7)\n"
      clinical += "P\(i),\(age(i))\n"
    }
    return ["labels.csv": labels, "m.csv": table, "clinical.csv": clinical]
  }

  private func warnings(_ files: Files) throws -> [CohortNotice] {
    try read(files).notices.filter { $0.severity == .warning }
  }

  @Test("numbers that mean a missing value are counted, also where noise was added")
  func sentinels() throws {
    let notices = try warnings(files { $0 % 10 == 0 ? "-999.0000\($0)" : "\(Double($0) / 3)" })
    let notice = try #require(notices.first { $0.code == "sentinel-numbers" })
    #expect(notice.place == "m" && notice.message.contains("3 cells hold -999 in 1 feature (x)"))
    #expect(notice.remedy?.contains("missing: ['-999']") == true)
  }

  @Test(
    "a sentinel once, within the range, or of a wide range is a measurement",
    arguments: [
      { $0 == 3 ? "-999" : "\($0)" }, { "\(-1010 + 10 * $0 / 3)" },
      { $0 % 9 == 0 ? "9999" : "\($0 * 4000)" }, { $0 % 2 == 0 ? "-99" : "0" },
    ] as [@Sendable (Int) -> String])
  func measured(_ values: @Sendable (Int) -> String) throws {
    #expect(try warnings(files(values)).isEmpty)
  }

  @Test("a sentinel in a covariate")
  func covariate() throws {
    let notices = try warnings(files({ "\($0)" }, age: { $0 % 8 == 0 ? "-9999" : "\(40 + $0)" }))
    #expect(notices.map(\.code) == ["sentinel-numbers"] && notices[0].place == "age")
  }

  @Test("a column of numbers that is categorical because of a few texts")
  func mixedAges() throws {
    let notices = try warnings(files({ "\($0)" }, age: { $0 == 4 ? ">90" : "\(40 + $0)" }))
    let notice = try #require(notices.first)
    #expect(notice.code == "numbers-as-categories" && notice.place == "age")
    #expect(notice.message.contains("29 of 30 values are numbers, but '>90' (1) is not"))
    #expect(notice.remedy?.contains("missing: ['>90']") == true)
    // Stages 1 to 4 and X are categories.
    #expect(
      try warnings(files({ "\($0)" }, age: { $0 == 4 ? "X" : "\(1 + $0 % 4)" })).isEmpty)
  }

  @Test(
    "a number whose square is infinite is refused with its column",
    arguments: ["1.7e308", "-1.7e308", "2e150"])
  func wild(_ value: String) throws {
    let error = try #require(failure(files { $0 == 5 ? value : "\($0)" }))
    #expect(error.code == .infiniteValue && error.exitCode == 65)
    #expect(error.columnName == "x" && error.patient == "P5" && error.modality == "m")
    let covariate = try #require(failure(files({ "\($0)" }, age: { $0 == 2 ? value : "\($0)" })))
    #expect(covariate.columnName == "age" && covariate.patient == "P2")
    #expect(try warnings(files { $0 == 5 ? "9e149" : "\($0)" }).isEmpty)
  }
}
