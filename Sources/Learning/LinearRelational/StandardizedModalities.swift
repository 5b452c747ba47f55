import Cohort
import LinearAlgebra

/// Modalities standardised on the training rows of a fold.
struct StandardizedModalities: Sendable {
  /// What reads any patients.
  var reading = ModalityReading()
  /// Per modality all patients of the fold's table × features.
  var standardized: [Matrix] = []
  /// Whether each of those patients has each modality.
  var isMeasured: [[Bool]] = []

  init(_ training: TrainingView, _ context: FitContext) {
    let trainingRows = Array(0..<training.trainingCount)
    let preprocessor = Preprocessor(options: context.preprocessing)
    for table in training.table.modalities {
      let fitted = preprocessor.fit(
        table: training.isTransductive ? table.selecting(rows: trainingRows) : table,
        labels: training.labels)
      guard let fitted else { continue }
      reading.modalities.append(table.name)
      reading.preprocessors.append(fitted)
      standardized.append(fitted.transform(table))
      isMeasured.append(table.isMeasured)
    }
  }
}

/// Reads the modalities of patients as a fit on training patients standardises them.
struct ModalityReading: Sendable {
  /// Names in cohort order; one with nothing usable in the training rows is left out.
  var modalities: [String] = []
  var preprocessors: [FittedPreprocessor] = []
  /// By position, what stands in for a modality that its patients lack.
  var imputers: [Int: ModalityImputer] = [:]

  /// Standardised rows of patients to be predicted, what they lack at the training mean or imputed from
  /// the others, and what they have; a row depends on that patient alone.
  func rows(of patients: PatientTable) -> (rows: [Matrix], isMeasured: [[Bool]]) {
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
    return (rows, measured)
  }
}
