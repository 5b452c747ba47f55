import Cohort
import Evaluation
import Foundation

/// A cohort as a folder of tables that our own reader reads again: `labels.csv`, `clinical.csv`, one
/// table an assay, and `cohort.yaml` where something must be said.
///
/// Numbers are written with the fewest digits that give the same double. Patients who lack an assay
/// have no row in its table.
public struct CohortFolderExport {
  private let cohort: Cohort

  /// - Throws: `.outputUnwritable` where a modality cannot be the name of a file.
  public init(_ cohort: Cohort) throws(StudyError) {
    self.cohort = cohort
    var seen = Set(["labels", "clinical", "covariates", "cohort"])
    for name in cohort.table.modalities.map(\.name) {
      guard !name.isEmpty, !name.hasPrefix("."), !name.contains("/"), !name.utf8.contains(0),
        seen.insert(name.lowercased()).inserted
      else {
        throw StudyError(
          .outputUnwritable, "a modality's name cannot be a file's name", found: "'\(name)'",
          expected: "a name of its own, without /, and not labels, clinical, covariates or cohort",
          remedy: "rename the modality, or write a file: --out X.h5mu")
      }
    }
  }

  /// Files by name, in a fixed order.
  public var files: [(name: String, bytes: Data)] {
    var files = [(name: String, bytes: Data)]()
    func add(_ name: String, _ lines: [String]) {
      files.append((name, Data((lines.joined(separator: "\n") + "\n").utf8)))
    }
    if let lines = labels { add("labels.csv", lines) }
    if let lines = clinical { add("clinical.csv", lines) }
    for table in cohort.table.modalities { add("\(table.name).csv", lines(of: table)) }
    if !configuration.isEmpty { add("cohort.yaml", configuration) }
    return files
  }

  private func row(_ fields: [String]) -> String {
    fields.map(csvField).joined(separator: ",")
  }

  private var labels: [String]? {
    guard let outcome = cohort.nominalOutcome else { return nil }
    let hasGroups = cohort.groups != nil
    return [row(["sample", outcome.column] + (hasGroups ? [groupColumn] : []))]
      + cohort.table.patients.indices.map { index in
        let label = outcome.labels[index]
        let group = cohort.groups.map { $0[index].hasPrefix("ungrouped:") ? "" : $0[index] }
        return row(
          [cohort.table.patients[index], label < 0 ? "" : outcome.classes[label]]
            + (group.map { [$0] } ?? []))
      }
  }

  private var groupColumn: String {
    var name = "group"
    while name == cohort.nominalOutcome?.column
      || cohort.table.covariates.contains(where: { $0.name == name })
    { name += "_" }
    return name
  }

  private var clinical: [String]? {
    let covariates = cohort.table.covariates
    guard !covariates.isEmpty else { return nil }
    return [row(["sample"] + covariates.map(\.name))]
      + cohort.table.patients.indices.map { index in
        row(
          [cohort.table.patients[index]]
            + covariates.map { covariate in
              switch covariate.values {
              case .numeric(let numbers): Self.text(numbers[index])
              case .categorical(let texts): texts[index] ?? ""
              }
            })
      }
  }

  private func lines(of table: ModalityTable) -> [String] {
    [row(["sample"] + table.featureNames)]
      + table.measuredRows.map { index in
        row([cohort.table.patients[index]])
          + table.values.row(index).map { "," + Self.text($0) }
          .joined()
      }
  }

  /// The shortest text that reads as the same double, without the fraction of a whole number.
  private static func text(_ number: Double) -> String {
    if number.isNaN { return "" }
    let text = "\(number)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  private var configuration: [String] {
    let details = cohort.details
    let names = cohort.table.modalities.map(\.name)
    var lines = [String]()
    func add(_ key: String, _ value: String?) {
      if let value { lines.append("\(key): \(Self.yaml(value))") }
    }
    func add(_ key: String, _ values: [String]) {
      if !values.isEmpty {
        lines.append("\(key): [\(values.map(Self.yaml).joined(separator: ", "))]")
      }
    }
    add("title", details.title)
    add("source", details.source)
    add("licence", details.license)
    if let column = cohort.nominalOutcome?.column, column != "label" { add("label", column) }
    if cohort.groups != nil, cohort.nominalOutcome != nil { add("group", groupColumn) }
    add("label_from", details.labelDerivedFrom)
    let byName = names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    if names != byName { add("modalities", names) }
    // A name such as `survival` would be taken for a table of outcomes.
    lines.append("files:")
    lines += names.map { "  \(Self.yaml($0 + ".csv")): modality" }
    return lines
  }

  /// A text in double quotes, which YAML reads as JSON does.
  private static func yaml(_ text: String) -> String {
    let escaped = text.unicodeScalars.map { scalar -> String in
      switch scalar {
      case "\"": "\\\""
      case "\\": "\\\\"
      case "\n": "\\n"
      case "\t": "\\t"
      default:
        scalar.value < 0x20 || scalar.value == 0x7f
          ? "\\x" + String(format: "%02x", scalar.value) : String(scalar)
      }
    }
    return "\"\(escaped.joined())\""
  }
}
