import Foundation
import Testing

/// A small input that people make, under `Tests/Fixtures/cases`, and what must come out of it.
struct SmallCase: Sendable, CustomTestStringConvertible {
  /// Folder of the case.
  let name: String
  /// Arguments of the program, run in that folder.
  let arguments: [String]
  /// Exit code.
  let code: Int32
  /// Words that output and messages together hold.
  let words: [String]
  /// Words that neither holds.
  var absent: [String] = []

  var testDescription: String { "\(name): \(arguments.joined(separator: " "))" }

  init(
    _ name: String, _ arguments: [String] = ["inspect", "cohort"], code: Int32 = 0,
    says words: [String],
    absent: [String] = []
  ) {
    self.name = name
    self.arguments = arguments
    self.code = code
    self.words = words
    self.absent = absent
  }

  /// Folder with all cases.
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../Fixtures/cases").standardizedFileURL

  /// Runs the program in a copy of the case, so that nothing is left behind; `check` sees the copy.
  func run(_ check: (Program.Outcome, _ folder: String) throws -> Void) throws {
    let copy = FileManager.default.temporaryDirectory.appending(path: "equipoise-\(UUID())")
    try FileManager.default.copyItem(at: Self.folder.appending(path: name), to: copy)
    defer { try? FileManager.default.removeItem(at: copy) }
    let path = copy.path(percentEncoded: false)
    try check(try Program.run(arguments, in: path), path)
  }
}
