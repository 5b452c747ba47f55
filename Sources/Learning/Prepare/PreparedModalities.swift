import Cohort
import LinearAlgebra

/// Standardized modalities of some patients; rows of patients who lack a modality are zero, the
/// training mean, unless the modality is imputed.
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

/// Stage 1 of the pipeline: preprocessing of every modality as fitted on training patients, in the
/// order filter, impute cells, select, standardize, clip (`Preprocessor`).
///
/// A modality that leaves no feature to learn from is left out of ``modalities``, and so of
/// everything after this stage. All methods, the audit and the students of a share-safe model
/// prepare by this type.
struct PreparedModalities: Sendable {
  /// Names of the modalities in use, in cohort order.
  var modalities: [String] = []
  /// One per modality.
  var preprocessors: [FittedPreprocessor] = []
  /// By position in ``modalities``, what stands in for one that the patients of a fit lack.
  var imputers: [Int: ModalityImputer] = [:]

  /// Nothing prepared yet, for a reader of files.
  init() {}

  /// Fits on all patients of a table.
  ///
  /// - Parameters:
  ///   - names: modalities to prepare; nil is all of the table.
  ///   - labels: class of each patient, -1 where unlabelled, for features selected by the label.
  init(
    names: [String]? = nil, table: PatientTable, labels: [Int], options: PreprocessingOptions
  ) {
    let preprocessor = Preprocessor(options: options)
    for name in names ?? table.modalities.map(\.name) {
      guard let modality = table.modalities.first(where: { $0.name == name }),
        let fitted = preprocessor.fit(table: modality, labels: labels)
      else { continue }
      modalities.append(name)
      preprocessors.append(fitted)
    }
  }

  /// Features of any patients; a row depends on that patient alone. A modality that the table lacks
  /// counts as not measured.
  func features(of patients: PatientTable) -> PatientFeatures {
    let tables = modalities.map { name in patients.modalities.first { $0.name == name } }
    let count = patients.patientCount
    var rows = tables.indices.map { m in
      tables[m].map { preprocessors[m].transform($0) }
        ?? Matrix(rows: count, columns: preprocessors[m].featureCount)
    }
    if !imputers.isEmpty {
      let sources = Matrix.horizontal(
        modalities.indices.filter { imputers[$0] == nil }.map { rows[$0] })
      for m in modalities.indices {
        if let imputer = imputers[m] { rows[m] = imputer(sources) }
      }
    }
    let measured = tables.map { $0?.isMeasured ?? [Bool](repeating: false, count: count) }
    return PatientFeatures(features: rows, isMeasured: measured)
  }
}

extension PreparedModalities {
  /// Which modalities patients have or have imputed values of, from what they have.
  func usable(_ isMeasured: [[Bool]]) -> [[Bool]] {
    isMeasured.indices.map { m in
      imputers[m] == nil ? isMeasured[m] : isMeasured[m].map { _ in true }
    }
  }
}

/// The patients of a training view, prepared: what every later stage of the linear path begins with.
struct PreparedPatients: Sendable {
  /// What prepares any patients.
  var modalities: PreparedModalities
  /// Features of all patients of the view.
  var patients: PatientFeatures
  /// Positions of modalities that are hidden from every patient and imputed from the others.
  var missing: [Int] = []

  /// What preparation depends on within a fold.
  struct Key: SharedKey {
    typealias Value = PreparedPatients
    let options: PreprocessingOptions
    /// As in ``PreparedPatients/missing``.
    let missing: [Int]
  }

  /// Patients that are prepared already.
  init(modalities: PreparedModalities, patients: PatientFeatures) {
    self.modalities = modalities
    self.patients = patients
  }

  /// Prepares the patients of a view, fitted on the training patients.
  init(_ training: TrainingView, _ options: PreprocessingOptions) {
    let trainingRows = Array(0..<training.trainingCount)
    modalities = PreparedModalities(
      table: training.isTransductive
        ? training.table.selecting(rows: trainingRows) : training.table,
      labels: training.labels, options: options)
    patients = modalities.features(of: training.table)
  }

  /// The patients of a view, prepared once for all methods of a fold.
  static func shared(_ training: TrainingView, _ context: FitContext) -> PreparedPatients {
    context.store.value(Key(options: context.preprocessing, missing: [])) {
      PreparedPatients(training, context.preprocessing)
    }
  }

  /// The key of these patients.
  func key(_ context: FitContext) -> Key {
    Key(options: context.preprocessing, missing: missing)
  }
}
