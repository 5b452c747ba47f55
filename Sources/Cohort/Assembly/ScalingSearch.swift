import LinearAlgebra

/// Tables that were scaled over all patients before they came here: what is predicted for a patient has
/// then seen the others.
enum ScalingSearch {
  /// How near mean and standard deviation of each column must be to 0 and 1.
  static let tolerance = 1e-3

  /// Warnings on assays that are standardized already, over all their patients or over those with a
  /// label, and on pairs of which one is the other one standardized.
  static func notices(_ tables: [MeasuredTable], labelled: Set<String>) -> [CohortNotice] {
    var notices = [CohortNotice]()
    var standardized = [MeasuredTable]()
    for table in tables {
      let rows = Array(table.patients.indices)
      let withLabel = rows.filter { labelled.contains(table.patients[$0]) }
      let isOverAll = isStandardized(table.values, rows)
      guard
        isOverAll || withLabel.count < rows.count && isStandardized(table.values, withLabel)
      else { continue }
      standardized.append(table)
      notices.append(
        .warning(
          "already-standardized",
          "Every column has mean 0 and standard deviation 1 over all \(isOverAll ? "" : "labeled ")"
            + "patients: the table was scaled before, with the patients of the test folds.",
          place: table.file,
          remedy:
            "use the table as measured, so that scaling is learned from training patients only"))
    }
    for scaled in standardized {
      if let twin = tables.first(where: { isTwin(scaled, of: $0) }) {
        notices.append(
          .warning(
            "z-score-twin",
            "The table is \(twin.name) (\(twin.file)) with each column standardized.",
            place: scaled.file,
            remedy: "leave it out: --modalities "
              + tables.map(\.name).filter { $0 != scaled.name }.joined(separator: ",")))
      }
    }
    return notices
  }

  /// Whether each column that varies has mean 0 and standard deviation 1 (of n or n - 1) over the given
  /// rows; at least five rows, missing cells aside. Ends at the first column that has not.
  private static func isStandardized(_ values: Matrix, _ rows: [Int]) -> Bool {
    guard rows.count >= 5 else { return false }
    var varying = 0
    for column in 0..<values.columnCount {
      guard let moments = moments(values, rows, column), moments.count >= 5 else { return false }
      if moments.deviation == 0, moments.mean == 0 { continue }
      let n = Double(moments.count)
      let other = moments.deviation * (n / (n - 1)).squareRoot()
      guard abs(moments.mean) <= tolerance,
        abs(moments.deviation - 1) <= tolerance || abs(other - 1) <= tolerance
      else { return false }
      varying += 1
    }
    return varying > 0
  }

  /// Whether one table is the other one standardized: the same features and patients, and in up to 20
  /// columns spread over the table, scaled values that agree to 1e-3.
  private static func isTwin(_ scaled: MeasuredTable, of other: MeasuredTable) -> Bool {
    guard scaled.name != other.name, scaled.features == other.features,
      scaled.patients == other.patients
    else { return false }
    let rows = Array(other.patients.indices)
    let step = max(1, other.features.count / 20)
    for column in stride(from: 0, to: other.features.count, by: step) {
      guard let moments = moments(other.values, rows, column), moments.deviation > 0 else {
        continue
      }
      // Already scaled both: equal tables are another matter.
      if abs(moments.mean) <= tolerance, abs(moments.deviation - 1) <= tolerance { return false }
      for row in rows {
        let expected = (other.values[row, column] - moments.mean) / moments.deviation
        let found = scaled.values[row, column]
        guard expected.isNaN == found.isNaN else { return false }
        let share = (Double(moments.count - 1) / Double(moments.count)).squareRoot()
        if !expected.isNaN, abs(found - expected) > 1e-3, abs(found - expected * share) > 1e-3 {
          return false
        }
      }
    }
    return true
  }

  private struct Moments {
    let count: Int
    let mean: Double
    /// With divisor n.
    let deviation: Double
  }

  private static func moments(_ values: Matrix, _ rows: [Int], _ column: Int) -> Moments? {
    var (count, sum) = (0, 0.0)
    for row in rows where !values[row, column].isNaN {
      count += 1
      sum += values[row, column]
    }
    guard count > 0 else { return nil }
    let mean = sum / Double(count)
    var squares = 0.0
    for row in rows where !values[row, column].isNaN {
      let difference = values[row, column] - mean
      squares += difference * difference
    }
    return Moments(count: count, mean: mean, deviation: (squares / Double(count)).squareRoot())
  }
}
