import Cohort
import LinearAlgebra

/// Standardised modalities of some patients; rows of patients who lack a modality are zero.
package struct PatientFeatures: Sendable {
  /// Per modality patients × features.
  package var features: [Matrix]
  /// Per modality, whether each patient has it.
  package var isMeasured: [[Bool]]

  /// Features with their flags.
  package init(features: [Matrix], isMeasured: [[Bool]]) {
    self.features = features
    self.isMeasured = isMeasured
  }

  /// Number of patients.
  package var patientCount: Int { isMeasured.first?.count ?? 0 }

  /// Per patient, whether any modality was measured.
  package var hasAnyModality: [Bool] {
    (0..<patientCount).map { i in isMeasured.contains { $0[i] } }
  }

  /// The given patients, in that order.
  package func selecting(rows: [Int]) -> PatientFeatures {
    PatientFeatures(
      features: features.map { $0.selecting(rows: rows) },
      isMeasured: isMeasured.map { flags in rows.map { flags[$0] } })
  }
}

/// Preprocessing of the modalities that a network uses, fitted on training patients.
struct PreparedModalities: Sendable {
  /// Names in cohort order.
  let names: [String]
  /// One per name; nil where the patients fitted on leave nothing to use.
  private let preprocessors: [FittedPreprocessor?]

  /// Fits on all patients of `table`; `labels` has one class or -1 for each.
  init(names: [String], table: PatientTable, labels: [Int], options: PreprocessingOptions) {
    let preprocessor = Preprocessor(options: options)
    self.names = names
    preprocessors = names.map { name in
      table.modalities.first { $0.name == name }
        .flatMap { preprocessor.fit(table: $0, labels: labels) }
    }
  }

  /// Whether each modality has anything to use.
  var isUsable: [Bool] { preprocessors.map { $0 != nil } }

  /// The features of any patients; a row depends on that patient alone. A modality that the table
  /// lacks, or that is of no use, counts as not measured.
  func transform(_ patients: PatientTable) -> PatientFeatures {
    let count = patients.patientCount
    var result = PatientFeatures(features: [], isMeasured: [])
    for (name, preprocessor) in zip(names, preprocessors) {
      let table = patients.modalities.first { $0.name == name }
      if let preprocessor, let table {
        result.features.append(preprocessor.transform(table))
        result.isMeasured.append(table.isMeasured)
      } else {
        // One empty column keeps a useless modality's branch in shape.
        result.features.append(
          Matrix(rows: count, columns: preprocessor?.featureCount ?? 1))
        result.isMeasured.append([Bool](repeating: false, count: count))
      }
    }
    return result
  }
}
