import Foundation
import LinearAlgebra

/// A change of scale of one assay, made for each patient from that patient's values alone.
///
/// Nothing is learned from other patients, so that a transform made before folds are drawn leaks
/// nothing, and a new patient is transformed as those of training were. Missing cells stay missing.
public enum AssayTransform: String, CaseIterable, Codable, Sendable {
  /// Values as they are.
  case none
  /// ln(1 + x), for counts and other values above -1 with a heavy tail. Depends on the unit.
  case log1p
  /// Centered log-ratio, ln(x) less the mean of ln(x) over the patient's observed cells (Aitchison,
  /// J. R. Stat. Soc. B 1982), for values ≥ 0 of which only the proportions matter.
  ///
  /// A zero is replaced by half of the patient's smallest positive value (simple replacement,
  /// Martín-Fernández, Barceló-Vidal & Pawlowsky-Glahn, Math. Geol. 2003, who take 0.65 of a
  /// detection limit; we know no limit). The factor of a patient, such as a library size or a
  /// unit, cancels.
  case clr
  /// Normal scores Φ⁻¹(r / (m + 1)) of the ranks r of the patient's own m observed cells, ties at
  /// their mean rank. Ranks of a feature over patients would depend on who else is there, tested
  /// patients included; these do not.
  case rank

  /// Patients × features on the new scale.
  ///
  /// - Parameters:
  ///   - values: patients × features; missing is NaN.
  ///   - patients: their names, for errors.
  ///   - features: their names, for errors.
  ///   - file: for errors.
  ///   - modality: for errors.
  /// - Complexity: O(patients × features), for ranks times log(features).
  /// - Throws: `invalidTransform` with patient and feature: a value of -1 or less for `log1p`, below
  ///   0 for `clr`, a patient without a value above 0 for `clr`; the first in order of rows.
  package func applied(
    to values: Matrix, patients: [String], features: [String], file: String? = nil,
    modality: String? = nil
  ) throws(CohortError) -> Matrix {
    guard self != .none else { return values }
    var result = values
    for i in 0..<values.rowCount {
      let row = Array(values.row(i))
      if let fault = fault(in: row) {
        throw CohortError(
          .invalidTransform, file: file, columnName: fault.column.map { features[$0] },
          patient: patients[i], modality: modality, found: fault.found,
          expected: expectation)
      }
      result.setRow(i, transformed(row))
    }
    return result
  }

  private var expectation: String? {
    switch self {
    case .none, .rank: nil
    case .log1p: "values above -1 for log1p"
    case .clr: "values of 0 or more for clr, and one above 0 for each patient"
    }
  }

  /// What the transform is not defined for.
  private func fault(in row: [Double]) -> (column: Int?, found: String)? {
    switch self {
    case .none, .rank: return nil
    case .log1p:
      return row.firstIndex { $0 <= -1 }.map { ($0, "log1p of \(row[$0])") }
    case .clr:
      if let column = row.firstIndex(where: { $0 < 0 }) {
        return (column, "clr of \(row[column])")
      }
      let observed = row.filter { !$0.isNaN }
      return observed.isEmpty || observed.contains { $0 > 0 } ? nil : (nil, "only zeros")
    }
  }

  private func transformed(_ row: [Double]) -> [Double] {
    switch self {
    case .none: row
    case .log1p: row.map { Foundation.log1p($0) }
    case .clr: Self.centeredLogRatios(row)
    case .rank: Self.normalScores(row)
    }
  }

  private static func centeredLogRatios(_ row: [Double]) -> [Double] {
    guard let smallest = row.filter({ $0 > 0 }).min() else { return row }
    // The logarithm of a half less, since half of the smallest double is 0.
    let replacement = logarithm(smallest) - logarithm(2)
    let logarithms = row.map { $0 == 0 ? replacement : logarithm($0) }
    let mean = orderedMean(logarithms.filter { !$0.isNaN })
    return logarithms.map { $0 - mean }
  }

  private static func normalScores(_ row: [Double]) -> [Double] {
    let order = row.indices.filter { !row[$0].isNaN }
      .sorted { (row[$0], $0) < (row[$1], $1) }
    var result = row
    var start = 0
    while start < order.count {
      var end = start
      while end < order.count, row[order[end]] == row[order[start]] { end += 1 }
      // Ranks start + 1 … end share their mean, (start + 1 + end) / 2.
      let doubled = start + 1 + end
      let mirrored = 2 * (order.count + 1) - doubled
      let share = Double(min(doubled, mirrored)) / 2 / Double(order.count + 1)
      // Mirrored ranks have mirrored scores, to the bit.
      let score = doubled == mirrored ? 0 : normalQuantile(share)
      for position in start..<end {
        result[order[position]] = doubled <= mirrored ? score : -score
      }
      start = end
    }
    return result
  }
}
