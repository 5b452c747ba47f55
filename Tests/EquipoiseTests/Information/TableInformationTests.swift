import Cohort
import Equipoise
import Foundation
import LinearAlgebra
import MutualInformation
import Testing

@Suite struct TableInformationTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "mi-\(UUID())")

  private func file(_ name: String, _ columns: [[Double?]], names: [String]) throws -> String {
    var text = "sample," + names.joined(separator: ",") + "\n"
    for i in columns[0].indices {
      let cells = columns.map { $0[i].map { "\($0)" } ?? "NA" }
      text += "P\(i),\(cells.joined(separator: ","))\n"
    }
    return try file(name, text)
  }

  private func file(_ name: String, _ text: String) throws -> String {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let url = folder.appending(path: name)
    try Data(text.utf8).write(to: url)
    return url.path(percentEncoded: false)
  }

  private func labels(_ classes: [Int]) throws -> String {
    try file(
      "labels.csv",
      "sample,label\n"
        + classes.enumerated().map { "P\($0.offset),\($0.element < 0 ? "" : "c\($0.element)")\n" }
        .joined())
  }

  private func columns(_ count: Int, rows: Int) -> [[Double]] {
    var stream = RandomStream(seed: 7, name: "columns")
    return (0..<count).map { _ in (0..<rows).map { _ in stream.normal() } }
  }

  @Test func equalsTheEstimatorOnTheCompleteRows() throws {
    var data = columns(2, rows: 60).map { $0.map { Optional($0) } }
    data[0][5] = nil
    let x = try file("x.csv", data, names: ["a", "b"])
    let y = try file("y.csv", columns(1, rows: 60), names: ["c"])
    let pair = try PairedTables(x: x, with: .numbers(path: y))
    var options = InformationOptions(estimator: "ksg1", standardizes: false)
    let record = try TableInformation(pair, options: options).joint()
    let rows = (0..<60).filter { $0 != 5 }
    let left = Matrix(
      rows: 59, columns: 2, values: rows.flatMap { row in data.map { $0[row] ?? .nan } })
    let right = Matrix(
      rows: 59, columns: 1, values: rows.map { columns(1, rows: 60)[0][$0] })
    #expect(record.estimate == (try ksgInformation(left, right)))
    #expect((record.n, record.dimensionX, record.dimensionY) == (59, 2, 1))
    #expect(record.estimator == "ksg1" && record.p == nil)
    #expect(record.warnings.contains("left out: 1 sample with missing cells"))
    options.permutations = 19
    let tested = try TableInformation(pair, options: options, threads: 2).joint()
    #expect(tested.estimate == record.estimate)
    #expect(tested.p.map { $0 * 20 == ($0 * 20).rounded() && $0 > 0 && $0 <= 1 } == true)
  }

  @Test func eachColumnEqualsTheColumnAlone() throws {
    let classes = (0..<50).map { $0 % 5 == 4 ? -1 : $0 % 3 }
    var data = columns(3, rows: 50).map { $0.map { Optional($0) } }
    data[0] = data[0].enumerated().map { i, value in (value ?? 0) + Double(max(classes[i], 0)) }
    data[1][7] = nil
    data.append((0..<50).map { Double($0 % 2) })
    data.append([Double?](repeating: 1, count: 50))
    data.append([Double?](repeating: nil, count: 50))
    let names = ["shifted", "gappy", "noise", "binary", "constant", "void"]
    let x = try file("x.csv", data, names: names)
    let label = try labels(classes)
    for name in ["auto", "ross", "mixed"] {
      let options = InformationOptions(estimator: name)
      let record = try TableInformation(
        PairedTables(x: x, with: .labels(path: label, column: nil)), options: options, threads: 2
      ).eachColumn()
      #expect(record.columns.map(\.name) == names)
      #expect(record.n == 40)
      for (index, column) in record.columns.prefix(4).enumerated() {
        let alone = try file("alone.csv", [data[index]], names: [column.name])
        let joint = try TableInformation(
          PairedTables(x: alone, with: .labels(path: label, column: nil)), options: options
        ).joint()
        // Another order of the same sum.
        #expect(abs((column.estimate ?? .nan) - joint.estimate) < 1e-12, "\(name) \(column)")
        #expect(column.n == joint.n && column.estimator == joint.estimator)
      }
      #expect(record.columns[1].n == 39)
      #expect(record.columns[4].estimate == 0)
      #expect(record.columns[5].estimate == nil && record.columns[5].n == 0)
    }
  }

  @Test func refusals() throws {
    let x = try file("x.csv", columns(2, rows: 20), names: ["a", "b"])
    func code(_ classes: [Int], x path: String? = nil) -> CohortError.Code? {
      do {
        let pair = try PairedTables(
          x: path ?? x, with: .labels(path: try labels(classes), column: nil))
        _ = try TableInformation(pair).joint()
        return nil
      } catch { return (error as? CohortError)?.code }
    }
    let two = (0..<20).map { $0 % 2 }
    #expect(code([Int](repeating: 0, count: 20)) == .oneClass)
    #expect(code([Int](repeating: -1, count: 20)) == .noLabelledPatient)
    let constant = try file("c.csv", [[Double](repeating: 3, count: 20)], names: ["a"])
    #expect(code(two, x: constant) == .constantTable)
    let gaps = (0..<20).map { $0 % 2 == 0 ? Optional(1.5) : nil }
    let others = (0..<20).map { $0 % 2 == 1 ? Optional(Double($0)) : nil }
    #expect(code(two, x: try file("g.csv", [gaps, others], names: ["a", "b"])) == .noCompleteRow)
    #expect(code(two) == nil)
  }

  @Test func optionsAreChecked() throws {
    func code(_ options: InformationOptions) -> MutualInformationError? {
      do {
        try options.check()
        return nil
      } catch { return error }
    }
    #expect(code(InformationOptions()) == nil)
    #expect(code(InformationOptions(estimator: "kgs1"))?.remedy == "did you mean ksg1?")
    #expect(code(InformationOptions(neighbors: 0))?.code == .optionOutOfRange)
    #expect(code(InformationOptions(permutations: -1))?.code == .optionOutOfRange)
    #expect(code(InformationOptions(confidence: 1))?.code == .optionOutOfRange)
    #expect(code(InformationOptions(confidence: .nan))?.code == .optionOutOfRange)
  }
}
