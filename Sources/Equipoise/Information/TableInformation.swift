import Cohort
import LinearAlgebra
import MutualInformation

/// Mutual information of two paired tables, or of a table and labels: what `equipoise mi` answers.
///
/// ```swift
/// let tables = try PairedTables(
///   x: "mrna.csv", with: .labels(path: "labels.csv", column: "subtype"))
/// let record = try TableInformation(tables).joint()
/// print(record.estimate, record.interval ?? [])
/// ```
///
/// Rows with a missing cell or without a label are left out, and told in the record's warnings.
public struct TableInformation: Sendable {
  private let tables: PairedTables
  private let options: InformationOptions
  private let estimator: any MutualInformationEstimator
  private let threads: Int

  /// A question about two tables.
  ///
  /// - Parameters:
  ///   - tables: paired by sample.
  ///   - options: estimator and uncertainty.
  ///   - threads: default 1; the result does not depend on it.
  /// - Throws: ``MutualInformationError`` `.unknownEstimator`, `.optionOutOfRange`.
  public init(
    _ tables: PairedTables, options: InformationOptions = InformationOptions(), threads: Int = 1
  ) throws(MutualInformationError) {
    self.tables = tables
    self.options = options
    self.threads = threads
    try options.check()
    estimator = options.makeEstimator(threads: threads)
  }

  /// I(x; y) of all columns together.
  ///
  /// - Throws: `CohortError` where no complete row is left, a side does not vary or there is one
  ///   class; ``MutualInformationError`` for what the estimator needs.
  public func joint() throws -> InformationRecord {
    let rows = try CompleteRows(tables, ignoringX: false)
    let x = tables.x.values.selecting(rows: rows.kept)
    try rows.checkVariation(x, of: tables.x.name)
    let measured = try options.measurer(threads: threads)
      .measure(.numbers(x), rows.y, with: estimator)
    return InformationRecord(
      estimate: measured.estimate.information, estimator: measured.estimate.estimator,
      reason: measured.estimate.reason, n: measured.rowCount, dimensionX: measured.dimensionX,
      dimensionY: measured.dimensionY,
      interval: measured.interval.map { [$0.lower, $0.upper] }, p: measured.p,
      warnings: rows.warnings + rows.constantWarnings(x, of: tables.x.name) + measured.warnings)
  }

  /// I(x_j; y) of each column of x by itself, over the rows where that column has a value; a constant
  /// column has 0.
  ///
  /// - Throws: as ``joint()``.
  public func eachColumn() throws -> ColumnInformationRecord {
    let rows = try CompleteRows(tables, ignoringX: true)
    let values = tables.x.values
    let single = options.makeEstimator(threads: 1)
    let (kept, y, options) = (rows.kept, rows.y, options)
    let measured = try parallelMap(count: values.columnCount, threads: threads) { column in
      try ColumnMeasurement(
        values.column(column), rows: kept, y: y, estimator: single,
        measurer: options.measurer(threads: 1, isIntervalWanted: false))
    }
    let names = tables.x.featureNames
    var warnings = rows.warnings
    let gaps = measured.count { $0.rowCount < kept.count }
    if gaps > 0 {
      warnings.append(
        "\(gaps) of \(names.count) columns have missing cells; each is estimated over its own rows")
    }
    let constants = measured.count { $0.isConstant }
    if constants > 0 {
      warnings.append("\(constants) of \(names.count) columns are constant and count 0")
    }
    warnings += uniqueWarnings(measured, of: names.count)
    return ColumnInformationRecord(
      columns: zip(names, measured).map { name, column in
        ColumnInformationRecord.Column(
          name: name, estimate: column.estimate, estimator: column.estimator, n: column.rowCount,
          p: column.p)
      }, n: kept.count, dimensionY: y.dimension, warnings: warnings)
  }

  /// Each warning once, with the number of columns that it concerns.
  private func uniqueWarnings(_ columns: [ColumnMeasurement], of total: Int) -> [String] {
    var order = [String]()
    var counts = [String: Int]()
    for warning in columns.flatMap(\.warnings) {
      if counts[warning] == nil { order.append(warning) }
      counts[warning, default: 0] += 1
    }
    return order.map { "\(counts[$0] ?? 0) of \(total) columns: \($0)" }
  }
}
