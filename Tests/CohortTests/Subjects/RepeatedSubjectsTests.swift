import Cohort
import Foundation
import LinearAlgebra
import Testing

/// How identifiers of samples are made of a person and a visit.
private enum Naming: CaseIterable, Sendable {
  case underscore, dot, visit, before, letter, barcode, running

  func name(_ person: Int, _ visit: Int, sample: Int) -> String {
    let person = person < 10 ? "0\(person)" : "\(person)"
    let letter = ["a", "b", "c", "d"][visit]
    return switch self {
    case .underscore: "P\(person)_\(letter)"
    case .dot: "P\(person).\(visit + 1)"
    case .visit: "P\(person)-T\(visit + 1)"
    case .before: "T\(visit + 1)_P\(person)"
    case .letter: "P\(person)\(letter)"
    case .barcode: "TCGA-OR-A5\(person)-0\(visit + 1)"
    case .running: "sample_\(sample)"
    }
  }
}

/// A cohort of persons with several samples each; a person's samples share a part of their values.
private func cohort(
  persons: Int, visits: Int, shared: Double, naming: Naming = .underscore, features: Int = 20,
  labelsByPerson: Bool = true, column: String? = nil, effect: Double = 0.5, seed: UInt64
) -> Cohort {
  var stream = RandomStream(seed: seed, name: "subjects")
  let count = persons * visits
  var values = stream.normalMatrix(rows: count, columns: features)
  let own = stream.normalMatrix(rows: persons, columns: features)
  let classes = (0..<persons).map { _ in stream.below(3) }
  var texts = [String]()
  for i in 0..<count {
    let label = labelsByPerson ? classes[i / visits] : stream.below(3)
    texts.append(["A", "B", "C"][label])
    for j in 0..<features {
      values[i, j] =
        (1 - shared).squareRoot() * values[i, j] + shared.squareRoot() * own[i / visits, j]
      if j % 3 == label { values[i, j] += effect }
    }
  }
  var order = Array(0..<count)
  stream.shuffle(&order)
  return Cohort(
    name: "subjects",
    table: PatientTable(
      patients: order.map { naming.name($0 / visits, $0 % visits, sample: $0) },
      modalities: [
        ModalityTable(
          name: "m", featureNames: (0..<features).map { "f\($0)" },
          values: values.selecting(rows: order))
      ]),
    outcome: .nominal(NominalOutcome(column: "label", texts: order.map { texts[$0] })),
    sideColumns: column.map { name in
      [SideColumn(name: name, texts: order.map { "H\($0 / visits)" })]
    } ?? [])
}

private func findings(_ cohort: Cohort) -> [RepeatedSubjects] {
  CohortInspection(cohort).repeatedSubjects
}

@Suite("Several samples of one subject")
struct RepeatedSubjectsTests {
  @Test("stems of identifiers in every naming", arguments: Naming.allCases)
  fileprivate func namings(_ naming: Naming) {
    let found = findings(
      cohort(persons: 20, visits: 3, shared: 0.7, naming: naming, seed: 1))
    #expect(found.count == (naming == .running ? 0 : 1))
    for finding in found {
      #expect(finding.subjects == 20 && finding.samples == 60 && finding.column == nil)
      #expect(finding.modality == "m" && finding.share > 0.5)
    }
  }

  @Test("a column of subjects, by neighbors or by labels; its name comes into the remedy")
  func columns() throws {
    let byNeighbors = cohort(
      persons: 15, visits: 3, shared: 0.7, naming: .running, labelsByPerson: false,
      column: "subject", seed: 2)
    #expect(findings(byNeighbors).map(\.column) == ["subject"])
    let byLabels = cohort(
      persons: 15, visits: 3, shared: 0, naming: .running, column: "house", seed: 3)
    let found = try #require(findings(byLabels).first)
    #expect(found.column == "house" && found.modality == nil && found.share == 1)
    let warnings = CohortInspection(byLabels).lines.filter { $0.contains("--group house") }
    #expect(warnings.count == 1)
    let neither = cohort(
      persons: 15, visits: 3, shared: 0, naming: .running, labelsByPerson: false,
      column: "house", seed: 4)
    #expect(findings(neither).isEmpty)
  }

  @Test("nothing is found where patients are grouped by subject, and the order changes nothing")
  func groupedAndOrdered() throws {
    let plain = cohort(persons: 20, visits: 3, shared: 0.7, seed: 5)
    let stems = plain.table.patients.map { String($0.prefix(3)) }
    let grouped = Cohort(
      name: "g", table: plain.table, outcome: plain.outcome, groups: stems)
    #expect(findings(grouped).isEmpty)
    let rows = Array((0..<60).reversed())
    let turned = Cohort(
      name: "t", table: plain.table.selecting(rows: rows),
      outcome: .nominal(
        NominalOutcome(
          column: "label", classes: ["A", "B", "C"],
          labels: rows.map { plain.nominalOutcome?.labels[$0] ?? -1 })))
    #expect(findings(turned) == findings(plain) && !findings(plain).isEmpty)
  }

  @Test("at most 1 % of 200 cohorts without repeated subjects raise an alarm")
  func falseAlarms() {
    var alarms = 0
    for seed in 0..<200 {
      let namings = Naming.allCases
      // Names and a column as of subjects, and labels that features go with, but no person's part.
      let found = findings(
        cohort(
          persons: 10 + seed % 20, visits: 2 + seed % 3, shared: 0,
          naming: namings[seed % namings.count], features: 5 + seed % 40, labelsByPerson: false,
          column: seed % 2 == 0 ? "house" : nil, effect: Double(seed % 4), seed: UInt64(seed)))
      if !found.isEmpty { alarms += 1 }
    }
    #expect(alarms <= 2)
  }

  @Test("at least 95 % of cohorts with 20 persons of 3 samples are found")
  func power() {
    var found = 0
    for seed in 0..<100 {
      let cohort = cohort(
        persons: 20, visits: 3, shared: 0.5, naming: [.underscore, .dot][seed % 2],
        seed: UInt64(1000 + seed))
      if !findings(cohort).isEmpty { found += 1 }
    }
    #expect(found >= 95)
  }

  @Test("a cohort above the bound is sampled, by whole subjects")
  func sampled() {
    let large = cohort(persons: 500, visits: 2, shared: 0.8, features: 10, seed: 7)
    #expect(findings(large).map(\.subjects) == [500])
  }

  @Test("a column of subjects beside the label is read from labels.csv")
  func fromFiles() throws {
    var labels = "sample,label,subject\n"
    var values = "sample,x,y\n"
    for i in 0..<24 {
      labels += "s\(i),\(i / 3 % 2 == 0 ? "A" : "B"),D\(i / 3)\n"
      values += "s\(i),\(i / 3 * 7 % 5).\(i),\(i / 3 * 3 % 8).\(i)\n"
    }
    let cohort = try read(["labels.csv": labels, "m.csv": values])
    #expect(findings(cohort).map(\.column) == ["subject"])
    let grouped = try read(["labels.csv": labels, "m.csv": values], group: "subject")
    #expect(findings(grouped).isEmpty)
  }
}
