import Foundation
import _TestSupport

@testable import Cohort

/// What the field's own readers see in the files of Tests/Fixtures/anndata, which
/// scripts/fixtures-anndata writes.
struct AnnDataExpectation: Decodable {
  /// A value of a column; nil is missing.
  enum Value: Decodable {
    case missing
    case boolean(Bool)
    case number(Double)
    case text(String)

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if container.decodeNil() {
        self = .missing
      } else if let value = try? container.decode(Bool.self) {
        self = .boolean(value)
      } else if let value = try? container.decode(Double.self) {
        self = .number(value)
      } else {
        self = .text(try container.decode(String.self))
      }
    }

    /// Whether a text of ours says the same.
    func agrees(with text: String?) -> Bool {
      switch self {
      case .missing: text == nil
      case .boolean(let value): text == (value ? "True" : "False")
      case .number(let value): text.flatMap(Double.init) == value
      case .text(let value): text == value
      }
    }
  }

  let samples: [String]
  let features: [String]?
  let table: [[Double?]]?
  let layers: [String: [[Double?]]]?
  let embeddings: [String: [[Double?]]]?
  let columns: [String: [Value]]
  let modalities: [String: AnnDataExpectation]?
  let order: [String]?

  enum CodingKeys: String, CodingKey {
    case samples = "obs_names"
    case features = "var_names"
    case table = "X"
    case layers, order
    case embeddings = "obsm"
    case columns = "obs"
    case modalities = "mod"
  }

  static let folder = repositoryRoot.appending(path: "Tests/Fixtures/anndata")

  /// By file name.
  static let all: [String: AnnDataExpectation] = {
    guard let data = try? Data(contentsOf: folder.appending(path: "expected.json")),
      let all = try? JSONDecoder().decode([String: AnnDataExpectation].self, from: data)
    else { preconditionFailure("Tests/Fixtures/anndata/expected.json cannot be read") }
    return all
  }()

  static func files(_ suffix: String) -> [String] {
    all.keys.filter { $0.hasSuffix(suffix) }.sorted()
  }

  static func bytes(of file: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: folder.appending(path: file)))
  }
}
