import Foundation

/// A cohort folder of two modalities and two classes, made for one test.
final class CohortFolder {
  let path: String
  let patients: [String]

  /// Writes the cohort; `patientCount` labelled patients.
  init(patientCount: Int = 24) throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "equipoise-\(UUID())")
    path = url.appending(path: "cohort").path(percentEncoded: false)
    patients = (0..<patientCount).map { "P\($0)" }
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    var labels = "sample,label\n"
    for (i, patient) in patients.enumerated() {
      labels += "\(patient),\(i % 2 == 0 ? "no" : "yes")\n"
    }
    try write(labels, to: "labels.csv")
    for name in ["mrna", "cnv"] { try write(modality(name), to: "\(name).csv") }
  }

  deinit {
    try? FileManager.default.removeItem(at: URL(filePath: path).deletingLastPathComponent())
  }

  /// Folder around the cohort, where the program is run.
  var parent: String {
    URL(filePath: path).deletingLastPathComponent().path(percentEncoded: false)
  }
  /// An output folder beside the cohort.
  var out: String { "\(parent)/out" }

  func write(_ text: String, to name: String) throws {
    try write(Data(text.utf8), to: name)
  }
  func write(_ bytes: Data, to name: String) throws {
    try bytes.write(to: URL(filePath: "\(path)/\(name)"))
  }
  func remove(_ name: String) throws {
    try FileManager.default.removeItem(atPath: "\(path)/\(name)")
  }

  /// Table of a modality: three columns, shifted by class.
  func modality(_ name: String) -> String {
    let phase = Double(name.utf8.reduce(0) { $0 + Int($1) })
    var text = "sample,g1,g2,g3\n"
    for (i, patient) in patients.enumerated() {
      let values = (0..<3).map { j in
        (sin(12.9898 * Double(i) + 78.233 * Double(j) + phase) + Double(i % 2)).description
      }
      text += "\(patient),\(values.joined(separator: ","))\n"
    }
    return text
  }

  /// Whether the output folder was created.
  var hasOutput: Bool { FileManager.default.fileExists(atPath: out) }
  /// Names in the output folder, sorted.
  var outputNames: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: out)) ?? []).sorted()
  }
  func output(_ name: String) throws -> String {
    try String(contentsOfFile: "\(out)/\(name)", encoding: .utf8)
  }
}
