import Cohort
import Testing

@Suite("Filters")
struct WhereFilterTests {
  private func filter(_ text: String) throws -> WhereFilter { try WhereFilter(parsing: text) }

  @Test(
    "values and columns in quotes as in CSV",
    arguments: [
      ("label!=\"Stage I, early\"", "label", ["Stage I, early"], true),
      ("label=\"a,b\",c, \"d \"", "label", ["a,b", "c", "d "], false),
      ("\"a=b\"=x", "a=b", ["x"], false), ("x=\"say \"\"no\"\"\"", "x", ["say \"no\""], false),
      ("x=5\" pipe,6", "x", ["5\" pipe", "6"], false), (" x != a , b ", "x", ["a", "b"], true),
      ("x=", "x", [""], false), ("x=a,,b", "x", ["a", "", "b"], false),
      ("x=a=b", "x", ["a=b"], false),
      ("x=\"\"", "x", [""], false), ("why!=!", "why", ["!"], true), ("x=a|b", "x", ["a|b"], false),
    ])
  func parsed(_ text: String, column: String, values: [String], excludes: Bool) throws {
    let filter = try filter(text)
    #expect(filter.column == column && filter.values == values && filter.excludes == excludes)
    #expect(try self.filter(filter.description) == filter)
  }

  @Test(
    "what is no filter", arguments: ["", "x", "=a", "!=a", "x=\"a", "x=\"a\"b", "\"x\"a=b", "x!a"])
  func refused(_ text: String) {
    let error = #expect(throws: CohortError.self) { try filter(text) }
    #expect(error?.code == .badFilter && error?.exitCode == 64)
  }

  @Test("the filter that an error advises is one that a shell and the parser take")
  func advised() throws {
    var labels = "sample,label\nP0,\"Stage I, early\"\n"
    var values = "sample,x\nP0,1\n"
    for i in 1..<9 {
      labels += "P\(i),\(i % 2 == 0 ? "it's" : "b")\n"
      values += "P\(i),\(i)\n"
    }
    let files = ["labels.csv": labels, "m.csv": values]
    let cohort = try read(files)
    let error = #expect(throws: CohortError.self) { try cohort.validateForLearning() }
    #expect(error?.remedy?.contains("--where 'label!=\"Stage I, early\"'") == true)
    let filtered = try read(files, where: ["label!=\"Stage I, early\""])
    #expect(filtered.table.patientCount == 8)
    try filtered.validateForLearning()
  }
}
