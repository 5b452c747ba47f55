import Foundation
import LinearAlgebra

/// Two tables of the same samples, read from files of their own and joined by name.
///
/// Unlike a cohort folder this takes any two files: the first column names the samples, whatever its
/// header says. Samples stand in rows; only where no row of one file is named in the other's rows are
/// they looked for in the columns of one of the two.
public struct PairedTables: Sendable {
  /// The second file of a pair.
  public enum Counterpart: Equatable, Sendable {
    /// Numbers.
    case numbers(path: String)
    /// Classes: one column of a table of texts; nil takes `label`, else the only column.
    case labels(path: String, column: String?)
  }

  /// The second side as read.
  public enum Side: Equatable, Sendable {
    /// Numbers; a missing cell is NaN.
    case numbers(ModalityTable)
    /// Classes; a sample without one has label -1.
    case labels(NominalOutcome)
  }

  /// Samples that both files hold, in the order of the first.
  public let samples: [String]
  /// The first file's numbers at those samples; a missing cell is NaN.
  public let x: ModalityTable
  /// The second file at those samples.
  public let y: Side
  /// What the join found, one sentence each: samples left out, tables turned.
  public let notices: [String]

  /// Reads and joins two files (CSV, TSV or other delimited text, also compressed by gzip).
  ///
  /// - Parameters:
  ///   - x: path of a table of numbers.
  ///   - counterpart: the other file.
  ///   - threads: default 1; the result does not depend on it.
  /// - Throws: ``CohortError``: `missingFile`, `unreadableFile`, what a table can lack
  ///   (`malformedTable`, `notANumber`, `infiniteValue`, … with line and column), `duplicateSample`,
  ///   `duplicateFeature`, `unknownColumn` for a column of labels, `noOverlap`.
  public init(
    x path: String, with counterpart: Counterpart, threads: Int = 1
  ) throws(CohortError) {
    let first = try LooseTable(path: path, content: .number, threads: threads)
    let second: LooseTable
    switch counterpart {
    case .numbers(let path):
      do {
        second = try LooseTable(path: path, content: .number, threads: threads)
      } catch {
        guard error.code == .notANumber else { throw error }
        var error = error
        error.remedy = "correct the cell, or give a column of classes as labels"
        throw error
      }
    case .labels(let path, _):
      second = try LooseTable(path: path, content: .text, threads: threads)
    }
    let join = try TableJoin(first, second)
    samples = join.samples
    notices = join.notices
    x = first.numbers(isTransposed: join.isFirstTransposed, rows: join.firstRows)
    switch counterpart {
    case .numbers:
      y = .numbers(second.numbers(isTransposed: join.isSecondTransposed, rows: join.secondRows))
    case .labels(_, let column):
      y = .labels(
        try second.labels(
          named: column, isTransposed: join.isSecondTransposed, rows: join.secondRows))
    }
  }
}
