import LinearAlgebra

/// Prepares one modality inside a fold: learns filters, filling, selection and scale from training
/// rows, and gives a fit that treats every patient alone.
///
/// On the training rows where the modality was measured, in this order:
/// 1. features observed in fewer than half of the rows are dropped;
/// 2. missing cells are filled: the feature's median, or the mean of the ten nearest rows;
/// 3. features whose observed cells are equal, but for rounding, are dropped;
/// 4. a selection, if any, keeps the features of largest score, ties by column;
/// 5. features are standardised (divisor n - 1) and clipped to ± `clip` standard deviations.
///
/// No step has an absolute threshold: the unit of a measurement changes nothing, to the bit if it
/// changes by a power of two.
///
/// O(n d log n), with neighbors O(n² d) for rows with gaps.
public struct Preprocessor: Sendable {
  /// Options of all steps.
  public let options: PreprocessingOptions

  /// A preprocessor.
  public init(options: PreprocessingOptions = PreprocessingOptions()) {
    self.options = options
  }

  /// Fits on a table of training rows; `labels` holds a class for each of its rows, -1 where
  /// unlabelled (used by supervised selections only). Nil if no feature is left: see
  /// ``fitting(table:labels:)`` for the reason.
  public func fit(table: ModalityTable, labels: [Int]) -> FittedPreprocessor? {
    try? fitting(table: table, labels: labels).get()
  }

  /// Fits on a table of training rows, or says why the modality must be dropped.
  public func fitting(
    table: ModalityTable, labels: [Int]
  ) -> Result<FittedPreprocessor, DroppedModality> {
    precondition(labels.count == table.values.rowCount, "one label per training row")
    let measured = table.measuredRows
    guard !measured.isEmpty else { return dropped(table, .notMeasured) }

    let columns = Self.observedColumns(table.values, rows: measured)
    guard !columns.isEmpty else { return dropped(table, .tooFewObserved) }
    let raw = Self.block(table.values, rows: measured, columns: columns)
    let imputer = Imputer(training: raw, method: options.imputation)
    let filled = imputer.filled(raw)

    let means = ColumnMoments.means(filled)
    let deviations = ColumnMoments.standardDeviations(filled, means: means)
    // A deviation is 0 where a gap's filling rounds the only difference away.
    let varying = ColumnMoments.varyingColumns(raw).filter { deviations[$0] > 0 }
    guard !varying.isEmpty else { return dropped(table, .constant) }
    let kept = selected(varying, filled, deviations, labels: measured.map { labels[$0] })

    return .success(
      FittedPreprocessor(
        modality: table.name, featureNames: table.featureNames, inputColumns: columns,
        imputer: imputer, keptPositions: kept, means: kept.map { means[$0] },
        standardDeviations: kept.map { deviations[$0] }, clip: options.clip))
  }

  private func dropped(
    _ table: ModalityTable, _ reason: DroppedModality.Reason
  ) -> Result<FittedPreprocessor, DroppedModality> {
    .failure(DroppedModality(modality: table.name, reason: reason))
  }

  /// Positions kept by the selection, ascending.
  private func selected(
    _ candidates: [Int], _ filled: Matrix, _ deviations: [Double], labels: [Int]
  ) -> [Int] {
    let labelled = labels.indices.filter { labels[$0] >= 0 }
    let classes = labelled.map { labels[$0] }
    let scores: [Double]
    switch options.selection {
    case .none: return candidates
    case .variance: scores = candidates.map { deviations[$0] }
    case .anovaF:
      scores = FeatureScores.anovaF(filled, columns: candidates, rows: labelled, labels: classes)
    case .labelInformation:
      scores = FeatureScores.labelInformation(
        filled, columns: candidates, rows: labelled, labels: classes)
    }
    let order = candidates.indices.sorted { (a, b) in
      scores[a] != scores[b] ? scores[a] > scores[b] : a < b
    }
    return order.prefix(max(1, options.keep)).map { candidates[$0] }.sorted()
  }

  /// Columns observed in at least half of the rows.
  private static func observedColumns(_ values: Matrix, rows: [Int]) -> [Int] {
    var counts = [Int](repeating: 0, count: values.columnCount)
    for i in rows {
      for (j, value) in values.row(i).enumerated() where !value.isNaN { counts[j] += 1 }
    }
    return counts.indices.filter { 2 * counts[$0] >= rows.count }
  }

  private static func block(_ values: Matrix, rows: [Int], columns: [Int]) -> Matrix {
    let chosen = rows.count == values.rowCount ? values : values.selecting(rows: rows)
    return columns.count == values.columnCount ? chosen : chosen.selecting(columns: columns)
  }
}
