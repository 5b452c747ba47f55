import LinearAlgebra
import PatientGraph

extension EquipoiseFit {
  /// Writes graphs, imputers and members.
  func archive(to writer: inout ArchiveWriter) {
    writer.scoped("imputers") { placement.modalities.archiveImputers(to: &$0) }
    if let graphs = placement.graphs { writer.scoped("graphs") { graphs.archive(to: &$0) } }
    writer.write("answer", texts: [base.answer.rawValue])
    for (k, member) in base.members.enumerated() {
      writer.scoped("member-\(k)") { member.archive(to: &$0) }
    }
    if let components { writer.scoped("components") { components.archive(to: &$0) } }
  }

  /// Reads what ``archive(to:)`` wrote.
  ///
  /// - Parameters:
  ///   - reading: modalities and preprocessing, without imputers.
  ///   - missing: positions of the modalities that this fit's patients lack.
  init(
    from reader: ArchiveReader, reading: PreparedModalities, without missing: [Int], classCount: Int
  ) throws(ArchiveError) {
    var reading = reading
    try reading.readImputers(of: missing, from: reader.scoped("imputers"))
    let graphs = try RelationPlacement(from: reader.scoped("graphs"), widths: reading.widths)
    let shape = FitShape(
      widths: reading.widths, patientCount: graphs.patientCount, classCount: classCount)
    let text = try reader.texts("answer", count: 1)[0]
    guard let answer = EquipoiseConfiguration.Answer(rawValue: text) else {
      throw reader.error(.badValue, "answer", found: text, expected: "a way to answer")
    }
    var members = [try ServedMember(from: reader.scoped("member-0"), shape)]
    if answer == .average {
      members.append(try ServedMember(from: reader.scoped("member-1"), shape))
    }
    self.init(
      placement: PatientPlacement(modalities: reading, graphs: graphs),
      base: LabelledMembers(members: members, answer: answer),
      components: reader.hasScope("components")
        ? try ComponentMembers(from: reader.scoped("components"), shape) : nil)
  }
}
