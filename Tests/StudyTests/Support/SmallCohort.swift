import Cohort
import Foundation
import LinearAlgebra

/// A cohort of three classes and two modalities that a centroid can tell apart, mostly.
func smallCohort(
  patientCount: Int = 30, unlabelledCount: Int = 3, groups: [String]? = nil, seed: UInt64 = 7
) -> Cohort {
  let patients = (0..<patientCount).map { "P\($0)" }
  let isLabelled = (0..<patientCount).map { $0 < patientCount - unlabelledCount }
  let texts = (0..<patientCount).map { isLabelled[$0] ? ["a", "b", "c"][$0 % 3] : nil }
  let modalities = ["alpha", "beta"].map { name in
    var stream = RandomStream(seed: seed, name: name)
    var values = stream.normalMatrix(rows: patientCount, columns: 3)
    for i in 0..<patientCount { values[i, i % 3] += 1.5 }
    return ModalityTable(name: name, featureNames: ["x", "y", "z"], values: values)
  }
  return Cohort(
    name: "small", table: PatientTable(patients: patients, modalities: modalities),
    outcome: .nominal(NominalOutcome(column: "label", texts: texts)), groups: groups)
}

extension Cohort {
  /// The same cohort with other labels, by class index.
  func with(labels: [Int]) -> Cohort {
    guard let outcome = nominalOutcome else { return self }
    return Cohort(
      name: name, table: table,
      outcome: .nominal(
        NominalOutcome(column: outcome.column, classes: outcome.classes, labels: labels)),
      groups: groups)
  }

  /// The cohort followed by copies of some of its patients under new names.
  func appending(copiesOf rows: [Int]) -> Cohort {
    let all = Array(0..<table.patientCount) + rows
    let selected = table.selecting(rows: all)
    let names = table.patients + rows.map { "copy of \(table.patients[$0])" }
    let labels = nominalOutcome?.labels ?? []
    return Cohort(
      name: name,
      table: PatientTable(patients: names, modalities: selected.modalities),
      outcome: .nominal(
        NominalOutcome(
          column: "label", classes: nominalOutcome?.classes ?? [], labels: all.map { labels[$0] }))
    )
  }
}

/// A folder of its own for one test, removed with ``remove()``.
struct TemporaryFolder {
  let path: String

  init() throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "equipoise-\(UUID())")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path(percentEncoded: false)
  }

  func file(_ name: String) -> String { "\(path)/\(name)" }
  func text(_ name: String) throws -> String {
    try String(contentsOfFile: file(name), encoding: .utf8)
  }
  func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: URL(filePath: file(name)))
  }
  var names: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }
  func remove() { try? FileManager.default.removeItem(atPath: path) }
}
