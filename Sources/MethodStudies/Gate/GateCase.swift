import Foundation
import Learning

/// A measured pair of one draw, read back from its file.
struct GateCase: Sendable {
  /// Where the mean gain of several draws is taken.
  struct Cell: Hashable, Sendable {
    let cohort: String
    let setting: String
    let teacher: String
    let student: String
  }

  let cell: Cell
  let draw: String
  private let values: [String: Double]

  /// A number of the file; NaN where it was not measured.
  func value(_ column: String) -> Double { values[column] ?? .nan }

  /// Whether there are unlabelled patients to teach through.
  var hasSupply: Bool { value("unlabelled") > 0 }

  /// Gain of macro-F1 by distilling: through unlabelled patients with the teacher's classes, or,
  /// where there are none, on the labelled ones.
  var gain: Double { value(hasSupply ? "hard_f1" : "labels_f1") - value("base_f1") }

  /// L/(L + U).
  var labelledShare: Double {
    value("labelled") / (value("labelled") + value("unlabelled"))
  }

  /// (I(t; Y) - I(s; Y))/H(Y).
  var relativeGap: Double { (value("i_ty") - value("i_sy")) / value("entropy") }

  /// What a rule sees of the pair.
  var evidence: DistillationEvidence {
    DistillationEvidence(
      teacher: cell.teacher, student: cell.student, commonCount: Int(value("common")),
      labelledCount: Int(value("labelled")), unlabelledCount: Int(value("unlabelled")),
      labelEntropy: value("entropy"), teacherStudent: value("i_ts"), studentLabel: value("i_sy"),
      teacherLabel: value("i_ty"), differenceStandardError: value("se"),
      skill: DistillationEvidence.Difference(
        value("skill"), standardError: value("skill_se")),
      isReliable: value("reliable") > 0, isSufficient: value("sufficient") > 0,
      trial: values["trial_f1"].map {
        DistillationEvidence.Difference($0, standardError: value("trial_f1_se"))
      })
  }

  /// All cases of a folder of draws, few labels first, then by file name; controls apart.
  static func read(folder: String) throws -> (cases: [GateCase], controls: [GateCase]) {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
      .filter { $0.hasSuffix(".csv") }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    let read = try names.map { name in
      let text = try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
      let lines = text.split(separator: "\n")
      let header = lines[0].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      return lines.dropFirst().map { GateCase(header, $0) }
    }
    func size(_ file: [GateCase]) -> Double {
      file.first.map { $0.cell.setting == "all" ? .infinity : $0.value("labelled") } ?? 0
    }
    let order = read.indices.sorted { (size(read[$0]), $0) < (size(read[$1]), $1) }
    let all = order.flatMap { read[$0] }
    return (
      all.filter { $0.cell.teacher != $0.cell.student },
      all.filter { $0.cell.teacher == $0.cell.student }
    )
  }

  private init(_ header: [String], _ line: Substring) {
    let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    var texts: [String: String] = [:]
    for (name, field) in zip(header, fields) { texts[name] = field }
    func text(_ name: String) -> String { texts[name] ?? "" }
    cell = Cell(
      cohort: text("cohort"), setting: text("setting"), teacher: text("teacher"),
      student: text("student"))
    draw = "\(text("repeat"))/\(text("fold"))"
    values = texts.filter { GateRow.columns.contains($0.key) }.compactMapValues { Double($0) }
  }
}

/// Cases in cells, in order of first appearance.
struct GateGrid: Sendable {
  let cells: [(cell: GateCase.Cell, cases: [GateCase])]

  init(_ cases: [GateCase]) {
    var order: [GateCase.Cell] = []
    var byCell: [GateCase.Cell: [GateCase]] = [:]
    for item in cases {
      if byCell[item.cell] == nil { order.append(item.cell) }
      byCell[item.cell, default: []].append(item)
    }
    cells = order.map { ($0, byCell[$0] ?? []) }
  }

  private init(cells: [(cell: GateCase.Cell, cases: [GateCase])]) { self.cells = cells }

  /// The cells that pass.
  func filtered(_ isKept: (GateCase.Cell, [GateCase]) -> Bool) -> GateGrid {
    GateGrid(cells: cells.filter { isKept($0.cell, $0.cases) })
  }

  /// Cohorts in order of first appearance.
  var cohorts: [String] {
    var result: [String] = []
    for (cell, _) in cells where !result.contains(cell.cohort) { result.append(cell.cohort) }
    return result
  }
}
