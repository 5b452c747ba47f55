import Cohort
import Foundation
import LinearAlgebra
import Testing

@testable import Equipoise

/// Files that are sealed as they should be, and wrong inside.
@Suite struct ModelFuzzTests {
  /// An archive with parts changed.
  private struct Altered: ArchiveSource {
    let archive: MemoryArchive
    var tensors: [String: ArchivedTensor] = [:]
    var hiddenTexts: Set<String> = []
    var changedTexts: [String: [String]] = [:]
    var hidden: Set<String> = []

    func tensor(_ name: String) throws(ArchiveError) -> ArchivedTensor? {
      if hidden.contains(name) { return nil }
      if let changed = tensors[name] { return changed }
      return try archive.tensor(name)
    }
    func texts(_ name: String) -> [String]? {
      hiddenTexts.contains(name) ? nil : changedTexts[name] ?? archive.texts(name)
    }
    func hasScope(_ prefix: String) -> Bool { archive.hasScope(prefix) }
  }

  private func altered(
    _ tensor: ArchivedTensor, _ stream: inout RandomStream
  ) -> ArchivedTensor {
    var values = tensor.values
    var shape = tensor.shape
    let poison: [Double] = [
      .nan, .infinity, -.infinity, 1e308, -1e308, -1, 0.5, 1e9, 9e15, -0.0,
      Double.leastNonzeroMagnitude,
    ]
    switch stream.below(6) {
    case 0:
      shape[0] += 1
      values += [Double](repeating: 0, count: shape.dropFirst().reduce(1, *))
    case 1 where shape[0] > 0:
      shape[0] -= 1
      values.removeLast(shape.dropFirst().reduce(1, *))
    case 2: shape = shape.count == 1 ? shape + [1] : [shape.reduce(1, *)]
    case 3 where shape.count == 2: shape.reverse()
    default:
      guard !values.isEmpty else { break }
      let value = poison[stream.below(poison.count)]
      if stream.uniform() < 0.3 {
        values = values.map { _ in value }
      } else {
        values[stream.below(values.count)] = value
      }
    }
    return ArchivedTensor(name: tensor.name, shape: shape, values: values)
  }

  /// Either an error, or probabilities.
  private func ask(_ source: Altered, _ remarks: [String: String], _ what: String) -> Bool {
    do {
      let said = try Model(source: source, remarks: remarks).predict(SmallModels.newcomers)
      #expect(said.probabilities.values.allSatisfy { $0 >= 0 && $0 <= 1 + 1e-9 }, "\(what)")
      return true
    } catch {
      let isTyped = error is ArchiveError || error is ModelError
      #expect(isTyped, "\(what): \(error)")
      return false
    }
  }

  private func fuzz(_ trained: TrainedModel, rounds: Int) throws {
    var stream = RandomStream(seed: 11, name: "fuzz")
    let archive = MemoryArchive(trained.archive)
    let tensors = trained.archive.tensors
    let names = trained.archive.texts.keys.sorted()
    var refused = 0
    for _ in 0..<rounds {
      var source = Altered(archive: archive)
      let tensor = tensors[stream.below(tensors.count)]
      let name = names[stream.below(names.count)]
      var what = tensor.name
      switch stream.below(8) {
      case 0: source.hidden = [tensor.name]
      case 1: (source.hiddenTexts, what) = ([name], name)
      case 2: (source.changedTexts, what) = ([name: ["none"]], name)
      case 3:
        let texts = trained.archive.texts[name] ?? []
        (source.changedTexts, what) = ([name: texts + texts.prefix(1)], name)
      default: source.tensors = [tensor.name: altered(tensor, &stream)]
      }
      if !ask(source, trained.remarks, what) { refused += 1 }
    }
    #expect(refused > rounds / 3)
  }

  @Test func whateverIsWrongInsideIsRefusedOrHarmless() throws {
    try fuzz(SmallModels.equipoise.get(), rounds: 600)
    try fuzz(SmallModels.linear.get(), rounds: 300)
  }

  @Test func everyTensorsShapeIsChecked() throws {
    let trained = try SmallModels.equipoise.get()
    for tensor in trained.archive.tensors {
      var shape = tensor.shape
      shape[shape.count - 1] += 1
      let values = [Double](repeating: 0.5, count: shape.reduce(1, *))
      var source = Altered(archive: MemoryArchive(trained.archive))
      source.tensors = [
        tensor.name: ArchivedTensor(name: tensor.name, shape: shape, values: values)
      ]
      let isTaken = ask(source, trained.remarks, tensor.name)
      // Sorted marks and scores may be of any number, and components of any width that fits.
      let isFree = ["patients/", "calibration/"].contains { tensor.name.hasPrefix($0) }
      if !isFree { #expect(!isTaken, "\(tensor.name)") }
    }
  }

  @Test func theDescriptionIsChecked() throws {
    let trained = try SmallModels.linear.get()
    let json = try #require(trained.remarks[Model.remarkKey])
    let source = Altered(archive: MemoryArchive(trained.archive))
    #expect(ask(source, trained.remarks, "as it is"))
    for text in [
      "", "{}", "[]", String(json.dropLast()),
      json.replacingOccurrences(of: "\"class0\"", with: "\"class1\""),
      json.replacingOccurrences(of: "\"class0\",", with: ""),
      json.replacingOccurrences(of: "late-learned", with: "none-such"),
      json.replacingOccurrences(of: "logistic-balanced:late-learned", with: "equipoise"),
      json.replacingOccurrences(of: "logistic-balanced:late-learned", with: "snf-knn"),
    ] { #expect(!ask(source, [Model.remarkKey: text], text.prefix(60).description)) }
    #expect(!ask(source, [:], "no description"))
  }
}
