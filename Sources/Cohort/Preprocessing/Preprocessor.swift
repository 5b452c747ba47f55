import LinearAlgebra

/// Prepares one modality within a fold: filters, fills gaps, selects, standardises and clips.
///
/// All it learns comes from the rows it is given: filtering, imputation and scaling use measured
/// training rows, labelled or not; supervised selection uses the labelled ones.
public struct Preprocessor: Sendable {
  /// Share of measured training rows that must have observed a feature.
  package static let leastObservedShare = 0.5
  /// A feature must vary more than this, in squared units of its own.
  package static let leastVariance = 1e-12

  /// How to prepare.
  public let options: PreprocessingOptions

  /// A preprocessor with the given options.
  public init(options: PreprocessingOptions) {
    self.options = options
  }

  /// Fits on training rows; nil when no row is measured or no feature is left.
  ///
  /// In order: features observed in fewer than half of the measured rows go; gaps are filled;
  /// constant features go; a selection keeps the best, ties to the lower column; mean and standard
  /// deviation (ddof 1) are taken. O(n d), with neighbour imputation O(n² d), with
  /// label information O(d n log n).
  ///
  /// - Parameters:
  ///   - table: training patients of one modality.
  ///   - labels: class index of each of them, -1 where unlabelled.
  public func fit(table: ModalityTable, labels: [Int]) -> FittedPreprocessor? {
    precondition(labels.count == table.values.rowCount, "one label per training patient")
    let rows = table.measuredRows
    let all = table.values.selecting(rows: rows).transposed()
    let summaries = (0..<all.rowCount).map { Self.summary(of: $0, in: all) }
    // A feature constant where observed stays so however its gaps are filled.
    let candidates = summaries.indices.filter {
      Double(summaries[$0].observed) >= Self.leastObservedShare * Double(rows.count)
        && Self.varies(summaries[$0].variance)
    }
    guard !candidates.isEmpty else { return nil }
    var features = all.selecting(rows: candidates)
    let medians = candidates.map { summaries[$0].median }
    let imputer =
      options.imputation == .nearestNeighbors
      ? NeighborImputer(
        observed: features.transposed(), medians: medians,
        moments: candidates.map { (summaries[$0].mean, summaries[$0].variance) }) : nil
    fill(&features, imputer, medians)

    let moments = (0..<features.rowCount).map { j in
      features.values.withUnsafeBufferPointer {
        ColumnStatistics.moments(
          UnsafeBufferPointer(rebasing: $0[(j * rows.count)..<((j + 1) * rows.count)]))
      }
    }
    let usable = moments.indices.filter { Self.varies(moments[$0].variance) }
    guard !usable.isEmpty else { return nil }
    let kept = select(
      usable, of: features, variances: moments.map(\.variance), labels: rows.map { labels[$0] })
    return fitted(
      names: candidates.map { table.featureNames[$0] }, medians: medians, kept: kept,
      moments: kept.map { moments[$0] }, imputer: imputer)
  }

  private static func varies(_ variance: Double) -> Bool {
    variance > leastVariance && variance.isFinite
  }

  /// Without neighbours, features that were not kept have no further part to play.
  private func fitted(
    names: [String], medians: [Double], kept: [Int],
    moments: [(mean: Double, variance: Double)], imputer: NeighborImputer?
  ) -> FittedPreprocessor {
    let needed = imputer == nil ? kept : Array(names.indices)
    return FittedPreprocessor(
      featureNames: kept.map { names[$0] }, candidateNames: needed.map { names[$0] },
      medians: needed.map { medians[$0] }, kept: imputer == nil ? Array(kept.indices) : kept,
      means: moments.map(\.mean), deviations: moments.map { $0.variance.squareRoot() },
      clip: options.clip, imputer: imputer)
  }

  private struct Summary {
    var observed = 0
    var mean = 0.0
    var variance = 0.0
    var median = 0.0
  }

  /// What was observed of one feature (a row of the transposed table).
  private static func summary(of feature: Int, in features: Matrix) -> Summary {
    let n = features.columnCount
    return withUnsafeTemporaryAllocation(of: Double.self, capacity: n) { scratch in
      var count = 0
      features.values.withUnsafeBufferPointer { values in
        for i in (feature * n)..<((feature + 1) * n) where !values[i].isNaN {
          scratch[count] = values[i]
          count += 1
        }
      }
      let observed = UnsafeMutableBufferPointer(rebasing: scratch[..<count])
      let moments = ColumnStatistics.moments(UnsafeBufferPointer(observed))
      return Summary(
        observed: count, mean: moments.mean, variance: moments.variance,
        median: ColumnStatistics.median(observed))
    }
  }

  /// Fills the gaps of `features` (features × rows).
  private func fill(_ features: inout Matrix, _ imputer: NeighborImputer?, _ medians: [Double]) {
    let n = features.columnCount
    if let imputer {
      var byRow = features.transposed()
      for i in 0..<n {
        var row = Array(byRow.row(i))
        imputer.fill(&row)
        byRow.setRow(i, row)
      }
      features = byRow.transposed()
      return
    }
    features.values.withUnsafeMutableBufferPointer { values in
      for (j, median) in medians.enumerated() {
        for i in (j * n)..<((j + 1) * n) where values[i].isNaN { values[i] = median }
      }
    }
  }

  /// The best features by the asked-for score, in column order.
  private func select(
    _ usable: [Int], of features: Matrix, variances: [Double], labels: [Int]
  ) -> [Int] {
    let keep = max(1, options.keep)
    guard options.selection != .none, usable.count > keep else { return usable }
    let labelled = labels.indices.filter { labels[$0] >= 0 }
    let known = labelled.map { labels[$0] }
    let ross = RossScorer(labels: known)
    let scores = usable.map { j -> Double in
      let values = { labelled.map { features[j, $0] } }
      switch options.selection {
      case .none, .variance: return variances[j]
      case .anovaF: return FeatureScores.anovaF(values(), labels: known)
      case .labelInformation: return ross.score(values())
      }
    }
    return usable.indices.sorted { (scores[$1], $0) < (scores[$0], $1) }
      .prefix(keep).map { usable[$0] }.sorted()
  }
}
