import Cohort
import LinearAlgebra

/// What a baseline is given to look at.
enum FeatureInput: Hashable, Sendable {
  /// One modality.
  case modality(String)
  /// The clinical columns alone.
  case clinical
  /// All modalities side by side.
  case concatenation

  /// As in method names.
  var name: String {
    switch self {
    case .modality(let name): name
    case .clinical: "clinical"
    case .concatenation: "concat"
    }
  }
}

/// A preprocessor of one modality; nil where no feature is left to learn from.
struct PreparedModality: Sendable {
  let name: String
  let preprocessor: FittedPreprocessor?
  /// Number of features after preprocessing.
  let featureCount: Int

  /// What the preprocessing of a fold depends on.
  struct Key: SharedKey {
    typealias Value = PreparedModality
    let name: String
    let options: PreprocessingOptions
    /// Inner fold that is left out, and how many there are; nil for all training patients.
    let innerFold: Int?
    let innerFolds: Int?
  }

  /// Wraps what was fitted on `modality`; both are nil where there is nothing to learn from.
  init(name: String, preprocessor: FittedPreprocessor?, modality: ModalityTable?) {
    self.name = name
    self.preprocessor = preprocessor
    let empty = modality?.selecting(rows: [])
    featureCount = empty.flatMap { preprocessor?.transform($0).columnCount } ?? 0
  }

  /// A preprocessor read from a file.
  init(name: String, preprocessor: FittedPreprocessor?) {
    self.name = name
    self.preprocessor = preprocessor
    featureCount = preprocessor?.featureCount ?? 0
  }

  /// Standardised features, patients × features; 0 (the training mean) throughout for a patient
  /// without the modality.
  func features(_ table: PatientTable) -> Matrix {
    guard let preprocessor, let modality = table.modalities.first(where: { $0.name == name })
    else { return Matrix(rows: table.patientCount, columns: featureCount) }
    return preprocessor.transform(modality)
  }

  /// Whether each patient has the modality.
  func isMeasured(_ table: PatientTable) -> [Bool] {
    table.modalities.first { $0.name == name }?.isMeasured
      ?? [Bool](repeating: false, count: table.patientCount)
  }
}

/// An input whose preprocessing has been fitted on training rows.
enum PreparedInput: Sendable {
  case modalities([PreparedModality])
  case clinical(ClinicalEncoder)

  /// Whether each patient has anything of the input; everybody has clinical columns.
  func isMeasured(_ table: PatientTable) -> [Bool] {
    guard case .modalities(let parts) = self else {
      return [Bool](repeating: true, count: table.patientCount)
    }
    let flags = parts.filter { $0.preprocessor != nil }.map { $0.isMeasured(table) }
    return (0..<table.patientCount).map { i in flags.contains { $0[i] } }
  }

  /// Patients × features, finite; each row depends on its own patient alone.
  func features(_ table: PatientTable) -> Matrix {
    switch self {
    case .modalities(let parts):
      parts.isEmpty
        ? Matrix(rows: table.patientCount, columns: 0)
        : Matrix.horizontal(parts.map { $0.features(table) })
    case .clinical(let encoder):
      encoder.features(table.covariates, patientCount: table.patientCount)
    }
  }
}
