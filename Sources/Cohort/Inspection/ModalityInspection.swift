import LinearAlgebra

/// What one modality holds and what looks odd about it.
public struct ModalityInspection: Codable, Equatable, Sendable {
  /// Modality name.
  public var name: String
  /// Number of features.
  public var features: Int
  /// Patients with any value.
  public var measuredPatients: Int
  /// Missing cells of measured patients.
  public var missingCells: Int
  /// Features with at most one distinct value.
  public var constantFeatures: Int
  /// Patients with identical rows, each group in patient order.
  public var duplicatedPatients: [[String]]
  /// Features that are not constant and have identical columns, each group in column order.
  public var duplicatedFeatures: [[String]]
  /// Columns that may not belong, one entry per kind found.
  public var suspicions: [Suspicion]
  /// How labelled and unlabelled patients differ; nil unless the cohort has both.
  public var labelledDifference: LabelledDifference?

  enum CodingKeys: String, CodingKey {
    case name, features, suspicions
    case measuredPatients = "measured_patients"
    case missingCells = "missing_cells"
    case constantFeatures = "constant_features"
    case duplicatedPatients = "duplicated_patients"
    case duplicatedFeatures = "duplicated_features"
    case labelledDifference = "labelled_difference"
  }

  init(_ table: ModalityTable, patients: [String], labels: [Int]) {
    let rows = table.measuredRows
    let measured = table.values.selecting(rows: rows)
    let columns = measured.transposed()
    let names = table.featureNames
    let constant = names.indices.map { Self.isConstant(columns.row($0)) }
    name = table.name
    features = names.count
    measuredPatients = rows.count
    missingCells = measured.values.count { $0.isNaN }
    constantFeatures = constant.count { $0 }
    duplicatedPatients = identicalRows(of: measured).map { $0.map { patients[rows[$0]] } }
    let varying = names.indices.filter { !constant[$0] }
    duplicatedFeatures = identicalRows(of: columns.selecting(rows: varying))
      .map { $0.map { names[varying[$0]] } }
    suspicions = Suspicion.all(in: columns, names: names, labels: rows.map { labels[$0] })
    labelledDifference = LabelledDifference(table, labels: labels)
  }

  private static func isConstant(_ column: ArraySlice<Double>) -> Bool {
    guard let first = column.first(where: { !$0.isNaN }) else { return true }
    return !column.contains { !$0.isNaN && $0 != first }
  }
}

/// Groups of identical rows, gaps at the same places included; ascending by first row. O(n d).
func identicalRows(of matrix: Matrix) -> [[Int]] {
  // The two zeros are one number, and so are all NaN.
  func bits(_ value: Double) -> UInt64 { value.isNaN ? .max : (value + 0.0).bitPattern }
  var groups = [[Int]]()
  var groupsOfHash = [UInt64: [Int]]()
  for i in 0..<matrix.rowCount {
    let row = matrix.row(i)
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for value in row {
      hash = (hash ^ bits(value)) &* 0x9e37_79b9_7f4a_7c15
      hash ^= hash >> 29
    }
    let match = groupsOfHash[hash, default: []].first { group in
      zip(row, matrix.row(groups[group][0])).allSatisfy { bits($0) == bits($1) }
    }
    if let match {
      groups[match].append(i)
    } else {
      groupsOfHash[hash, default: []].append(groups.count)
      groups.append([i])
    }
  }
  return groups.filter { $0.count > 1 }
}
