import Boundary
import Cohort
import Evaluation
import Foundation
import Study

/// A cohort as a verb gets it.
struct LoadedCohort {
  /// Patients, outcome, modalities.
  let cohort: Cohort
  /// As named in files: `demo:acc`, or the folder's last component.
  let name: String
  /// Files read, by content.
  let inputs: [FileDigest]
  /// One digest for all of them.
  let digest: String
  /// Filters as given.
  let filters: [String]
  /// Whether modalities were chosen.
  let areModalitiesChosen: Bool
  /// Flags that change what the files mean.
  let reading: [String]

  /// What the reader decided or found, for the log.
  func tell(_ console: Console) {
    for notice in cohort.notices {
      switch notice.severity {
      case .note: console.note("note: \(notice.line)")
      case .warning: console.warn(notice.line)
      }
    }
  }

  /// The same, then what the inspection of the cohort and a plan of folds warn of.
  func tell(_ console: Console, plan: [StudySummary.Warning]) {
    tell(console)
    for finding in CohortInspection(cohort).trustFindings { console.warn(finding.line) }
    for warning in plan { console.warn(warning.line) }
  }

  /// Path of the cohort's folder; nil for an embedded cohort.
  static func folder(of name: String) -> String? {
    guard case .folder(let path) = CohortSource(name) else { return nil }
    return path
  }
}

extension Settings {
  /// What to read, from flags and file.
  func request(
    _ name: String, _ options: CohortOptions, labels: CohortRequest.LabelUse, threads: Int
  ) throws -> CohortRequest {
    let conditions =
      try options.conditions.isEmpty ? file?.items("where") ?? [] : options.conditions
    var request = CohortRequest(
      name, labelColumn: try text(options.label, "label"),
      groupColumn: try text(options.group, "group"),
      filters: try conditions.map { try WhereFilter(parsing: $0) },
      modalities: try list(options.modalities, "modalities"), labels: labels, threads: threads)
    try apply(options.format, to: &request)
    return request
  }

  /// How files are read, from flags and file.
  func apply(_ options: FormatOptions, to request: inout CohortRequest) throws {
    request.format = try text(options.format, "format")
    request.layer = try text(options.layer, "layer")
    request.embedding = try text(options.embedding, "embedding")
    request.readsMutations = try truth(options.mutations, "mutations")
    let given = try options.transforms.isEmpty ? file?.items("transform") ?? [] : options.transforms
    for text in given {
      let (name, transform) = try Self.transform(text, isFlag: !options.transforms.isEmpty)
      request.transforms[name] = transform
    }
    guard let size = try text(options.maxUncompressed, "maxUncompressed") else { return }
    guard let count = ByteCount(size) else {
      throw Failure(
        options.maxUncompressed == nil ? .configuration : .usage, "an option is out of range",
        at: "max-uncompressed", found: size, expected: "a size such as 8G, 500M or 4096")
    }
    request.maximumUncompressedBytes = count.bytes
  }

  /// An assay and its transform from `ASSAY=NAME`; the assay's name may hold equals signs.
  private static func transform(
    _ text: String, isFlag: Bool
  ) throws -> (String, AssayTransform) {
    let names = AssayTransform.allCases.map(\.rawValue).joined(separator: ", ")
    guard let equals = text.lastIndex(of: "="), equals > text.startIndex,
      let transform = AssayTransform(
        rawValue: text[text.index(after: equals)...].trimmingCharacters(in: .whitespaces))
    else {
      throw Failure(
        isFlag ? .usage : .configuration, "a transform is not understood", at: "transform",
        found: text, expected: "ASSAY=NAME, such as mrna=log1p, with a name of \(names)")
    }
    return (text[..<equals].trimmingCharacters(in: .whitespaces), transform)
  }

  /// Reads the cohort of that name.
  func load(
    _ name: String, _ options: CohortOptions, labels: CohortRequest.LabelUse, threads: Int
  ) throws -> LoadedCohort {
    try load(try request(name, options, labels: labels, threads: threads), named: name)
  }

  /// Reads what a request asks for; `name` is how the cohort was named.
  func load(_ request: CohortRequest, named name: String) throws -> LoadedCohort {
    let reading: CohortReading
    if let path = LoadedCohort.folder(of: name), case .special(let kind) = FileEntry(path: path),
      kind != "a folder"
    {
      throw Failure(reading: "the cohort", FileFault(.notRegular, path, kind))
    }
    do {
      reading = try readCohort(request)
    } catch {
      throw Failure(error, cohort: name)
    }
    return LoadedCohort(
      cohort: reading.cohort,
      name: LoadedCohort.folder(of: name) == nil ? name : reading.cohort.name,
      inputs: reading.inputs.map { FileDigest(name: $0.name, sha256: $0.sha256) },
      digest: reading.digest, filters: request.filters.map(\.description),
      areModalitiesChosen: request.modalities != nil, reading: request.readingWords)
  }
}
