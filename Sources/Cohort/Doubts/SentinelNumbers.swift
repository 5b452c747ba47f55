import LinearAlgebra

/// Numbers that stand for a missing value, such as -999, among the values of a modality.
///
/// A table is doubted where such a number (within 0.001) occurs twice or more in columns in which it
/// lies further from the rest of the column than the rest is wide.
struct SentinelNumbers {
  /// Numbers that programs write for a missing value.
  static let numbers: [Double] = [-99, -999, -9999, 999, 9999, -99999, 99999]
  private static let tolerance = 1e-3

  /// The sentinel near a value; nil if there is none.
  static func sentinel(near value: Double) -> Double? {
    // Most values are none: one comparison each.
    let size = abs(value)
    guard size >= 98, size < 100_000 else { return nil }
    return numbers.first { abs(value - $0) <= tolerance }
  }

  /// Cells of one sentinel in doubted columns.
  struct Finding: Equatable {
    var sentinel: Double
    var cells = 0
    var columns = [Int]()
  }

  /// Findings in ascending order of sentinels. O(n d).
  static func findings(_ values: Matrix) -> [Finding] {
    var counts = [Int: [Double: Int]]()
    for i in 0..<values.rowCount {
      for (j, value) in values.row(i).enumerated() {
        if let found = sentinel(near: value) { counts[j, default: [:]][found, default: 0] += 1 }
      }
    }
    var findings = [Double: Finding]()
    for j in counts.keys.sorted() {
      let column = values.column(j)
      for (number, count) in counts[j] ?? [:] where isFar(number, in: column) {
        findings[number, default: Finding(sentinel: number)].cells += count
        findings[number]?.columns.append(j)
      }
    }
    return findings.keys.sorted().compactMap { findings[$0] }.filter { $0.cells > 1 }
  }

  /// Whether a sentinel is further from all other numbers than they are from each other; they need
  /// three distinct values.
  private static func isFar(_ number: Double, in column: [Double]) -> Bool {
    let rest = column.filter { !$0.isNaN && sentinel(near: $0) == nil }
    guard let low = rest.min(), let high = rest.max(), Set(rest.prefix(1000)).count >= 3 else {
      return false
    }
    return max(low - number, number - high) > high - low
  }

  /// A warning for each sentinel of a modality, with the line to write.
  static func notices(_ table: ModalityTable) -> [CohortNotice] {
    findings(table.values).map { finding in
      notice(
        finding.sentinel, cells: finding.cells,
        columns: finding.columns.map { table.featureNames[$0] }, place: table.name)
    }
  }

  /// The same for a covariate of numbers.
  static func notices(_ covariate: Covariate) -> [CohortNotice] {
    guard case .numeric(let numbers) = covariate.values else { return [] }
    let column = Matrix(rows: numbers.count, columns: 1, values: numbers)
    return findings(column).map { finding in
      notice(finding.sentinel, cells: finding.cells, columns: [], place: covariate.name)
    }
  }

  private static func notice(
    _ number: Double, cells: Int, columns: [String], place: String
  ) -> CohortNotice {
    let text = "\(Int(number))"
    let features =
      columns.isEmpty
      ? ""
      : " in \(columns.count) feature\(columns.count == 1 ? "" : "s") ("
        + columns.prefix(3).joined(separator: ", ") + (columns.count > 3 ? ", …" : "") + ")"
    return .warning(
      "sentinel-numbers",
      "\(cells) cells hold \(text)\(features), far from all other values: it usually means a "
        + "missing value, and is taken for a measurement here.",
      place: place, remedy: "if it is missing, write missing: ['\(text)'] in cohort.yaml")
  }
}
