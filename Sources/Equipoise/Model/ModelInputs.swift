import Cohort
import LinearAlgebra

/// The modalities that a model looks at, with their features and how these lay in training.
struct ModelInputs: Sendable {
  /// One modality.
  struct Modality: Sendable {
    let name: String
    /// In training order.
    let features: [String]
    /// Features × ``levels``: quantiles of the observed training values; NaN for a feature never
    /// observed.
    let quantiles: Matrix
  }

  /// Levels of the stored quantiles.
  static let levels = [0.05, 0.25, 0.5, 0.75, 0.95]

  /// In the model's order.
  let modalities: [Modality]

  /// Inputs of a model fitted on these patients.
  init(_ table: PatientTable, using names: [String]) {
    modalities = names.compactMap { name in table.modalities.first { $0.name == name } }.map {
      Modality(name: $0.name, features: $0.featureNames, quantiles: Self.quantiles($0))
    }
  }

  private static func quantiles(_ table: ModalityTable) -> Matrix {
    var result = Matrix(rows: table.featureCount, columns: levels.count, repeating: .nan)
    for j in 0..<table.featureCount {
      let sorted = table.values.column(j).filter { !$0.isNaN }.sorted()
      guard !sorted.isEmpty else { continue }
      for (k, level) in levels.enumerated() { result[j, k] = quantile(ofSorted: sorted, level) }
    }
    return result
  }

  /// Names of features by modality, to settle how the tables of new patients stand.
  var knownFeatures: [String: [String]] {
    Dictionary(uniqueKeysWithValues: modalities.map { ($0.name, $0.features) })
  }

  /// Writes names and quantiles.
  func archive(to writer: inout ArchiveWriter) {
    writer.write("modalities", texts: modalities.map(\.name))
    for (m, modality) in modalities.enumerated() {
      writer.scoped("\(m)") { part in
        part.write("features", texts: modality.features)
        part.write("quantiles", modality.quantiles)
      }
    }
  }

  /// Reads what ``archive(to:)`` wrote.
  init(from reader: ArchiveReader) throws(ArchiveError) {
    var modalities = [Modality]()
    for (m, name) in try reader.texts("modalities").enumerated() {
      let part = reader.scoped("\(m)")
      let features = try part.texts("features")
      guard Set(features).count == features.count, !modalities.contains(where: { $0.name == name })
      else { throw part.error(.badValue, "features", expected: "each name once") }
      modalities.append(
        Modality(
          name: name, features: features,
          quantiles: try part.matrix(
            "quantiles", rows: features.count, columns: Self.levels.count, allowsMissing: true)))
    }
    self.modalities = modalities
  }
}

/// Patients as a model takes them: its modalities, each with its features in its order.
struct AlignedPatients: Sendable {
  /// What of a modality was found.
  struct Match: Codable, Equatable, Sendable {
    /// Modality.
    let modality: String
    /// Whether the patients have a table of it.
    let isPresent: Bool
    /// Features of the model that were found.
    let foundFeatures: Int
    /// Features of the model that were not, the first ten.
    let missingFeatures: [String]
    /// How many they are.
    let missingFeatureCount: Int
    /// Features that the model does not know.
    let extraFeatureCount: Int
  }

  let table: PatientTable
  let matches: [Match]
  /// Modalities of the patients that the model does not know.
  let unknownModalities: [String]

  /// - Parameter requiresModality: whether patients without any of the model's modalities are refused.
  /// - Throws: ``ModelError`` `.noCommonModality` if no modality is the model's, `.noCommonFeature`
  ///   if one has none of the model's features.
  init(
    _ patients: PatientTable, inputs: ModelInputs, requiresModality: Bool = true
  ) throws(ModelError) {
    let known = Set(inputs.modalities.map(\.name))
    unknownModalities = patients.modalities.map(\.name).filter { !known.contains($0) }
    guard
      !requiresModality || known.isEmpty
        || patients.modalities.contains(where: { known.contains($0.name) })
    else {
      let names = inputs.modalities.map(\.name)
      throw ModelError(
        .noCommonModality, found: Self.listing(unknownModalities),
        expected: "at least one of \(Self.listing(names))",
        remedy: "name the files after the model's modalities, such as \(names.first ?? "").csv")
    }
    var tables = [ModalityTable]()
    var matches = [Match]()
    for modality in inputs.modalities {
      let (table, match) = try Self.aligned(patients, modality)
      tables.append(table)
      matches.append(match)
    }
    table = PatientTable(
      patients: patients.patients, modalities: tables, covariates: patients.covariates)
    self.matches = matches
  }

  private static func aligned(
    _ patients: PatientTable, _ modality: ModelInputs.Modality
  ) throws(ModelError) -> (ModalityTable, Match) {
    let features = modality.features
    guard let given = patients.modalities.first(where: { $0.name == modality.name }) else {
      let empty = Matrix(rows: patients.patientCount, columns: features.count, repeating: .nan)
      return (
        ModalityTable(name: modality.name, featureNames: features, values: empty),
        Match(
          modality: modality.name, isPresent: false, foundFeatures: 0, missingFeatures: [],
          missingFeatureCount: features.count, extraFeatureCount: 0)
      )
    }
    if given.featureNames == features {
      return (
        given,
        Match(
          modality: modality.name, isPresent: true, foundFeatures: features.count,
          missingFeatures: [], missingFeatureCount: 0, extraFeatureCount: 0)
      )
    }
    var columns = [String: Int](minimumCapacity: given.featureCount)
    for (column, name) in given.featureNames.enumerated() { columns[name] = column }
    let places = features.map { columns[$0] }
    let missing = features.filter { columns[$0] == nil }
    guard missing.count < features.count else {
      throw ModelError(
        .noCommonFeature, at: "modality \(modality.name)",
        found: "columns such as \(listing(Array(given.featureNames.prefix(3))))",
        expected: "features such as \(listing(Array(features.prefix(3))))",
        remedy: "use the identifiers of the training data, or leave the modality out with "
          + "--modalities")
    }
    var values = Matrix(rows: given.values.rowCount, columns: features.count, repeating: .nan)
    for i in 0..<values.rowCount {
      for (j, place) in places.enumerated() {
        if let place { values[i, j] = given.values[i, place] }
      }
    }
    return (
      ModalityTable(name: modality.name, featureNames: features, values: values),
      Match(
        modality: modality.name, isPresent: true, foundFeatures: features.count - missing.count,
        missingFeatures: Array(missing.prefix(10)), missingFeatureCount: missing.count,
        extraFeatureCount: given.featureCount - (features.count - missing.count))
    )
  }

  private static func listing(_ names: [String]) -> String {
    names.isEmpty ? "none" : names.prefix(8).joined(separator: ", ")
  }
}
