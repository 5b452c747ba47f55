import LinearAlgebra

/// How closely a column goes with the label over labelled patients: association, not cause.
///
/// A column with nearly as many levels as patients goes with anything; see ``levels``.
public struct LabelAssociation: Codable, Equatable, Sendable {
  /// Column name, or `group` for the groups of grouped folds.
  public var name: String
  /// `cramers_v` for categories, `eta_squared` for numbers.
  public var measure: String
  /// 0 (none) … 1 (the column settles the label, or for numbers the label settles the column).
  public var value: Double
  /// Labelled patients with a value, n.
  public var patients: Int
  /// Distinct values among them.
  public var levels: Int

  /// The association of a clinical column; nil where fewer than two classes or values are left.
  init?(_ covariate: Covariate, labels: [Int]) {
    switch covariate.values {
    case .categorical(let categories):
      self.init(name: covariate.name, categories: categories, labels: labels)
    case .numeric(let numbers):
      self.init(name: covariate.name, numbers: numbers, labels: labels)
    }
  }

  /// Cramér's V = √(χ² / (n min(r − 1, c − 1))). O(n log n + r c). Source: Cramér (1946).
  init?(name: String, categories: [String?], labels: [Int]) {
    let rows = labels.indices.filter { labels[$0] >= 0 && categories[$0] != nil }
    let levels = Set(rows.compactMap { categories[$0] }).sorted()
    let classes = Set(rows.map { labels[$0] }).sorted()
    guard levels.count > 1, classes.count > 1 else { return nil }
    let levelIndex = Dictionary(uniqueKeysWithValues: zip(levels, levels.indices))
    let classIndex = Dictionary(uniqueKeysWithValues: zip(classes, classes.indices))
    var counts = Matrix(rows: levels.count, columns: classes.count)
    for row in rows {
      guard let level = categories[row].flatMap({ levelIndex[$0] }),
        let label = classIndex[labels[row]]
      else { continue }
      counts[level, label] += 1
    }
    let n = Double(rows.count)
    let rowSums = levels.indices.map { orderedSum(counts.row($0)) }
    let columnSums = classes.indices.map { orderedSum(counts.column($0)) }
    // χ²/n = Σ O²/(R C) - 1 needs no expected counts.
    var ratio = -1.0
    for i in levels.indices {
      for j in classes.indices {
        ratio += counts[i, j] * counts[i, j] / (rowSums[i] * columnSums[j])
      }
    }
    let freedom = Double(min(levels.count, classes.count) - 1)
    self.name = name
    measure = "cramers_v"
    value = min(1, (max(0, ratio) / freedom).squareRoot())
    patients = Int(n)
    self.levels = levels.count
  }

  /// η² = between-class over total sum of squares. O(n + C). Source: Fisher (1925).
  init?(name: String, numbers: [Double], labels: [Int]) {
    let rows = labels.indices.filter { labels[$0] >= 0 && !numbers[$0].isNaN }
    let levels = Set(rows.map { numbers[$0] }).count
    let classes = Set(rows.map { labels[$0] }).sorted()
    guard levels > 1, classes.count > 1 else { return nil }
    let mean = orderedMean(rows.map { numbers[$0] })
    let total = orderedSum(rows.map { (numbers[$0] - mean) * (numbers[$0] - mean) })
    let between = orderedSum(
      classes.map { c in
        let members = rows.filter { labels[$0] == c }.map { numbers[$0] }
        let difference = orderedMean(members) - mean
        return Double(members.count) * difference * difference
      })
    guard total > 0 else { return nil }
    self.name = name
    measure = "eta_squared"
    value = min(1, between / total)
    patients = rows.count
    self.levels = levels
  }
}
