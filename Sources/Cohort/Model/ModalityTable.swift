import LinearAlgebra

/// One kind of measurement of a set of patients (copy number, expression, …).
public struct ModalityTable: Equatable, Sendable {
  /// Name, the stem of its file.
  public let name: String
  /// Feature (column) names, unique.
  public let featureNames: [String]
  /// Patients × features; a missing cell is NaN, every other entry is finite.
  public let values: Matrix
  /// For each patient, whether any cell of this modality was observed.
  public let isMeasured: [Bool]

  /// A table; a row without a finite entry counts as not measured.
  public init(name: String, featureNames: [String], values: Matrix) {
    precondition(featureNames.count == values.columnCount, "one name per column")
    self.name = name
    self.featureNames = featureNames
    self.values = values
    isMeasured = (0..<values.rowCount).map { i in values.row(i).contains { !$0.isNaN } }
  }

  /// Number of features.
  public var featureCount: Int { featureNames.count }

  /// Indices of the patients that were measured, ascending.
  public var measuredRows: [Int] { isMeasured.indices.filter { isMeasured[$0] } }

  /// The table of the given patients, in that order.
  public func selecting(rows: [Int]) -> ModalityTable {
    ModalityTable(name: name, featureNames: featureNames, values: values.selecting(rows: rows))
  }
}
