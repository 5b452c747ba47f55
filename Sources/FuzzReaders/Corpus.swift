import Foundation
import _TestSupport

/// A set of files that belong together, and are damaged one at a time.
struct CorpusCase {
  let name: String
  /// Bytes by path below the case's folder.
  let files: [String: [UInt8]]
}

/// The cases of folders, grouped into surfaces.
///
/// A subfolder is a case, and its surface is the part of its name before the first `-`; a file is a case
/// too, and its surface is its ending (`h5ad`). `FOLDER=NAME` puts all cases of a folder into one surface.
enum Corpus {
  /// Surfaces by name; `model`, `config` and `resume` have their own way of being tried, all others are
  /// cohorts.
  static func surfaces(_ folders: [String], program: String?) throws -> [any Surface] {
    var groups = [String: [CorpusCase]]()
    for entry in folders {
      let parts = entry.split(separator: "=", maxSplits: 1).map(String.init)
      let folder = parts[0]
      for name in try FileManager.default.contentsOfDirectory(atPath: folder).sorted() {
        var files = files(below: "\(folder)/\(name)")
        var group = String(name.prefix { $0 != "-" })
        if files.isEmpty, !name.hasPrefix("."), !name.hasSuffix(".json"),
          let data = FileManager.default.contents(atPath: "\(folder)/\(name)")
        {
          files = [name: [UInt8](data)]
          group = URL(filePath: name).pathExtension
        }
        guard !files.isEmpty else { continue }
        if parts.count > 1 { group = parts[1] }
        groups[group, default: []].append(CorpusCase(name: name, files: files))
      }
    }
    return groups.keys.sorted().compactMap { name -> (any Surface)? in
      let cases = groups[name] ?? []
      switch name {
      case "model": return ModelSurface(cases: cases)
      case "config", "resume":
        return program.map { ProgramSurface(name: name, cases: cases, program: $0) }
      default: return CohortSurface(name: name, cases: cases)
      }
    }
  }

  /// All files below a folder, without hidden ones.
  static func files(below folder: String) -> [String: [UInt8]] {
    var files = [String: [UInt8]]()
    let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    for name in names where !name.hasPrefix(".") {
      var isFolder: ObjCBool = false
      let path = "\(folder)/\(name)"
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder),
        !isFolder.boolValue,
        let data = FileManager.default.contents(atPath: path)
      else { continue }
      files[name] = [UInt8](data)
    }
    return files
  }
}

/// One damaged case.
struct Mutant {
  let caseName: String
  /// Name of the damaged file.
  let damaged: String
  let files: [String: [UInt8]]

  /// The mutant of that number.
  init(_ surface: any Surface, index: Int, seed: UInt64) {
    let source = surface.cases[index % surface.cases.count]
    caseName = source.name
    let (files, damaged) = Mutator(seed: seed).mutant(
      of: source.files.filter { surface.isDamaged($0.key) }, index: index, name: surface.name)
    self.files = source.files.merging(files) { $1 }
    self.damaged = damaged
  }

  /// Writes all files into a folder, which is emptied before.
  func write(to folder: String) throws { try Self.write(files, to: folder) }

  /// Writes files into a folder, which is emptied before.
  static func write(_ files: [String: [UInt8]], to folder: String) throws {
    try? FileManager.default.removeItem(atPath: folder)
    for (name, bytes) in files {
      let url = URL(filePath: folder).appending(path: name)
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(bytes).write(to: url)
    }
  }
}
