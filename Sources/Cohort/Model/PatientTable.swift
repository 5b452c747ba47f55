/// Everything measured on a set of patients, and nothing of the outcome.
///
/// This is what a learner sees of new patients: it has no labels to leak.
public struct PatientTable: Equatable, Sendable {
  /// Patient identifiers, unique.
  public let patients: [String]
  /// Modalities in cohort order, each over the same patients.
  public let modalities: [ModalityTable]
  /// Clinical columns over the same patients.
  public let covariates: [Covariate]

  /// Creates a table; every part must cover the same patients in the same order.
  public init(patients: [String], modalities: [ModalityTable], covariates: [Covariate] = []) {
    precondition(
      modalities.allSatisfy { $0.values.rowCount == patients.count }, "one row per patient")
    self.patients = patients
    self.modalities = modalities
    self.covariates = covariates
  }

  /// Number of patients.
  public var patientCount: Int { patients.count }

  /// The table of the given patients, in that order.
  public func selecting(rows: [Int]) -> PatientTable {
    PatientTable(
      patients: rows.map { patients[$0] },
      modalities: modalities.map { $0.selecting(rows: rows) },
      covariates: covariates.map { $0.selecting(rows: rows) })
  }

  /// The table with only the named modalities, in the order of `names`; unknown names are left out.
  public func selecting(modalities names: [String]) -> PatientTable {
    PatientTable(
      patients: patients,
      modalities: names.compactMap { name in modalities.first { $0.name == name } },
      covariates: covariates)
  }
}
