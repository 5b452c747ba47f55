import Boundary
import Foundation

extension RunManifest {
  /// Name of the file.
  public static let fileName = "run.json"

  /// The file's bytes.
  public func json() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    var data = try encoder.encode(self)
    data.append(0x0A)
    return data
  }

  /// Reads the manifest of a run's folder.
  ///
  /// - Throws: ``StudyError`` `.notARun` if there is none, `.malformedRun`.
  public static func read(from folder: OutputFolder) throws(StudyError) -> RunManifest {
    let path = folder.path(of: fileName)
    let data: Data
    do {
      data = Data(try RegularFile.bytes(at: path))
    } catch {
      throw .reading(error) ?? .notARun(folder.path)
    }
    let manifest: RunManifest
    do {
      manifest = try JSONDecoder().decode(RunManifest.self, from: data)
    } catch {
      throw .malformedRun(path, "not a run.json of this program")
    }
    guard manifest.format == format else {
      throw .malformedRun(path, "format \(manifest.format)")
    }
    return manifest
  }

  /// Checks that this run is the one that `earlier` began: same verb, program, inputs and options
  /// (threads, output folder and the spelling of paths do not matter). A run that is not finished
  /// must also go on with the BLAS kernel that it began with: others round differently.
  ///
  /// - Throws: ``StudyError`` `.runDiffers`, naming the first difference.
  public func checkContinues(_ earlier: RunManifest) throws(StudyError) {
    try require("verb", verb, earlier.verb)
    if earlier.finished == nil { try require("host.blas", host.blas, earlier.host.blas) }
    try require("version", "\(version) (\(commit))", "\(earlier.version) (\(earlier.commit))")
    for (mine, other) in zip(inputs, earlier.inputs) where mine != other {
      try require(
        "input \(other.name)", mine.name + " " + mine.sha256, other.name + " " + other.sha256)
    }
    try require("number of input files", inputs.count.description, earlier.inputs.count.description)
    let (mine, other) = (flattened(configuration), flattened(earlier.configuration))
    for key in Set(mine.keys).union(other.keys).sorted() {
      try require(key, mine[key] ?? "default", other[key] ?? "default")
    }
  }

  private func require(
    _ key: String, _ mine: String, _ other: String
  ) throws(StudyError) {
    guard mine != other else { return }
    throw .runDiffers(key, found: mine, expected: "\(other), as in run.json")
  }

  /// Configuration as key paths with their values in words.
  private func flattened(_ configuration: Configuration) -> [String: String] {
    guard let data = try? JSONEncoder().encode(configuration),
      let object = try? JSONSerialization.jsonObject(with: data)
    else { return [:] }
    var result = [String: String]()
    func walk(_ value: Any, _ path: String) {
      if let dictionary = value as? [String: Any] {
        for (key, inner) in dictionary { walk(inner, path.isEmpty ? key : "\(path).\(key)") }
      } else if let list = value as? [Any] {
        result[path] = list.map { "\($0)" }.joined(separator: ",")
      } else {
        result[path] = "\(value)"
      }
    }
    walk(object, "")
    return result
  }
}
