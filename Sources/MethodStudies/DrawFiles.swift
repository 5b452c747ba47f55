import Foundation
import LinearAlgebra
import Study

/// A folder of draws, one CSV file each, written aside and renamed, so that a run goes on where it
/// was interrupted.
struct DrawFiles {
  /// The folder.
  let folder: String

  /// Computes the draws whose files are not there yet, in parallel; a draw is its lines of text.
  func fill(
    _ names: [String], _ lines: @escaping @Sendable (Int) throws -> [String]
  ) throws {
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true)
    let open = names.indices.filter { !FileManager.default.fileExists(atPath: path(names[$0])) }
    _ = try parallelMap(count: open.count, threads: ProcessorAllowance.count()) { position in
      let k = open[position]
      let text = try lines(k).joined(separator: "\n") + "\n"
      // Atomic: written to a temporary file, then renamed.
      try text.write(toFile: path(names[k]), atomically: true, encoding: .utf8)
      FileHandle.standardError.write(Data("\(names[k])\n".utf8))
    }
  }

  private func path(_ name: String) -> String { "\(folder)/\(name).csv" }
}
