import LinearAlgebra

/// Clinical columns as numbers, fitted on training rows: a numeric column has its gaps filled by the
/// training median and is standardised (ddof = 1, clipped); a categorical one becomes an indicator
/// for each category seen in training.
///
/// A constant column is left out. A patient without a value, or with a category never seen, has no
/// indicator set.
package struct ClinicalEncoder: Sendable, Equatable {
  private enum Column: Sendable, Equatable {
    case numeric(name: String, median: Double, mean: Double, deviation: Double)
    case categorical(name: String, categories: [String])

    var width: Int {
      switch self {
      case .numeric: 1
      case .categorical(_, let categories): categories.count
      }
    }
  }

  private let columns: [Column]
  private let clip: Double

  /// An encoder of the given training values.
  package init(training covariates: [Covariate], clip: Double) {
    self.clip = clip
    columns = covariates.compactMap { covariate in
      switch covariate.values {
      case .numeric(let numbers): ClinicalEncoder.numericColumn(covariate.name, numbers)
      case .categorical(let texts): ClinicalEncoder.categoricalColumn(covariate.name, texts)
      }
    }
  }

  /// Number of features.
  package var featureCount: Int { columns.reduce(0) { $0 + $1.width } }

  /// Patients × features; columns are found by name, and one that is absent or of another kind
  /// counts as missing.
  package func features(_ covariates: [Covariate], patientCount: Int) -> Matrix {
    var result = Matrix(rows: patientCount, columns: featureCount)
    var start = 0
    for column in columns {
      switch column {
      case .numeric(let name, let median, let mean, let deviation):
        var numbers = [Double](repeating: .nan, count: patientCount)
        if case .numeric(let found)? = covariates.first(where: { $0.name == name })?.values {
          numbers = found
        }
        for i in 0..<patientCount {
          let value = ((numbers[i].isNaN ? median : numbers[i]) - mean) / deviation
          result[i, start] = min(clip, max(-clip, value))
        }
      case .categorical(let name, let categories):
        if case .categorical(let texts)? = covariates.first(where: { $0.name == name })?.values {
          for i in 0..<patientCount {
            guard let text = texts[i], let position = categories.firstIndex(of: text) else {
              continue
            }
            result[i, start + position] = 1
          }
        }
      }
      start += column.width
    }
    return result
  }

  private static func numericColumn(_ name: String, _ numbers: [Double]) -> Column? {
    let observed = numbers.filter { !$0.isNaN }.sorted()
    guard observed.count > 1 else { return nil }
    let middle = observed.count / 2
    let median =
      observed.count % 2 == 1 ? observed[middle] : (observed[middle - 1] + observed[middle]) / 2
    let filled = numbers.map { $0.isNaN ? median : $0 }
    let mean = orderedMean(filled)
    let deviation = standardDeviation(filled, mean: mean)
    guard variesBeyondRounding(observed), deviation > 0 else { return nil }
    return .numeric(name: name, median: median, mean: mean, deviation: deviation)
  }

  private static func categoricalColumn(_ name: String, _ texts: [String?]) -> Column? {
    let categories = Set(texts.compactMap { $0 })
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    let isConstant = categories.count == 1 && !texts.contains(nil)
    return categories.isEmpty || isConstant ? nil : .categorical(name: name, categories: categories)
  }
}
