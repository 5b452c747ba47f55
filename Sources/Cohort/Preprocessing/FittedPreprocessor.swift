import LinearAlgebra

/// What was learned about one modality on training rows; applies to one patient at a time, so that
/// no patient's numbers depend, to the bit, on who else is in the table.
public struct FittedPreprocessor: Codable, Equatable, Sendable {
  /// Modality name.
  public let modality: String
  /// All feature names at fit, in column order.
  public let featureNames: [String]
  /// Columns (into ``featureNames``) that passed the filter on missing cells.
  public let inputColumns: [Int]
  /// Filling of gaps, over ``inputColumns``.
  public let imputer: Imputer
  /// Positions (into ``inputColumns``) of the features that are kept, ascending.
  public let keptPositions: [Int]
  /// Training mean of each kept feature.
  public let means: [Double]
  /// Training standard deviation of each kept feature, divisor n - 1.
  public let standardDeviations: [Double]
  /// Standardised values lie within ± this.
  public let clip: Double

  /// A fit from its parts, for instance from a model file.
  public init(
    modality: String, featureNames: [String], inputColumns: [Int], imputer: Imputer,
    keptPositions: [Int], means: [Double], standardDeviations: [Double], clip: Double
  ) {
    precondition(
      keptPositions.count == means.count && means.count == standardDeviations.count,
      "one mean and standard deviation per kept feature")
    self.modality = modality
    self.featureNames = featureNames
    self.inputColumns = inputColumns
    self.imputer = imputer
    self.keptPositions = keptPositions
    self.means = means
    self.standardDeviations = standardDeviations
    self.clip = clip
  }

  /// Number of features after all steps, ≥ 1.
  public var featureCount: Int { keptPositions.count }

  /// Names of the features after all steps.
  public var keptNames: [String] { keptPositions.map { featureNames[inputColumns[$0]] } }

  /// Patients × kept features, standardised and clipped; zeros for a patient without the modality.
  ///
  /// Features are matched by name: one that the table lacks is missing for all its patients, one
  /// that was not there at fit is left out. O(patients × features).
  public func transform(_ table: ModalityTable) -> Matrix {
    let source = matchedColumns(table)
    let rowCount = table.values.rowCount
    var result = Matrix(rows: rowCount, columns: featureCount)
    var gathered = Matrix(rows: 1, columns: inputColumns.count)
    for i in 0..<rowCount where isMeasured(table, row: i, source) {
      for (position, column) in inputColumns.enumerated() {
        gathered[0, position] = source[column].map { table.values[i, $0] } ?? .nan
      }
      let filled = imputer.filled(gathered)
      for (k, position) in keptPositions.enumerated() {
        let sd = standardDeviations[k]
        // A file may hold a deviation of 0; the preprocessor makes none.
        let score = sd > 0 ? (filled[0, position] - means[k]) / sd : 0
        result[i, k] = min(max(score, -clip), clip)
      }
    }
    return result
  }

  /// For each feature at fit, its column in the table.
  private func matchedColumns(_ table: ModalityTable) -> [Int?] {
    if table.featureNames == featureNames { return featureNames.indices.map { $0 } }
    var columns = [String: Int](minimumCapacity: table.featureCount)
    for (column, name) in table.featureNames.enumerated() { columns[name] = column }
    return featureNames.map { columns[$0] }
  }

  /// Whether the patient has a value of any feature that was there at fit.
  private func isMeasured(_ table: ModalityTable, row: Int, _ source: [Int?]) -> Bool {
    table.isMeasured[row]
      && source.contains { column in column.map { !table.values[row, $0].isNaN } ?? false }
  }
}
