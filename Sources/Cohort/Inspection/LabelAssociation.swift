import LinearAlgebra

/// How strongly a group or covariate goes with the label. Association only.
public struct LabelAssociation: Codable, Equatable, Sendable {
  /// Column name, or `group`.
  public let name: String
  /// `group` or `covariate`.
  public let role: String
  /// `cramers-v` (bias-corrected) for categories, `eta-squared` for numbers.
  public let measure: String
  /// 0 (none) … 1 (determines).
  public let value: Double
  /// Labelled patients with a value.
  public let patients: Int

  /// Whether the association is large by Cohen's conventions (1988): V ≥ 0.5, η² ≥ 0.14.
  public var isStrong: Bool { value >= (measure == "cramers-v" ? 0.5 : 0.14) }

  /// Group and covariates of a cohort that has labels, strongest first, ties in cohort order.
  static func all(_ cohort: Cohort, labels: [Int]) -> [LabelAssociation] {
    guard labels.contains(where: { $0 >= 0 }) else { return [] }
    var found = [LabelAssociation]()
    if let groups = cohort.groups {
      found.append(categorical("group", "group", groups.map { $0 }, labels))
    }
    for covariate in cohort.table.covariates {
      switch covariate.values {
      case .numeric(let numbers):
        found.append(numeric(covariate.name, numbers, labels))
      case .categorical(let texts):
        found.append(categorical(covariate.name, "covariate", texts, labels))
      }
    }
    let order = found.indices.sorted { (a, b) in
      found[a].value != found[b].value ? found[a].value > found[b].value : a < b
    }
    return order.map { found[$0] }
  }

  /// Cramér's V, corrected for bias (Bergsma, 2013): chance alone gives about 0, also with many
  /// categories.
  private static func categorical(
    _ name: String, _ role: String, _ texts: [String?], _ labels: [Int]
  ) -> LabelAssociation {
    let rows = labels.indices.filter { labels[$0] >= 0 && texts[$0] != nil }
    let categories = indexed(rows.map { texts[$0] ?? "" })
    let classes = indexed(rows.map { String(labels[$0]) })
    let value = correctedCramersV(categories, classes)
    return LabelAssociation(
      name: name, role: role, measure: "cramers-v", value: value, patients: rows.count)
  }

  /// Occurring texts numbered in order of appearance.
  private static func indexed(_ texts: [String]) -> [Int] {
    var numbers = [String: Int]()
    return texts.map { text in
      let number = numbers[text] ?? numbers.count
      numbers[text] = number
      return number
    }
  }

  private static func correctedCramersV(_ a: [Int], _ b: [Int]) -> Double {
    let n = Double(a.count)
    let (rowCount, columnCount) = ((a.max() ?? -1) + 1, (b.max() ?? -1) + 1)
    guard rowCount > 1, columnCount > 1, n > 1 else { return 0 }
    var counts = Matrix(rows: rowCount, columns: columnCount)
    var rowSums = [Double](repeating: 0, count: rowCount)
    var columnSums = [Double](repeating: 0, count: columnCount)
    for (i, j) in zip(a, b) {
      counts[i, j] += 1
      rowSums[i] += 1
      columnSums[j] += 1
    }
    var chiSquare = 0.0
    for i in 0..<rowCount {
      for j in 0..<columnCount {
        let expected = rowSums[i] * columnSums[j] / n
        chiSquare += (counts[i, j] - expected) * (counts[i, j] - expected) / expected
      }
    }
    let (r, c) = (Double(rowCount), Double(columnCount))
    let phi = max(0, chiSquare / n - (r - 1) * (c - 1) / (n - 1))
    let rows = r - (r - 1) * (r - 1) / (n - 1)
    let columns = c - (c - 1) * (c - 1) / (n - 1)
    let scale = min(rows - 1, columns - 1)
    return scale > 0 ? min(1, (phi / scale).squareRoot()) : 0
  }

  /// Share of variance between classes, η² = SS_between / SS_total.
  private static func numeric(
    _ name: String, _ numbers: [Double], _ labels: [Int]
  ) -> LabelAssociation {
    let rows = labels.indices.filter { labels[$0] >= 0 && !numbers[$0].isNaN }
    let values = rows.map { numbers[$0] }
    let mean = orderedMean(values)
    var sums = [Double](repeating: 0, count: (labels.max() ?? -1) + 1)
    var counts = sums
    for row in rows {
      sums[labels[row]] += numbers[row] - mean
      counts[labels[row]] += 1
    }
    let total = orderedSum(values.map { ($0 - mean) * ($0 - mean) })
    let between = orderedSum(zip(sums, counts).map { $1 > 0 ? $0 * $0 / $1 : 0 })
    return LabelAssociation(
      name: name, role: "covariate", measure: "eta-squared",
      value: total > 0 ? min(1, between / total) : 0, patients: rows.count)
  }
}
