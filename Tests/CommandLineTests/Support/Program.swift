import Foundation

/// The built program, run as a process.
struct Program {
  /// What a run left behind.
  struct Outcome {
    let code: Int32
    let output: String
    let errors: String

    /// Lines of standard error.
    var errorLines: [String] { errors.split(separator: "\n").map(String.init) }
  }

  /// Beside the test bundle.
  static let url = built("equipoise")

  /// A program of this package, beside the test bundle.
  static func built(_ name: String) -> URL {
    let arguments = ProcessInfo.processInfo.arguments
    let bundle = arguments.first { $0.contains(".xctest") }.map { URL(filePath: $0) }
    var folder = bundle ?? Bundle.main.bundleURL
    while folder.pathComponents.count > 1 {
      let candidate = folder.appending(path: name, directoryHint: .notDirectory)
      if FileManager.default.isExecutableFile(atPath: candidate.path(percentEncoded: false)) {
        return candidate
      }
      folder.deleteLastPathComponent()
    }
    return URL(filePath: name)
  }

  /// Runs the program to its end; neither stream is a terminal.
  static func run(
    _ arguments: [String], in folder: String? = nil, environment: [String: String] = [:],
    program: URL = url
  ) throws -> Outcome {
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    if let folder { process.currentDirectoryURL = URL(filePath: folder) }
    process.environment = ProcessInfo.processInfo.environment
      .merging(["COLUMNS": "90"]) { $1 }.merging(environment) { $1 }
    let (output, errors) = (TemporaryFile(), TemporaryFile())
    defer {
      output.remove()
      errors.remove()
    }
    process.standardOutput = try output.handle()
    process.standardError = try errors.handle()
    process.standardInput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return Outcome(
      code: process.terminationStatus, output: try output.text(), errors: try errors.text())
  }
}

/// A file rather than a pipe: a pipe that fills up would stop the program.
private struct TemporaryFile {
  let url = FileManager.default.temporaryDirectory.appending(path: "equipoise-\(UUID())")

  func handle() throws -> FileHandle {
    _ = FileManager.default.createFile(atPath: url.path(percentEncoded: false), contents: nil)
    return try FileHandle(forWritingTo: url)
  }
  func text() throws -> String { try String(contentsOf: url, encoding: .utf8) }
  func remove() { try? FileManager.default.removeItem(at: url) }
}
