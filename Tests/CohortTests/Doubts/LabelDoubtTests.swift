import Cohort
import Testing

/// A cohort of one assay with these labels in order.
private func files(_ labels: [String]) -> Files {
  var table = "sample,label\n"
  var values = "sample,x,y\n"
  for (i, label) in labels.enumerated() {
    table += "P\(i),\(label)\n"
    values += "P\(i),\(i * i % 7),\(i % 5)\n"
  }
  return ["labels.csv": table, "m.csv": values]
}

private func cycled(_ names: [String], _ count: Int) -> [String] {
  (0..<count).map { names[$0 % names.count] }
}

@Suite("Labels that are probably not the classes that were meant")
struct LabelDoubtTests {
  private func codes(_ labels: [String]) throws -> [String] {
    try read(files(labels)).notices.filter { $0.severity == .warning }.map(\.code)
  }

  @Test("distinct decimals are refused, with what to do")
  func decimals() throws {
    let labels = (0..<45).map { "\(Double($0) * 0.37 - 2)" }
    let error = try #require(failure(files(labels)))
    #expect(error.code == .numericLabel && error.exitCode == 65)
    #expect(error.columnName == "label")
    #expect(error.found?.contains("the label looks like a number") == true)
    #expect(error.remedy?.contains("--label") == true)
    let inspected = try read(files(labels), labels: .ifPresent)
    #expect(inspected.notices.contains { $0.code == "numeric-label" })
  }

  @Test("distinct whole numbers, and numbers with a text among twenty, are refused")
  func integers() throws {
    #expect(failure(files((0..<45).map(String.init)))?.code == .numericLabel)
    let labels = (0..<39).map { "\(Double($0) + 0.5)" } + ["x"]
    #expect(failure(files(labels))?.code == .numericLabel)
  }

  @Test("whole numbers of more values than √n that patients share are warned of")
  func ages() throws {
    let ages = cycled((50...61).map(String.init), 48)
    let notice = try #require(try read(files(ages)).notices.first { $0.code == "numeric-label" })
    #expect(notice.message.contains("label looks like a number") && notice.place == "label")
    #expect(try codes(cycled(["0.5", "1.5"], 40)) == ["numeric-label"])
  }

  @Test(
    "few whole numbers and names are classes without a word",
    arguments: [
      ["0", "1"], ["1", "2", "3", "4"], ["-1", "0", "1"], ["0.0", "1.0"], ["a", "b"],
      ["T1", "T2", "T3"], ["ER+", "ER-"], ["A-1", "A-2"], ["1e3", "1e4"], ["grade 1", "grade 2"],
    ])
  func classes(_ names: [String]) throws {
    #expect(try codes(cycled(names, 40)).isEmpty)
  }

  @Test(
    "near-equal names, with the line to write",
    arguments: [
      (["A", "A", "a", "B"], "classes: {a: A}"), (["0", "0", "0.0", "1"], "classes: {'0.0': '0'}"),
      (["Stage-I", "Stage-I", "stage i", "B"], "classes: {'stage i': 'Stage-I'}"),
      (["LumA", "LumA", "lum_a", "x"], nil), (["x_1", "x_1", "x-1", "y"], "classes: {'x-1': x_1}"),
      (["1", "1", "1e0", "2"], "classes: {'1e0': '1'}"), (["it's", "it's", "IT'S", "b"], "''"),
    ] as [([String], String?)])
  func nearEqual(_ names: [String], line: String?) throws {
    let notices = try read(files(cycled(names, 48))).notices
    let notice = notices.first { $0.code == "near-equal-classes" }
    #expect((notice != nil) == (line != nil))
    if let line { #expect(notice?.remedy?.contains(line) == true) }
  }

  @Test(
    "names that mean a missing value, with the line to write",
    arguments: [
      "N/A", "#N/A", "NULL", "None", "[Not Available]", "[Not Applicable]", "[Unknown]",
      "[Not Evaluated]", "'--", "Unknown", "not reported", "-999", "?", "-", "n/a", "unknown",
      "--", "Missing",
    ])
  func missing(_ name: String) throws {
    let cohort = try read(files(cycled(["A", "B", name], 48)))
    guard cohort.nominalOutcome?.classes.contains(name) == true else {
      // The reader takes it for a missing value by itself.
      #expect(cohort.nominalOutcome?.classes == ["A", "B"])
      return
    }
    let notice = try #require(cohort.notices.first { $0.code == "missing-as-class" })
    #expect(notice.message.contains("(16)"))
    #expect(notice.remedy?.contains("missing: [") == true)
  }
}
