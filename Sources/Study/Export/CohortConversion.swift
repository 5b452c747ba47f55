import Cohort
import Foundation

/// Where a converted cohort goes.
public enum CohortConversion: Sendable {
  /// A MuData file.
  case file(OutputFile)
  /// A folder of tables.
  case folder(OutputFolder)

  /// A file if the name ends in `.h5mu`, else a folder.
  ///
  /// - Throws: ``StudyError`` `.badOption` for the ending of another file format.
  public init(out: String) throws(StudyError) {
    let ending = URL(filePath: out).pathExtension.lowercased()
    if ["h5ad", "h5", "hdf5", "csv", "tsv", "zip", "gz", "npz", "loom"].contains(ending) {
      throw StudyError(
        .badOption, "'.\(ending)' is not written", location: "--out", found: out,
        expected: "a file that ends in .h5mu, or a folder")
    }
    self =
      ending == "h5mu" ? .file(OutputFile(path: out)) : .folder(OutputFolder(path: out))
  }

  /// The bytes of a MuData file.
  public static func muData(_ cohort: Cohort) -> Data {
    Data(MuDataExport(cohort, version: BuildFacts.version).bytes)
  }

  /// The files of a folder of tables.
  ///
  /// - Throws: ``StudyError`` `.outputUnwritable` where a modality cannot be the name of a file,
  ///   `.outputOccupied` where the folder holds what would stay and be read as part of the cohort.
  public static func tables(
    _ cohort: Cohort, in folder: OutputFolder
  ) throws(StudyError) -> [(name: String, bytes: Data)] {
    let files = try CohortFolderExport(cohort).files
    let names = Set(files.map(\.name))
    if let stranger = folder.contents.first(where: { !$0.hasPrefix(".") && !names.contains($0) }) {
      throw StudyError(
        .outputOccupied, "the folder holds what this conversion would not replace",
        location: folder.path, found: stranger, expected: "an empty folder",
        remedy: "choose another folder, or remove the file")
    }
    return files
  }

  private var path: String {
    switch self {
    case .file(let file): file.path
    case .folder(let folder): folder.path
    }
  }

  /// What was written, for programs.
  ///
  /// - Throws: an encoding error, which texts and counts do not cause.
  public func json(_ cohort: Cohort) throws -> String {
    struct Modality: Encodable {
      let name: String
      let patients: Int
      let features: Int
    }
    struct Answer: Encodable {
      let path: String
      let patients: Int
      let modalities: [Modality]
    }
    let answer = Answer(
      path: path, patients: cohort.table.patientCount,
      modalities: cohort.table.modalities.map {
        Modality(name: $0.name, patients: $0.measuredRows.count, features: $0.featureCount)
      })
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(answer), as: UTF8.self)
  }

  /// What was written, for the terminal.
  public func summary(_ cohort: Cohort) -> String {
    let modalities = cohort.table.modalities.map {
      "\($0.name) (\($0.measuredRows.count) × \($0.featureCount))"
    }
    return "\(cohort.table.patientCount) patients, \(modalities.joined(separator: ", ")): \(path)"
  }
}
