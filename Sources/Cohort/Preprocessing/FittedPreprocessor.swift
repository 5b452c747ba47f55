import LinearAlgebra

/// One modality's preparation as fitted on training rows; applies to any table of the modality.
public struct FittedPreprocessor: Equatable, Sendable {
  /// Names of the kept features, in the training table's column order.
  public let featureNames: [String]

  /// Features that fill gaps: the kept ones and, for neighbours, the others that vary.
  let candidateNames: [String]
  /// Median of each candidate.
  let medians: [Double]
  /// Position of each kept feature among the candidates.
  let kept: [Int]
  let means: [Double]
  let deviations: [Double]
  let clip: Double
  let imputer: NeighborImputer?

  /// Number of kept features, ≥ 1.
  public var featureCount: Int { featureNames.count }

  /// Standardised and clipped values, patients × kept features, always finite.
  ///
  /// Columns are found by name; a feature that `table` lacks counts as missing, further ones are
  /// ignored. A patient without the modality gets zeros, the training mean. Each row depends on its
  /// own patient alone, to the bit. O(n d), with neighbour imputation O(n_train d) per row with
  /// gaps.
  public func transform(_ table: ModalityTable) -> Matrix {
    var columnOfName = [String: Int](minimumCapacity: table.featureCount)
    for (j, name) in table.featureNames.enumerated() { columnOfName[name] = j }
    let columns = candidateNames.map { columnOfName[$0] ?? -1 }
    let width = featureCount
    var result = Matrix(rows: table.values.rowCount, columns: width)
    for i in 0..<result.rowCount where table.isMeasured[i] {
      var row = columns.map { $0 < 0 ? Double.nan : table.values[i, $0] }
      if let imputer, kept.contains(where: { row[$0].isNaN }) { imputer.fill(&row) }
      for (position, candidate) in kept.enumerated() {
        let value = row[candidate].isNaN ? medians[candidate] : row[candidate]
        let standardised = (value - means[position]) / deviations[position]
        result.values[i &* width &+ position] = min(max(standardised, -clip), clip)
      }
    }
    return result
  }
}
