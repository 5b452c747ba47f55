import Foundation

/// What is in a cohort and what deserves a look, without fitting anything: for `inspect` and for
/// the report's section on trust. All of it is description and association, nothing is a cause.
public struct CohortInspection: Codable, Equatable, Sendable {
  /// Format of the JSON.
  public static let currentFormat = "equipoise-inspection-1"

  /// A class and its labelled patients.
  public struct ClassCount: Codable, Equatable, Sendable {
    /// Class name.
    public let name: String
    /// Labelled patients.
    public let count: Int
  }

  /// A clinical column.
  public struct CovariateSummary: Codable, Equatable, Sendable {
    /// Column name.
    public let name: String
    /// `numeric` or `categorical`.
    public let kind: String
    /// Patients with a value.
    public let observed: Int
    /// Distinct values.
    public let distinct: Int
  }

  /// Format, see ``currentFormat``.
  public let format: String
  /// Cohort name.
  public let cohort: String
  /// Title, if known.
  public let title: String?
  /// Source, if known.
  public let source: String?
  /// Licence, if known.
  public let licence: String?
  /// Modalities that the label was derived from; favoured by construction.
  public let labelDerivedFrom: [String]
  /// Number of patients.
  public let patients: Int
  /// Label column; nil without labels.
  public let outcome: String?
  /// Labelled patients.
  public let labelled: Int
  /// Unlabelled patients.
  public let unlabelled: Int
  /// Classes with their counts, in sorted order.
  public let classes: [ClassCount]
  /// Groups, where asked for.
  public let groups: Int?
  /// Patients without any modality.
  public let withoutModality: Int
  /// Patients with all modalities.
  public let complete: Int
  /// Each modality, in cohort order.
  public let modalities: [ModalityInspection]
  /// Clinical columns.
  public let covariates: [CovariateSummary]
  /// Groups of patients that are identical in every modality (identifiers), first row first.
  public let duplicatedPatients: [[String]]
  /// How files joined with the labels.
  public let joins: [FileJoin]
  /// How labelled and unlabelled patients differ, per modality; empty where all are labelled.
  public let labelledVersusUnlabelled: [PopulationDifference]
  /// Association of group and covariates with the label, strongest first.
  public let associations: [LabelAssociation]
  /// Modalities whose being measured goes with the label; empty without labels.
  public let measuredByClass: [MeasuredByClass]
  /// What looks like several samples of one subject in a cohort that is not grouped by it.
  public let repeatedSubjects: [RepeatedSubjects]
  /// Modalities without a usable feature, with the reason; they are left out everywhere.
  public let dropped: [DroppedModality]
  /// What the reader told.
  public let notices: [String]

  /// Inspects a cohort. O(patients × features × log patients).
  public init(_ cohort: Cohort) {
    let table = cohort.table
    let outcome = cohort.nominalOutcome
    let labels = outcome?.labels ?? Array(repeating: -1, count: table.patientCount)
    format = Self.currentFormat
    self.cohort = cohort.name
    title = cohort.details.title
    source = cohort.details.source
    licence = cohort.details.license
    labelDerivedFrom = cohort.details.labelDerivedFrom
    patients = table.patientCount
    self.outcome = outcome?.column
    labelled = labels.count { $0 >= 0 }
    unlabelled = table.patientCount - labelled
    let classes =
      outcome.map { zip($0.classes, $0.classCounts).map { ClassCount(name: $0, count: $1) } } ?? []
    self.classes = classes
    groups = cohort.groups.map { Set($0).count }
    let measured = (0..<table.patientCount).map { row in
      table.modalities.count { $0.isMeasured[row] }
    }
    withoutModality = measured.count { $0 == 0 }
    complete = measured.count { $0 == table.modalities.count }
    modalities = table.modalities.map { ModalityInspection($0, labels: labels) }
    covariates = table.covariates.map(Self.summary)
    duplicatedPatients = DuplicateSearch.patients(table).map { $0.map { table.patients[$0] } }
    joins = cohort.joins
    labelledVersusUnlabelled =
      labelled > 0 && unlabelled > 0
      ? table.modalities.map { PopulationDifference($0, labels: labels) } : []
    associations = LabelAssociation.all(cohort, labels: labels)
    measuredByClass = table.modalities.compactMap {
      MeasuredByClass($0, labels: labels, classes: outcome?.classes ?? [])
    }
    repeatedSubjects = RepeatedSubjects.all(in: cohort)
    dropped = table.modalities.compactMap {
      DroppedModality($0, rows: Array(0..<table.patientCount))
    }
    notices = cohort.notices.map { "\($0.severity.rawValue): \($0.line)" }
  }

  /// The inspection as JSON with sorted keys.
  public func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }

  private static func summary(_ covariate: Covariate) -> CovariateSummary {
    switch covariate.values {
    case .numeric(let numbers):
      let observed = numbers.filter { !$0.isNaN }
      return CovariateSummary(
        name: covariate.name, kind: "numeric", observed: observed.count,
        distinct: Set(observed).count)
    case .categorical(let texts):
      let observed = texts.compactMap { $0 }
      return CovariateSummary(
        name: covariate.name, kind: "categorical", observed: observed.count,
        distinct: Set(observed).count)
    }
  }
}
