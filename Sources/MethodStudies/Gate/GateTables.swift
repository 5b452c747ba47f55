import Foundation
import Learning
import LinearAlgebra

/// Tables of the gate study in Markdown.
struct GateTables {
  let grid: GateGrid
  private let taught: GateGrid

  init(_ grid: GateGrid) {
    self.grid = grid
    taught = grid.filtered { $1.contains(where: \.hasSupply) }
  }

  /// Criteria on settings with unlabelled patients, then on all; learned ones by the other cohorts.
  func criteria() -> String {
    """
    ### Settings with unlabelled patients

    \(criteriaTable(taught))

    ### All settings

    Where nobody is unlabelled, to distil means to mix the teacher into the labels (λ = ½).

    \(criteriaTable(grid))

    """
  }

  private func criteriaTable(_ used: GateGrid) -> String {
    let cohorts = used.cohorts
    let head = ["criterion"] + cohorts + ["all", "rank"]
    let rows = GateCriterion.all.map { criterion in
      let answer = heldOutAnswers(criterion)
      let scores = cohorts.map { cohort in
        GateScore(used.filtered { cell, _ in cell.cohort == cohort }, answer)
      }
      let overall = GateScore(used, answer)
      return [criterion.name] + (scores + [overall]).map(Self.text)
        + [overall.rank.map(Self.signed2) ?? ""]
    }
    return Self.table(head, rows)
  }

  /// Answers of a criterion, to each cohort as learned from the other ones.
  private func heldOutAnswers(
    _ criterion: GateCriterion
  ) -> (GateCase) -> GateCriterion.Answer {
    guard criterion.isLearned else { return criterion.fit(grid) }
    var answers: [String: @Sendable (GateCase) -> GateCriterion.Answer] = [:]
    for cohort in grid.cohorts {
      answers[cohort] = criterion.fit(grid.filtered { cell, _ in cell.cohort != cohort })
    }
    return { item in
      answers[item.cell.cohort]?(item) ?? GateCriterion.Answer(score: 0, distils: false)
    }
  }

  /// Constants of the expected gain as learned without each cohort, and from all.
  func constants() -> String {
    let parts =
      grid.cohorts.map { cohort in
        ("without \(cohort)", grid.filtered { cell, _ in cell.cohort != cohort })
      } + [("from all", grid)]
    return Self.table(
      ["learned", "a", "b", "c", "τ"],
      parts.map { name, part in
        let promise = learnedPromise(part)
        return [
          name, Self.signed(promise.constant), Self.signed(promise.gap),
          Self.signed(promise.labelledShare), Self.signed(promise.deviation),
        ]
      })
  }

  /// Mean gains of the forms of distillation, by cohort and setting, beside the control.
  func forms(_ controls: [GateCase]) -> String {
    let own = GateGrid(controls)
    var rows: [[String]] = []
    for cohort in grid.cohorts {
      var settings: [String] = []
      let cells = grid.cells.filter { $0.cell.cohort == cohort }
      for (cell, _) in cells where !settings.contains(cell.setting) {
        settings.append(cell.setting)
      }
      for setting in settings {
        func mean(_ column: String, _ base: String, _ grid: GateGrid) -> String {
          let gains = grid.cells.filter { $0.cell.cohort == cohort && $0.cell.setting == setting }
            .map { _, cases in
              orderedMean(cases.map { $0.value(column) - $0.value(base) })
            }.filter { !$0.isNaN }
          guard let low = gains.min(), let high = gains.max() else { return "" }
          return "\(Self.signed(orderedMean(gains))) (\(Self.signed(low)) to \(Self.signed(high)))"
        }
        rows.append([
          cohort, setting, mean("hard_f1", "base_f1", grid), mean("soft_f1", "base_f1", grid),
          mean("labels_f1", "base_f1", grid), mean("hard_f1", "base_f1", own),
        ])
      }
    }
    return Self.table(
      ["cohort", "labelled", "classes", "posteriors", "labels alone", "own pseudo-labels"], rows)
  }

  /// Mean gain of students under rules that choose one teacher for each.
  func teachers() -> String {
    let choices: [(String, (GateCase) -> Double)] = [
      ("`gap-supply`", { $0.evidence.gapSupply }),
      ("trial", { $0.value("trial_f1") }),
      ("`auto`", { DistillationRule.automatic.decision(on: $0.evidence).promise }),
    ]
    let rows = taught.cohorts.map { cohort in
      let cells = taught.cells.filter { $0.cell.cohort == cohort }
      var students: [[String]: [GateCase]] = [:]
      var best: [[String]: Double] = [:]
      for (cell, cases) in cells {
        for item in cases {
          students[[cell.setting, cell.student, item.draw], default: []].append(item)
        }
        let key = [cell.setting, cell.student]
        best[key] = max(best[key] ?? 0, orderedMean(cases.map(\.gain)))
      }
      let keys = students.keys.sorted { $0.lexicographicallyPrecedes($1) }
      let chosen = choices.map { _, promise in
        orderedMean(
          keys.map { key in
            let candidates = (students[key] ?? []).filter { promise($0) > 0 }
            return candidates.max { promise($0) < promise($1) }?.gain ?? 0
          })
      }
      let oracle = orderedMean(
        best.keys.sorted { $0.lexicographicallyPrecedes($1) }.map { best[$0] ?? 0 })
      return [cohort] + (chosen + [oracle]).map(Self.signed)
    }
    return Self.table(["cohort"] + choices.map(\.0) + ["best in hindsight"], rows)
  }

  /// Every pair of a cohort with what was measured and what was said.
  func pairs(of cohort: String) -> String {
    Self.table(
      [
        "labelled", "teacher", "student", "alone", "gain", "log loss", "Δ > 0", "`gap-supply`",
        "`auto`", "expected",
      ],
      grid.cells.filter { $0.cell.cohort == cohort }.map { cell, cases in
        let summary = GateCellSummary(cases)
        return [
          cell.setting, cell.teacher, cell.student, Self.plain(summary.base),
          "\(Self.signed(summary.gain)) ± \(Self.plain(summary.standardError))",
          Self.signed(summary.lossChange), Self.percent(summary.complementarityOpen),
          Self.percent(summary.gapSupplyOpen), Self.percent(summary.automaticOpen),
          cases[0].hasSupply ? Self.signed(summary.expected) : "",
        ]
      })
  }

  static func text(_ score: GateScore) -> String {
    "\(percent(score.rightCells)) / \(percent(score.rightDraws)) / "
      + fixed(score.regret, 4)
  }

  static func table(_ head: [String], _ rows: [[String]]) -> String {
    let lines =
      [head, head.map { _ in "---" }] + rows
    return lines.map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
  }

  private static func fixed(_ value: Double, _ decimals: Int) -> String {
    value.isNaN ? "" : String(format: "%.\(decimals)f", value)
  }
  static func percent(_ share: Double) -> String { "\(Int((100 * share).rounded())) %" }
  static func plain(_ value: Double) -> String { fixed(value, 3) }
  static func signed(_ value: Double) -> String {
    (value < 0 ? "" : "+") + fixed(value, 3)
  }
  static func signed2(_ value: Double) -> String {
    (value < 0 ? "" : "+") + fixed(value, 2)
  }
}
