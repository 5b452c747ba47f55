/// Several samples of one subject in a cohort that is not grouped by subject: folds then train on a
/// person whom they test, and every score is too good.
///
/// Looked for in columns beside the label whose values repeat, and in stems that sample identifiers
/// share. Repeated values alone are no sign. What counts is that samples of one value are each
/// other's nearest neighbors, or are of one class, far beyond chance.
public struct RepeatedSubjects: Codable, Equatable, Sendable {
  /// Column of the supposed subjects; nil for stems of identifiers.
  public let column: String?
  /// Subjects with at least two samples.
  public let subjects: Int
  /// Their samples.
  public let samples: Int
  /// Up to three samples of the first of them.
  public let examples: [String]
  /// What they share.
  public let stem: String
  /// Modality in which samples of one subject are nearest neighbors; nil where labels are the sign.
  public let modality: String?
  /// Share of samples whose nearest neighbor is of the same subject, or of subjects in one class.
  public let share: Double

  /// Probability below which neither neighbors nor labels are chance.
  static let certain = 1e-6
  /// The same for a column that is named as subjects are.
  static let likely = 1e-3

  /// What looks like repeated subjects, columns before stems; empty where patients are grouped by
  /// them already.
  static func all(in cohort: Cohort) -> [RepeatedSubjects] {
    let patients = cohort.table.patients
    var found = [RepeatedSubjects]()
    var known = Set<[[Int]]>()
    for column in columns(of: cohort) where column.name != cohort.nominalOutcome?.column {
      let isNamed = isSubjectName(column.name)
      let isNumeric = column.texts.allSatisfy { $0.map { CellText.number($0) != nil } ?? true }
      // Ages and scores repeat, and neighbors of like age are alike.
      guard isNamed || !isNumeric else { continue }
      let partition = SubjectPartition(column.texts, patients: patients)
      let finding = finding(partition, column: column.name, isNamed: isNamed, cohort)
      if !finding.isEmpty { known.insert(partition.members) }
      found += finding
    }
    for stems in IdentifierStems.candidates(patients) {
      let partition = SubjectPartition(stems, patients: patients)
      // A column that says the same is easier to use.
      guard !known.contains(partition.members) else { continue }
      found += finding(partition, column: nil, isNamed: false, cohort)
    }
    return found
  }

  /// A warning with what to write.
  var notice: CohortNotice {
    let percent = Int((share * 100).rounded())
    let sign =
      modality.map { "\(percent) % of them have their nearest neighbor in \($0) among themselves" }
      ?? "\(percent) % of the values have one class"
    let seen =
      column.map { "\(samples) samples share \(subjects) values of \($0)" }
      ?? "\(samples) samples share \(subjects) stems of identifiers"
    let list = examples.joined(separator: ", ")
    let remedy =
      column.map { "if they are of one subject each, use --group \($0)" }
      ?? "if they are of one subject each, add a column subject to labels.csv (\(stem) for \(list)) "
      + "and use --group subject"
    return .warning(
      "repeated-subjects",
      "\(seen) (\(stem): \(list)), and \(sign), as samples of one subject do: folds may train on "
        + "whom they test.",
      place: column, remedy: remedy)
  }

  private static func finding(
    _ partition: SubjectPartition, column: String?, isNamed: Bool, _ cohort: Cohort
  ) -> [RepeatedSubjects] {
    guard partition.couldBeSubjects(isNamed: isNamed), let first = partition.repeated.first,
      !isGrouped(partition, cohort.groups)
    else { return [] }
    func found(_ modality: String?, _ share: Double) -> [RepeatedSubjects] {
      [
        RepeatedSubjects(
          column: column, subjects: partition.repeated.count, samples: partition.repeatedCount,
          examples: first.rows.prefix(3).map { cohort.table.patients[$0] }, stem: first.value,
          modality: modality, share: share)
      ]
    }
    let limit = isNamed ? likely : certain
    let sharing = cohort.table.modalities.compactMap { table in
      NeighborSharing(table, partition).map { (table.name, $0) }
    }
    let clearest = sharing.filter { _, sharing in
      sharing.chance < limit && (isNamed || sharing.share >= 0.25)
    }.max { $0.1.share < $1.1.share }
    if let clearest { return found(clearest.0, clearest.1.share) }
    guard column != nil, let outcome = cohort.nominalOutcome else { return [] }
    let labels = LabelSharing(partition, labels: outcome.labels)
    return labels.share >= 0.9 && labels.chance < limit ? found(nil, labels.share) : []
  }

  /// Whether each subject's samples are in one group.
  private static func isGrouped(_ partition: SubjectPartition, _ groups: [String]?) -> Bool {
    guard let groups else { return false }
    return partition.repeated.allSatisfy { Set($0.rows.map { groups[$0] }).count == 1 }
  }

  private static func columns(of cohort: Cohort) -> [SideColumn] {
    cohort.sideColumns
      + cohort.table.covariates.map { covariate in
        switch covariate.values {
        case .categorical(let texts): SideColumn(name: covariate.name, texts: texts)
        case .numeric(let numbers):
          SideColumn(
            name: covariate.name, texts: numbers.map { $0.isNaN ? nil : "\($0)" })
        }
      }
  }

  /// Whether a column's name says that it holds subjects.
  static func isSubjectName(_ name: String) -> Bool {
    let words = name.lowercased().split { !$0.isLetter }.map(String.init)
    let subjects: Set<String> = [
      "subject", "subjects", "patient", "person", "donor", "individual", "participant", "animal",
      "mouse", "rat", "proband", "subjectid", "patientid", "personid", "donorid", "individualid",
      "participantid", "animalid", "mouseid", "ratid", "ptid", "pid", "subjid", "family", "pair",
    ]
    return words.contains(where: subjects.contains)
  }
}
