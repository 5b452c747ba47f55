import Foundation
import Testing
import _TestSupport

@testable import Cohort

/// One case of `Tests/Fixtures/formats`: files, and what the field's own reader sees in them.
struct FormatFixture: Decodable, Sendable, CustomTestStringConvertible {
  /// One table.
  struct Table: Decodable, Sendable {
    let patients: [String]
    let features: [String]
    /// Patients × features; nil is missing.
    let values: [[Double?]]
  }

  let name: String
  /// File or folder below the fixtures, where it is not the name.
  let path: String?
  let modalities: [String: Table]
  let label: String?
  let labels: [String: String]?
  let covariates: [String]?
  let annotations: [String: [String]]?
  let warnings: [String]?
  let mutations: Bool?
  /// Whether the field's reader keeps single precision.
  let single: Bool?
  let unlabelled: Bool?

  var testDescription: String { name }

  static let folder = repositoryRoot.appending(path: "Tests/Fixtures/formats")

  /// Path of files below the fixtures.
  static func path(_ name: String) -> String {
    folder.appending(path: name).path(percentEncoded: false)
  }

  static let all: [FormatFixture] = {
    guard let data = try? Data(contentsOf: folder.appending(path: "expected.json")) else {
      return []
    }
    return (try? JSONDecoder().decode([FormatFixture].self, from: data)) ?? []
  }()

  /// The request that reads it.
  var request: CohortRequest {
    var request = CohortRequest(
      Self.path(path ?? name), labelColumn: label,
      labels: unlabelled == true ? .ifPresent : .required)
    request.readsMutations = mutations == true
    return request
  }
}

/// The bytes of all files below a folder, by relative path.
func bytesOfFiles(below path: String) -> [String: [UInt8]] {
  var files = [String: [UInt8]]()
  let names = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
  for name in names {
    if let data = FileManager.default.contents(atPath: "\(path)/\(name)") {
      files[name] = [UInt8](data)
    }
  }
  return files
}
