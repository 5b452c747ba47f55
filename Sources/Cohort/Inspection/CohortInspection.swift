/// What is in a cohort and what looks odd about it; nothing here is used for training.
///
/// Keys in JSON are in snake case. Shares and associations lie in 0…1.
public struct CohortInspection: Codable, Equatable, Sendable {
  /// A class and how many labelled patients it has.
  public struct ClassCount: Codable, Equatable, Sendable {
    /// Class name.
    public var name: String
    /// Labelled patients of the class.
    public var patients: Int
  }

  /// A remark of the reader.
  public struct Notice: Codable, Equatable, Sendable {
    /// `note` or `warning`.
    public var severity: String
    /// One sentence.
    public var message: String
  }

  /// Cohort name.
  public var name: String
  /// Number of patients.
  public var patients: Int
  /// Column the labels came from; nil without labels.
  public var labelColumn: String?
  /// Patients with a label.
  public var labelled: Int
  /// Patients without.
  public var unlabelled: Int
  /// Classes in their order; empty without labels.
  public var classes: [ClassCount]
  /// One entry per modality, in cohort order.
  public var modalities: [ModalityInspection]
  /// One entry per clinical column, in cohort order.
  public var covariates: [CovariateInspection]
  /// How closely the groups and each clinical column go with the label; empty without labels.
  public var associations: [LabelAssociation]
  /// What the reader decided or found.
  public var notices: [Notice]

  enum CodingKeys: String, CodingKey {
    case name, patients, labelled, unlabelled, classes, modalities, covariates, associations
    case notices
    case labelColumn = "label_column"
  }

  /// Inspects a cohort. O(n d) and a sort of each column.
  public init(_ cohort: Cohort) {
    let table = cohort.table
    let outcome = cohort.nominalOutcome
    let labels = outcome?.labels ?? [Int](repeating: -1, count: table.patientCount)
    name = cohort.name
    patients = table.patientCount
    labelColumn = outcome?.column
    labelled = labels.count { $0 >= 0 }
    unlabelled = labels.count - labelled
    classes = zip(outcome?.classes ?? [], outcome?.classCounts ?? []).map {
      ClassCount(name: $0, patients: $1)
    }
    modalities = table.modalities.map {
      ModalityInspection($0, patients: table.patients, labels: labels)
    }
    covariates = table.covariates.map(CovariateInspection.init)
    let groups = cohort.groups.map {
      [LabelAssociation(name: "group", categories: $0, labels: labels)]
    }
    associations =
      outcome == nil
      ? []
      : ((groups ?? [])
        + table.covariates.map { LabelAssociation($0, labels: labels) }).compactMap { $0 }
    notices = cohort.notices.map {
      Notice(severity: $0.severity.rawValue, message: $0.message)
    }
  }
}

/// What a clinical column holds.
public struct CovariateInspection: Codable, Equatable, Sendable {
  /// Column name.
  public var name: String
  /// `numeric` or `categorical`.
  public var kind: String
  /// Patients with a value.
  public var observed: Int
  /// Distinct values.
  public var distinct: Int

  init(_ covariate: Covariate) {
    name = covariate.name
    switch covariate.values {
    case .numeric(let numbers):
      let present = numbers.filter { !$0.isNaN }
      kind = "numeric"
      observed = present.count
      distinct = Set(present).count
    case .categorical(let categories):
      let present = categories.compactMap { $0 }
      kind = "categorical"
      observed = present.count
      distinct = Set(present).count
    }
  }
}
