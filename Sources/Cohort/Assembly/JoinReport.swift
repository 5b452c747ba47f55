/// How the patients of each file join with the labels and with the other files, and what to say of it.
struct JoinReport {
  private let known: KnownPatients
  /// Number of modalities that hold a patient.
  private let modalityCount: [String: Int]

  init(known: KnownPatients, modalities: [MeasuredTable]) {
    self.known = known
    var counts = [String: Int]()
    for table in modalities {
      for patient in table.patients { counts[patient, default: 0] += 1 }
    }
    modalityCount = counts
  }

  /// The figures of one assay.
  func join(_ table: MeasuredTable) -> FileJoin {
    let listed = table.patients.count { known.patients.contains($0) }
    let unlisted = table.patients.filter { !known.patients.contains($0) }
    return FileJoin(
      file: table.file, modality: table.name, patientCount: table.patients.count,
      absentFromLabels: known.isEmpty ? 0 : unlisted.count,
      examples: known.isEmpty ? [] : Array(unlisted.prefix(5)),
      absentFromFile: known.patients.count - listed)
  }

  /// What to say of an assay: a warning where a rule would join more of its samples to the labels, or
  /// where more than a tenth of them matches nobody at all; else a note on unlabelled ones.
  func notices(of table: MeasuredTable) -> [CohortNotice] {
    guard !known.isEmpty else { return alone(table) }
    let join = join(table)
    guard join.absentFromLabels > 0 else { return [] }
    let examples = join.examples.joined(separator: ", ") + join.ellipsis
    let isAlone = table.patients.count {
      !known.patients.contains($0) && modalityCount[$0, default: 0] < 2
    }
    let lost =
      "\(join.absentFromLabels) of \(join.patientCount) patients are not among the labels (\(examples))"
    if let advice = known.advice(for: table.identifiers) {
      return [.warning("partial-join", lost + ".", place: table.file, remedy: advice)]
    }
    if 10 * isAlone > join.patientCount {
      return [
        .warning(
          "partial-join", lost + ", and \(isAlone) of them are in no other file.",
          place: table.file,
          remedy: "check their identifiers; if they are meant as unlabelled patients, list them in "
            + "labels.csv with an empty label")
      ]
    }
    return [.note("absent-from-labels", lost + ".", place: table.file)]
  }

  /// Without labels: a file that shares nobody with the others.
  private func alone(_ table: MeasuredTable) -> [CohortNotice] {
    let others = modalityCount.count - table.patients.count
    guard others > 0, table.patients.allSatisfy({ modalityCount[$0, default: 0] < 2 }) else {
      return []
    }
    return [
      .warning(
        "no-shared-patient", "The file shares no patient with the others.", place: table.file,
        remedy: "check that identifiers agree, or set sample_id in cohort.yaml")
    ]
  }

  /// What to say of covariates or groups.
  ///
  /// - Throws: `noOverlap` where the table shares no patient with labels and assays.
  func notices(of table: SideTable) throws(CohortError) -> [CohortNotice] {
    func isKnown(_ patient: String) -> Bool {
      known.patients.contains(patient) || modalityCount[patient] != nil
    }
    let strangers = table.patients.filter { !isKnown($0) }
    guard !strangers.isEmpty else { return [] }
    guard strangers.count < table.patients.count else {
      let example = known.identifiers.first ?? modalityCount.keys.min { $0.precedes($1) }
      throw CohortError(
        .noOverlap, file: table.file, found: CohortError.quoting(table.identifiers[0]),
        expected: example.map { "identifiers of the labels such as \(CohortError.quoting($0))" },
        remedy: known.advice(for: table.identifiers))
    }
    let text =
      "\(strangers.count) of \(table.patients.count) patients have neither label nor assay "
      + "(\(CohortError.listing(Array(strangers.prefix(5).map(CohortError.quoting))))"
      + "\(strangers.count > 5 ? ", …" : ""))."
    if let advice = known.advice(for: table.identifiers) {
      return [.warning("partial-join", text, place: table.file, remedy: advice)]
    }
    return 10 * strangers.count > table.patients.count
      ? [.warning("partial-join", text, place: table.file, remedy: "check their identifiers")]
      : [.note("partial-join", text, place: table.file)]
  }
}
