import Cohort
import Foundation

/// Writes a cohort as a MuData file or as a folder of tables.
public struct CohortConversion {
  private enum Target {
    case file(OutputFile)
    case folder(OutputFolder)
  }

  private let target: Target
  private let replaces: Bool

  /// Checks that the output may be written, without touching anything.
  ///
  /// - Parameters:
  ///   - out: a file that ends in `.h5mu`, else a folder.
  ///   - input: path of the cohort that is read, nil for an embedded one.
  ///   - replaces: whether what an earlier conversion wrote may be replaced.
  /// - Throws: ``StudyError`` `.badOption` for the ending of another file format, `.outputOccupied`,
  ///   `.outputUnwritable`.
  public init(out: String, input: String?, replaces: Bool) throws(StudyError) {
    self.replaces = replaces
    let ending = URL(filePath: out).pathExtension.lowercased()
    if ["h5ad", "h5", "hdf5", "csv", "tsv", "zip", "gz", "npz", "loom"].contains(ending) {
      throw StudyError(
        .badOption, "'.\(ending)' is not written", location: "--out", found: out,
        expected: "a file that ends in .h5mu, or a folder")
    }
    if let input, Self.canonical(input) == Self.canonical(out) {
      throw StudyError(
        .outputOccupied, "the output is the cohort that is read", location: out,
        expected: "another place", remedy: "choose another name with --out")
    }
    if ending == "h5mu" {
      let file = OutputFile(path: out)
      try file.check(force: replaces)
      target = .file(file)
    } else {
      let folder = OutputFolder(path: out)
      try folder.check(replaces ? .force : .fresh, input: input)
      target = .folder(folder)
    }
  }

  private static func canonical(_ path: String) -> String {
    URL(filePath: path).resolvingSymlinksInPath().standardizedFileURL.path(percentEncoded: false)
  }

  /// Writes aside and renames.
  ///
  /// - Throws: ``StudyError`` `.outputOccupied` where the folder holds files that would stay and be
  ///   read as part of the cohort, `.outputUnwritable`, `.writeFailed`.
  public func write(_ cohort: Cohort) throws(StudyError) {
    switch target {
    case .file(let file):
      try file.write(Data(MuDataExport(cohort, version: BuildFacts.version).bytes))
    case .folder(let folder):
      let files = try CohortFolderExport(cohort).files
      let names = Set(files.map(\.name))
      if let stranger = folder.contents.first(where: { !$0.hasPrefix(".") && !names.contains($0) })
      {
        throw StudyError(
          .outputOccupied, "the folder holds what this conversion would not replace",
          location: folder.path, found: stranger, expected: "an empty folder",
          remedy: "choose another folder, or remove the file")
      }
      try folder.open(.fresh)
      try folder.publish(files)
    }
  }

  /// What was written, for the terminal.
  public func summary(_ cohort: Cohort) -> String {
    let path =
      switch target {
      case .file(let file): file.path
      case .folder(let folder): folder.path
      }
    let modalities = cohort.table.modalities.map {
      "\($0.name) (\($0.measuredRows.count) × \($0.featureCount))"
    }
    return "\(cohort.table.patientCount) patients, \(modalities.joined(separator: ", ")): \(path)"
  }
}
