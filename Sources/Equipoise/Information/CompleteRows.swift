import Cohort
import LinearAlgebra
import MutualInformation

/// The rows of paired tables that can be compared, and the y side at them.
struct CompleteRows: Sendable {
  /// Rows of the pair, ascending.
  let kept: [Int]
  /// y at those rows.
  let y: Variable
  /// What was joined and left out.
  let warnings: [String]

  /// Leaves out rows without a label or with a missing cell.
  ///
  /// - Parameter ignoringX: whether gaps of x do not count, since its columns go one by one.
  /// - Throws: `CohortError` where nothing is left, y does not vary or there is one class;
  ///   `MutualInformationError` `.tooFewRows` where one row is left.
  init(_ tables: PairedTables, ignoringX: Bool) throws {
    var warnings = tables.notices
    var rows = Array(tables.samples.indices)
    if case .labels(let outcome) = tables.y {
      let labelled = rows.filter { outcome.labels[$0] >= 0 }
      if labelled.count < rows.count {
        warnings.append(
          "left out: \(counted(rows.count - labelled.count, "sample")) without a label")
      }
      rows = labelled
      guard !rows.isEmpty else {
        throw CohortError(
          .noLabelledPatient, columnName: outcome.column, found: "no label for any sample",
          expected: "labels of samples that x holds")
      }
    }
    var sides = ignoringX ? [] : [tables.x]
    if case .numbers(let table) = tables.y { sides.append(table) }
    let complete = rows.filter { row in
      sides.allSatisfy { side in side.values.row(row).allSatisfy { !$0.isNaN } }
    }
    if complete.count < rows.count {
      warnings.append(
        "left out: \(counted(rows.count - complete.count, "sample")) with missing cells")
    }
    guard !complete.isEmpty else { throw Self.nothingComplete(sides, rows) }
    guard complete.count > 1 else { throw MutualInformationError.tooFewRows(1, needed: 2) }
    kept = complete
    switch tables.y {
    case .numbers(let table):
      let values = table.values.selecting(rows: complete)
      y = .numbers(values)
      self.warnings = warnings
      try checkVariation(values, of: table.name)
    case .labels(let outcome):
      let names = complete.map { outcome.classes[outcome.labels[$0]] }
      let remaining = NominalOutcome(column: outcome.column, texts: names)
      guard remaining.classes.count > 1 else {
        throw CohortError(
          .oneClass, columnName: outcome.column, found: "only \(names[0])",
          remedy: "check the column of labels")
      }
      y = .classes(remaining.labels)
      if 2 * remaining.classes.count > complete.count {
        warnings.append(
          "\(remaining.classes.count) classes among \(complete.count) samples: "
            + "a label that is a number belongs into a table of numbers")
      }
      self.warnings = warnings
    }
  }

  /// Refuses a side that is constant throughout: it tells nothing, and has no estimate.
  func checkVariation(_ values: Matrix, of name: String) throws(CohortError) {
    guard values.constantColumns.count < values.columnCount else {
      throw CohortError(
        .constantTable, modality: name, found: "the same values in all \(values.rowCount) rows")
    }
  }

  /// A warning about constant columns, if there are any.
  func constantWarnings(_ values: Matrix, of name: String) -> [String] {
    let count = values.constantColumns.count
    return count == 0
      ? [] : ["\(count) of \(values.columnCount) columns of \(name) are constant and tell nothing"]
  }

  private static func nothingComplete(_ sides: [ModalityTable], _ rows: [Int]) -> CohortError {
    let gaps = sides.flatMap { side in
      side.featureNames.indices.map { column in
        (side, column, rows.count { side.values[$0, column].isNaN })
      }
    }
    let worst = gaps.max { $0.2 < $1.2 }
    return CohortError(
      .noCompleteRow, columnName: worst.map { $0.0.featureNames[$0.1] }, modality: worst?.0.name,
      found: worst.map { "\($0.2) of \(rows.count) samples lack this column" })
  }
}

/// A number with its noun: `1 sample`, `3 samples`.
func counted(_ count: Int, _ noun: String) -> String {
  "\(count) \(noun)\(count == 1 ? "" : "s")"
}

extension Matrix {
  /// Columns whose entries are all equal.
  var constantColumns: [Int] {
    (0..<columnCount).filter { j in
      (1..<max(rowCount, 1)).allSatisfy { self[$0, j] == self[0, j] }
    }
  }
}
