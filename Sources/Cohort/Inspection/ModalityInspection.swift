import Foundation
import LinearAlgebra

/// What is in one modality: shape, gaps, duplicates, columns that deserve a look.
public struct ModalityInspection: Codable, Equatable, Sendable {
  /// Columns that deserve a look, and why.
  public struct Finding: Codable, Equatable, Sendable {
    /// What the columns look like.
    public enum Kind: String, Codable, Sendable, CaseIterable {
      /// Whole numbers ≥ 0 over a wide range: a log transform is missing.
      case rawCounts = "raw-counts"
      /// Distinct whole numbers that rise or fall with the rows: an identifier.
      case identifier
      /// Separates the classes without error, more than chance would: the label itself.
      case label
    }

    /// What they look like.
    public let kind: Kind
    /// How many columns.
    public let count: Int
    /// Up to five of them, in column order.
    public let examples: [String]
  }

  /// Modality name.
  public let name: String
  /// Number of features.
  public let features: Int
  /// Patients with at least one value.
  public let measured: Int
  /// Patients without any.
  public let missingRows: Int
  /// Empty cells in the rows of measured patients.
  public let missingCells: Int
  /// Features with a gap in the rows of measured patients.
  public let featuresWithGaps: Int
  /// Features observed in fewer than half of the measured patients; each fold drops such features.
  public let sparseFeatures: Int
  /// Features with a single value, but for rounding.
  public let constantFeatures: Int
  /// Smallest value; nil if there is none.
  public let minimum: Double?
  /// Largest value; nil if there is none.
  public let maximum: Double?
  /// Patients whose row repeats an earlier patient's.
  public let repeatedRows: Int
  /// Groups of identical columns (feature names).
  public let duplicatedFeatures: [[String]]
  /// Counts, shares or heavy tails, with the transform that suits them; nil for other scales.
  public let scale: AssayScale?
  /// Columns that deserve a look.
  public let findings: [Finding]

  /// Inspects a modality; `labels` holds a class or -1 for each patient.
  init(_ table: ModalityTable, labels: [Int]) {
    let rows = table.measuredRows
    let columns = ColumnScan.scan(table.values, rows: rows)
    name = table.name
    features = table.featureCount
    measured = rows.count
    missingRows = table.values.rowCount - rows.count
    missingCells = columns.reduce(0) { $0 + rows.count - $1.observed }
    featuresWithGaps = columns.count { $0.observed < rows.count }
    sparseFeatures = columns.count { 2 * $0.observed < rows.count }
    constantFeatures = columns.count {
      $0.observed > 0 && !variesBeyondRounding(from: $0.minimum, to: $0.maximum)
    }
    let occupied = columns.filter { $0.observed > 0 }
    minimum = occupied.map(\.minimum).min()
    maximum = occupied.map(\.maximum).max()
    repeatedRows = DuplicateSearch.rows(table).reduce(0) { $0 + $1.count - 1 }
    duplicatedFeatures = DuplicateSearch.columns(table.values, rows: rows)
      .map { $0.map { table.featureNames[$0] } }

    scale = AssayScale(table.values, rows: rows)

    func finding(_ kind: Finding.Kind, _ matches: [Int]) -> Finding? {
      matches.isEmpty
        ? nil
        : Finding(
          kind: kind, count: matches.count,
          examples: matches.prefix(5).map { table.featureNames[$0] })
    }
    let separation = ClassSeparation(labels: labels, rows: rows, featureCount: features)
    findings = [
      finding(.rawCounts, columns.indices.filter { columns[$0].looksLikeCounts }),
      finding(.identifier, columns.indices.filter { columns[$0].looksLikeIdentifier(rows.count) }),
      finding(.label, columns.indices.filter { separation.isPerfect(table.values, column: $0) }),
    ].compactMap { $0 }
  }
}

/// Simple facts of one column over measured rows.
struct ColumnScan {
  var observed = 0
  var minimum = Double.infinity
  var maximum = -Double.infinity
  var sum = 0.0
  var isWhole = true
  var isRising = true
  var isFalling = true
  private var last = Double.nan

  /// All columns in one pass.
  static func scan(_ matrix: Matrix, rows: [Int]) -> [ColumnScan] {
    var columns = [ColumnScan](repeating: ColumnScan(), count: matrix.columnCount)
    for i in rows {
      for (j, value) in matrix.row(i).enumerated() where !value.isNaN { columns[j].add(value) }
    }
    return columns
  }

  private mutating func add(_ value: Double) {
    observed += 1
    minimum = min(minimum, value)
    maximum = max(maximum, value)
    sum += value
    if value != value.rounded() { isWhole = false }
    if !last.isNaN {
      if value <= last { isRising = false }
      if value >= last { isFalling = false }
    }
    last = value
  }

  /// Whole numbers ≥ 0 that reach 1000 and ten times their mean plus one, or 100,000.
  ///
  /// Counts are skewed over patients; scores on a fixed scale are not.
  var looksLikeCounts: Bool {
    guard observed > 0, isWhole, minimum >= 0, maximum >= 1000 else { return false }
    return maximum >= 100_000 || maximum >= 10 * (sum / Double(observed) + 1)
  }

  /// At least ten patients, no gap, distinct whole numbers in the order of the rows.
  func looksLikeIdentifier(_ rowCount: Int) -> Bool {
    observed >= 10 && observed == rowCount && isWhole && (isRising || isFalling)
  }
}

/// Whether a single feature tells the classes apart without error.
struct ClassSeparation {
  private let rows: [Int]
  private let labels: [Int]
  private let classCount: Int
  /// Whether perfect separation by chance is unlikely enough to be worth telling.
  private let isTelling: Bool

  /// Prepares for labelled patients among `rows`. Separation is told only if fewer than 0.01
  /// features in `featureCount` would achieve it by chance: d · C! Π n_c! / n!, the share of
  /// orders of the patients in which the classes do not mix.
  init(labels all: [Int], rows: [Int], featureCount: Int) {
    self.rows = rows.filter { all[$0] >= 0 }
    labels = self.rows.map { all[$0] }
    var counts = [Int: Int]()
    for label in labels { counts[label, default: 0] += 1 }
    classCount = counts.count
    let logChance =
      lgamma(Double(classCount) + 1) - lgamma(Double(labels.count) + 1)
      + counts.keys.sorted().reduce(0) { $0 + lgamma(Double(counts[$1] ?? 0) + 1) }
    isTelling = classCount > 1 && logChance + log(Double(max(1, featureCount))) < log(0.01)
  }

  /// Whether, sorted by the feature, each class is one run and no value is shared by classes; or
  /// whether few values (at most twice the classes) each belong to one class.
  func isPerfect(_ matrix: Matrix, column: Int) -> Bool {
    guard isTelling, mayBePerfect(matrix, column: column) else { return false }
    var pairs = [(value: Double, label: Int)]()
    pairs.reserveCapacity(rows.count)
    for (index, row) in rows.enumerated() {
      let value = matrix[row, column]
      if value.isNaN { return false }
      pairs.append((value, labels[index]))
    }
    pairs.sort { $0.value < $1.value }
    var runs = 1
    var distinct = 1
    for i in 1..<pairs.count {
      let isSameClass = pairs[i].label == pairs[i - 1].label
      if pairs[i].value == pairs[i - 1].value {
        if !isSameClass { return false }
      } else {
        distinct += 1
      }
      if !isSameClass { runs += 1 }
    }
    return runs == classCount || distinct <= 2 * classCount
  }

  /// False as soon as neither way can hold: the ranges of two classes meet, and there are more than
  /// 2C values. A feature of ordinary numbers is done with after a few rows, without sorting.
  private func mayBePerfect(_ matrix: Matrix, column: Int) -> Bool {
    var ranges = [Int: ClosedRange<Double>](minimumCapacity: classCount)
    var values = Set<Double>()
    var doRangesMeet = false
    for (index, row) in rows.enumerated() {
      let value = matrix[row, column]
      if value.isNaN { return false }
      if values.count <= 2 * classCount { values.insert(value) }
      if !doRangesMeet {
        let known = ranges[labels[index]] ?? value...value
        let range = min(known.lowerBound, value)...max(known.upperBound, value)
        ranges[labels[index]] = range
        doRangesMeet = ranges.contains { $0.key != labels[index] && $0.value.overlaps(range) }
      }
      if doRangesMeet, values.count > 2 * classCount { return false }
    }
    return true
  }
}
