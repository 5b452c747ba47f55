import ArgumentParser
import Foundation
import LinearAlgebra

/// `gate-summary`: the page of the gate study from its draws.
struct GateSummaryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gate-summary",
    abstract: "Tables of docs/results/distillation-gate.md from the draws of gate.")

  @Option(help: "Folders of draws, students without neighbors.")
  var draws: [String]

  @Option(help: "Folders of draws, students that hear their neighbors.")
  var neighborDraws: [String] = []

  @Option(help: "Folder of synthetic draws.")
  var synthetic: String?

  @Option(help: "Page to write.")
  var page: String

  @Option(help: "CSV of cells to write.")
  var cells: String

  func run() throws {
    let read = try draws.map(GateCase.read)
    let tables = GateTables(GateGrid(read.flatMap(\.cases)))
    var text = Self.opening + tables.criteria() + Self.learned + tables.constants() + Self.forms
    text += tables.forms(read.flatMap(\.controls)) + Self.teachers + tables.teachers()
    if !neighborDraws.isEmpty {
      let heard = GateGrid(try neighborDraws.flatMap { try GateCase.read(folder: $0).cases })
      text += Self.neighbors + Self.fixedCriteria(heard, by: { $0.cohort })
    }
    if let synthetic {
      let made = GateGrid(try GateCase.read(folder: synthetic).cases)
      text += Self.made + Self.fixedCriteria(made, by: { $0.setting })
    }
    for cohort in tables.grid.cohorts {
      text += "\n\n## Every pair: \(cohort)\n\n" + tables.pairs(of: cohort)
    }
    try (text + "\n").write(toFile: page, atomically: true, encoding: .utf8)
    try Self.csv(tables.grid).write(toFile: cells, atomically: true, encoding: .utf8)
  }

  /// Criteria that learn nothing, by a part of the cell.
  private static func fixedCriteria(
    _ grid: GateGrid, by part: (GateCase.Cell) -> String
  ) -> String {
    var parts: [String] = []
    for (cell, _) in grid.cells where !parts.contains(part(cell)) { parts.append(part(cell)) }
    let used = grid.filtered { $1.contains(where: \.hasSupply) }
    let rows = GateCriterion.all.filter { !$0.isLearned }.map { criterion in
      let answer = criterion.fit(grid)
      let scores = parts.map { name in GateScore(grid.filtered { c, _ in part(c) == name }, answer)
      }
      let overall = GateScore(used, answer)
      return [criterion.name] + (scores + [overall]).map(GateTables.text)
        + [overall.rank.map(GateTables.signed2) ?? ""]
    }
    return GateTables.table(["criterion"] + parts + ["with unlabelled", "rank"], rows)
  }

  private static func csv(_ grid: GateGrid) -> String {
    let means = [
      "labelled", "unlabelled", "i_ts", "i_sy", "i_ty", "se", "skill", "i_class", "i_joint",
      "trial_f1", "trial_f1_se", "trial_loss", "risk_pairs",
    ]
    let head =
      [
        "cohort", "setting", "teacher", "student", "draws", "base_f1", "gain", "gain_se",
        "log_loss",
      ]
      + ["cch_open", "gap_supply_open", "auto_open", "expected_gain"] + means
    let rows = grid.cells.map { cell, cases in
      let summary = GateCellSummary(cases)
      let numbers =
        [
          summary.base, summary.gain, summary.standardError, summary.lossChange,
          summary.complementarityOpen, summary.gapSupplyOpen, summary.automaticOpen,
          summary.expected,
        ] + means.map { column in orderedMean(cases.map { $0.value(column) }) }
      return
        ([cell.cohort, cell.setting, cell.teacher, cell.student, "\(cases.count)"]
        + numbers.map { $0.isNaN ? "" : String(format: "%.4f", $0) }).joined(separator: ",")
    }
    return ([head.joined(separator: ",")] + rows).joined(separator: "\n") + "\n"
  }
}
