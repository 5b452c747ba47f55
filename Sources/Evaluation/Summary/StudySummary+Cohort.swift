import Cohort

extension StudySummary {
  /// The cohort as it entered the study.
  public struct CohortFacts: Codable, Equatable, Sendable {
    /// Short name: the folder's, or `acc`.
    public var name: String
    /// Title, where one is given.
    @NullableField public var title: String?
    /// SHA-256 over the cohort's files, in hexadecimal digits.
    @NullableField public var sha256: String?
    /// Where the data come from.
    @NullableField public var source: String?
    /// Licence of the data.
    @NullableField public var licence: String?
    /// Number of patients.
    public var patients: Int
    /// Patients with a label.
    public var labelled: Int
    /// Patients without.
    public var unlabelled: Int
    /// Labelled patients of each class, in the order of `classes`.
    public var classCounts: [Int]
    /// Column whose groups stay together in folds.
    @NullableField public var groupColumn: String?
    /// Number of groups.
    @NullableField public var groups: Int?
    /// Names of clinical columns.
    public var covariates: [String]
    /// Modalities that the label was derived from.
    public var labelDerivedFrom: [String]

    enum CodingKeys: String, CodingKey {
      case name, title, sha256, source, licence, patients, labelled, unlabelled, groups, covariates
      case classCounts = "class_counts"
      case groupColumn = "group_column"
      case labelDerivedFrom = "label_derived_from"
    }

    /// Facts of a cohort.
    public init(
      name: String, title: String? = nil, sha256: String? = nil, source: String? = nil,
      licence: String? = nil, patients: Int, labelled: Int, unlabelled: Int, classCounts: [Int],
      groupColumn: String? = nil, groups: Int? = nil, covariates: [String] = [],
      labelDerivedFrom: [String] = []
    ) {
      self.name = name
      self.title = title
      self.sha256 = sha256
      self.source = source
      self.licence = licence
      self.patients = patients
      self.labelled = labelled
      self.unlabelled = unlabelled
      self.classCounts = classCounts
      self.groupColumn = groupColumn
      self.groups = groups
      self.covariates = covariates
      self.labelDerivedFrom = labelDerivedFrom
    }
  }

  /// What was predicted.
  public struct OutcomeFacts: Codable, Equatable, Sendable {
    /// Kind of outcome, for example `nominal`.
    public var kind: String
    /// Column the labels came from.
    public var label: String

    /// Facts of an outcome.
    public init(kind: String = "nominal", label: String) {
      self.kind = kind
      self.label = label
    }
  }

  /// How a study was laid out, and how to repeat it.
  public struct Design: Codable, Equatable, Sendable {
    /// Folds of each repeat.
    public var folds: Int
    /// Number of repeats.
    public var repeats: Int
    /// Seed of all named random streams.
    public var seed: UInt64
    /// Name of the file of folds, where folds were given; without its folder.
    @NullableField public var foldsFile: String?
    /// `use` or `ignore`: whether unlabelled patients join graph, scaling and distillation.
    public var unlabelled: String
    /// Distillation gate asked for; nil is each method's own.
    @NullableField public var gate: String?
    /// Version of the program.
    public var version: String

    enum CodingKeys: String, CodingKey {
      case folds, repeats, seed, unlabelled, gate, version
      case foldsFile = "folds_file"
    }

    /// A design.
    public init(
      folds: Int, repeats: Int, seed: UInt64, foldsFile: String? = nil,
      unlabelled: String = "use", gate: String? = nil, version: String
    ) {
      self.folds = folds
      self.repeats = repeats
      self.seed = seed
      self.foldsFile = foldsFile
      self.unlabelled = unlabelled
      self.gate = gate
      self.version = version
    }
  }
}

extension StudySummary.CohortFacts {
  /// Facts of a cohort as it was read.
  ///
  /// - Parameters:
  ///   - digest: SHA-256 over its files, where there are any.
  ///   - groupColumn: column of its groups, where patients are grouped.
  package init(
    _ cohort: Cohort, outcome: NominalOutcome, digest: String?, groupColumn: String?
  ) {
    let labelled = outcome.labelledRows.count
    self.init(
      name: cohort.name, title: cohort.details.title, sha256: digest,
      source: cohort.details.source, licence: cohort.details.license,
      patients: cohort.table.patientCount, labelled: labelled,
      unlabelled: cohort.table.patientCount - labelled, classCounts: outcome.classCounts,
      groupColumn: groupColumn, groups: cohort.groups.map { Set($0).count },
      covariates: cohort.table.covariates.map(\.name),
      labelDerivedFrom: cohort.details.labelDerivedFrom)
  }
}

extension StudySummary.Warning {
  /// That the label was derived from modalities, where it was.
  package static func labelDerived(_ cohort: Cohort) -> StudySummary.Warning? {
    let derived = cohort.details.labelDerivedFrom
    guard !derived.isEmpty else { return nil }
    return StudySummary.Warning(
      code: "label-derived",
      message: "The label was derived from \(derived.joined(separator: ", ")): "
        + (derived.count == 1 ? "it is" : "they are") + " favoured by construction.")
  }

  /// What looks wrong in a cohort, and what its reader warned of.
  package static func findings(in cohort: Cohort) -> [StudySummary.Warning] {
    (CohortInspection(cohort).trustFindings + cohort.notices.filter { $0.severity == .warning })
      .map(StudySummary.Warning.init)
  }

  /// A warning of the cohort's reader or inspection.
  package init(_ notice: CohortNotice) {
    self.init(
      code: notice.code, message: notice.message, place: notice.place, remedy: notice.remedy)
  }
}
