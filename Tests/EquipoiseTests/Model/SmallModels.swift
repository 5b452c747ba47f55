import Cohort
import Equipoise
import Foundation
import LinearAlgebra
import _TestSupport

/// Cohorts and models that tests of models share; each model is trained once.
enum SmallModels {
  /// Three modalities, one of them noise; some patients lack some, five have no label.
  static let cohort: Cohort = {
    let made = SyntheticCohort(
      patients: 66, classes: 3,
      modalities: [
        .init("cnv", features: 8, signal: 0.7, missing: 0.1),
        .init("mrna", features: 10, signal: 1.2),
        .init("rppa", features: 5, signal: 0, missing: 0.2),
      ])
    return Cohort(
      name: "small", table: made.table,
      outcome: .nominal(
        NominalOutcome(
          column: "subtype",
          texts: made.labels.enumerated().map { $0 < 61 ? made.classes[$1] : nil })),
      details: CohortDetails(title: "Made up", license: "CC0"))
  }()

  /// New patients of the same kind, who lack all that can be lacked; the last has nothing.
  static let newcomers: PatientTable = {
    var stream = RandomStream(seed: 5, name: "newcomers")
    let lacking: [[String]] = [
      [], ["cnv"], ["mrna"], ["rppa"], ["cnv", "mrna"], ["cnv", "rppa"], ["mrna", "rppa"],
      ["cnv", "mrna", "rppa"],
    ]
    let modalities = cohort.table.modalities.map { modality in
      var values = stream.normalMatrix(rows: lacking.count, columns: modality.featureCount)
      for (i, missing) in lacking.enumerated() where missing.contains(modality.name) {
        for j in 0..<values.columnCount { values[i, j] = .nan }
      }
      return ModalityTable(
        name: modality.name, featureNames: modality.featureNames, values: values)
    }
    return PatientTable(
      patients: lacking.indices.map { "new\($0)" }, modalities: modalities)
  }()

  /// Options that train quickly.
  static func options(_ method: String) -> TrainingOptions {
    var options = TrainingOptions()
    options.method = method
    options.innerFolds = 3
    options.folds = 3
    return options
  }

  static let equipoise = Result { try Model.train(cohort, options: options("equipoise")) }
  static let linear = Result {
    try Model.train(cohort, options: options("logistic-balanced:late-learned"))
  }
}

extension PatientTable {
  /// The same patients with one modality changed.
  func changing(_ name: String, _ change: (ModalityTable) -> ModalityTable) -> PatientTable {
    PatientTable(
      patients: patients, modalities: modalities.map { $0.name == name ? change($0) : $0 })
  }
}

extension ModalityTable {
  /// The same patients with other values.
  func mapValues(_ change: (Double) -> Double) -> ModalityTable {
    ModalityTable(name: name, featureNames: featureNames, values: values.mapValues(change))
  }

  /// Only these columns, in this order, under these names.
  func selecting(columns: [Int], names: [String]? = nil) -> ModalityTable {
    ModalityTable(
      name: name, featureNames: names ?? columns.map { featureNames[$0] },
      values: values.selecting(columns: columns))
  }
}

/// A path of its own for one test.
struct ScratchPath {
  let url = FileManager.default.temporaryDirectory.appending(path: "equipoise-\(UUID())")
  var path: String { url.path(percentEncoded: false) }
  func remove() { try? FileManager.default.removeItem(at: url) }
}
