import ArgumentParser
import Dispatch
import Foundation
import LinearAlgebra
import MutualInformation

/// Estimates of a folder of tasks with their times, for `Benchmarks/mutual-information`.
///
/// `tasks.csv` names the tasks: `task,rows,columns_x,columns_y`; each has a file `<task>.f64` of
/// little-endian doubles, row after row, x before y. Where `columns_y` is 0, y is one more number, a
/// class.
struct EstimateStudy: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "estimate-tasks", abstract: "Estimates and times of a folder of tasks.")

  @Argument(help: "Folder with tasks.csv.") var folder: String
  @Option(help: "Estimators.") var estimators = ["auto"]
  @Option(help: "Neighbors; 3, and 5 under auto, by default.") var neighbors: Int?
  @Option(help: "Threads.") var threads = 1
  @Option(help: "Runs of which the median time counts.") var runs = 1
  @Flag(help: "One estimate for each column of x.") var each = false

  func run() throws {
    let base = URL(fileURLWithPath: folder, isDirectory: true)
    let list = try String(contentsOf: base.appendingPathComponent("tasks.csv"), encoding: .utf8)
    print("task,estimator,chosen,nats,seconds,reason")
    for line in list.split(whereSeparator: \.isNewline).dropFirst() {
      let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      guard cells.count == 4, let rows = Int(cells[1]), let left = Int(cells[2]),
        let right = Int(cells[3])
      else { throw ValidationError("tasks.csv: \(line)") }
      let (x, y) = try Self.variables(
        base.appendingPathComponent("\(cells[0]).f64"), rows: rows, columns: (left, right))
      for name in estimators { try tell(cells[0], name, x, y) }
    }
  }

  private func tell(_ task: String, _ name: String, _ x: Variable, _ y: Variable) throws {
    let options = EstimatorOptions(neighbors: neighbors, threads: threads)
    guard let estimator = MutualInformationRegistry.estimator(named: name, options: options) else {
      throw ValidationError("there is no estimator \(name)")
    }
    if each { return try tellColumns(task, x, y) }
    // An estimator that does not take such variables has no line.
    guard isTaken(x, y, by: name) else { return }
    var result = InformationEstimate(information: .nan, estimator: name)
    var times = [UInt64]()
    for _ in 0..<runs {
      let start = DispatchTime.now().uptimeNanoseconds
      result = try estimator.estimate(x, y)
      times.append(DispatchTime.now().uptimeNanoseconds - start)
    }
    let reason = (result.reason ?? "").replacingOccurrences(of: ",", with: ";")
    print(
      "\(task),\(name),\(result.estimator),\(result.information),\(Self.median(times)),\(reason)")
  }

  private func isTaken(_ x: Variable, _ y: Variable, by name: String) -> Bool {
    switch (x, y) {
    case (.numbers, .numbers): !["ross", "discrete", "classifier"].contains(name)
    default: ["auto", "ross", "mixed", "classifier"].contains(name)
    }
  }

  /// Label scores of all columns at once, one line each; the time is that of all.
  private func tellColumns(_ task: String, _ x: Variable, _ y: Variable) throws {
    guard case .numbers(let features) = x, case .classes(let classes) = y else { return }
    var (times, scores) = ([UInt64](), [Double]())
    for _ in 0..<runs {
      let start = DispatchTime.now().uptimeNanoseconds
      scores = try labelInformationScores(
        features, classes: classes, neighbors: neighbors ?? 3, threads: threads)
      times.append(DispatchTime.now().uptimeNanoseconds - start)
    }
    for (column, score) in scores.enumerated() {
      print("\(task)/\(column),scores,ross,\(score),\(Self.median(times)),")
    }
  }

  private static func median(_ times: [UInt64]) -> Double {
    guard !times.isEmpty else { return 0 }
    return Double(times.sorted()[times.count / 2]) / 1e9
  }

  private static func variables(
    _ file: URL, rows: Int, columns: (Int, Int)
  ) throws -> (Variable, Variable) {
    let data = try Data(contentsOf: file)
    let width = columns.0 + max(columns.1, 1)
    guard data.count == 8 * rows * width else {
      throw ValidationError("\(file.lastPathComponent) does not have \(rows) × \(width) numbers")
    }
    let values = data.withUnsafeBytes { buffer in
      (0..<(rows * width)).map {
        Double(
          bitPattern: UInt64(
            littleEndian: buffer.loadUnaligned(fromByteOffset: 8 * $0, as: UInt64.self)))
      }
    }
    let all = Matrix(rows: rows, columns: width, values: values)
    let x = all.selecting(columns: Array(0..<columns.0))
    let y = all.selecting(columns: Array(columns.0..<width))
    return (.numbers(x), columns.1 == 0 ? .classes(y.values.map { Int($0) }) : .numbers(y))
  }
}
