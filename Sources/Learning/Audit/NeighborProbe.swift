import Cohort
import Evaluation
import LinearAlgebra
import MutualInformation

/// A second look at a modality, without a model: mutual information of its leading principal
/// components with the label by nearest neighbors (Ross 2014). It sees dependence that is not linear,
/// but only in few dimensions and only where patients differ most.
struct NeighborProbe: Sendable {
  /// At most so many components.
  static let components = 5
  /// Neighbors k.
  static let neighbors = 3
  /// Fewer patients are not looked at.
  static let fewest = 50
  /// Nor are more equal ones than this share: neighbors at distance 0 say nothing.
  static let mostTied = 0.05

  /// The estimate with its interval; nil where it cannot be had.
  let check: AuditSummary.NeighborCheck?

  init(_ design: AuditDesign, modality m: Int) throws {
    let training = design.everyone
    // Modalities count in cohort order; a training view has an order of its own.
    let name = design.modalities[m]
    guard let table = training.table.modalities.first(where: { $0.name == name }) else {
      check = nil
      return
    }
    let rows = training.labels.indices.filter {
      training.labels[$0] >= 0 && table.isMeasured[$0]
    }
    let labels = rows.map { training.labels[$0] }
    guard rows.count >= Self.fewest,
      let fitted = Preprocessor(options: design.preprocessing)
        .fit(table: table, labels: training.labels)
    else {
      check = nil
      return
    }
    let features = fitted.transform(table.selecting(rows: rows))
    let scores = try LeadingComponents(
      features: features, measured: Array(rows.indices),
      tested: Matrix(rows: 0, columns: features.columnCount), testedMeasured: [],
      count: Self.components
    ).training
    guard Self.tiedShare(scores) <= Self.mostTied else {
      check = nil
      return
    }
    let estimate = try rossInformation(scores, classes: labels, neighbors: Self.neighbors)
    let error = try BlockJackknife(
      rowCount: rows.count,
      stream: design.streams.stream("neighbors/\(table.name)")
    ) { kept in
      try rossInformation(
        scores.selecting(rows: kept), classes: kept.map { labels[$0] },
        neighbors: Self.neighbors)
    }.standardError
    let width = normalQuantile(0.975) * error
    check = AuditSummary.NeighborCheck(
      components: scores.columnCount,
      information: AuditSummary.Estimate(
        estimate: estimate, interval: StudySummary.Bounds(estimate - width, estimate + width),
        standardError: error, n: rows.count))
  }

  /// Share of rows that equal an earlier one.
  private static func tiedShare(_ matrix: Matrix) -> Double {
    var seen = Set<[Double]>()
    let tied = (0..<matrix.rowCount).count { !seen.insert(Array(matrix.row($0))).inserted }
    return Double(tied) / Double(max(matrix.rowCount, 1))
  }
}
