import Cohort
import LinearAlgebra
import NeuralNetwork

extension FittedMajority: StorableLearner {
  var usedModalities: [String] { [] }

  func archive(to writer: inout ArchiveWriter, serving patterns: [[String]]) {
    writer.scoped("model") { $0.write("frequencies", frequencies) }
  }

  init(from reader: ArchiveReader, classCount: Int) throws(ArchiveError) {
    frequencies = try reader.scoped("model").vector("frequencies", count: classCount)
  }
}

extension FittedLinear: StorableLearner {
  var usedModalities: [String] {
    guard case .modalities(let parts) = prepared else { return [] }
    return parts.filter { $0.preprocessor != nil }.map(\.name)
  }

  func archive(to writer: inout ArchiveWriter, serving patterns: [[String]]) {
    writer.scoped("model") { archive(to: &$0) }
  }

  init(from reader: ArchiveReader, classCount: Int) throws(ArchiveError) {
    try self.init(part: reader.scoped("model"), classCount: classCount)
  }

  /// Writes into the current scope.
  func archive(to writer: inout ArchiveWriter) {
    guard case .modalities(let parts) = prepared else { return }
    seen.archive(to: &writer)
    if let frequencies { writer.scoped("absent") { $0.write("frequencies", frequencies) } }
    writer.write("count", integers: [parts.count])
    for (m, part) in parts.enumerated() {
      writer.scoped("input-\(m)") { part.archive(to: &$0) }
    }
    model.archive(to: &writer)
  }

  /// Reads what ``archive(to:)`` wrote.
  init(part reader: ArchiveReader, classCount: Int) throws(ArchiveError) {
    seen = try SeenClasses(from: reader, classCount: classCount)
    frequencies =
      reader.hasScope("absent")
      ? try reader.scoped("absent").vector("frequencies", count: seen.classes.count) : nil
    var parts: [PreparedModality] = []
    for m in 0..<(try reader.integer("count", in: 1..<10_000)) {
      parts.append(try PreparedModality(from: reader.scoped("input-\(m)")))
    }
    prepared = .modalities(parts)
    model = try SoftmaxRegression.Model(
      from: reader, features: parts.reduce(0) { $0 + $1.featureCount },
      classes: seen.classes.count)
  }
}

extension FittedLate: StorableLearner {
  var usedModalities: [String] { members.flatMap(\.fitted.usedModalities) }

  func archive(to writer: inout ArchiveWriter, serving patterns: [[String]]) {
    writer.scoped("model") { model in
      seen.archive(to: &model)
      model.write("frequencies", classFrequencies)
      model.write("members", texts: members.map(\.name))
      switch voice {
      case .mean: break
      case .pooled(let pooling):
        model.scoped("pooling") { $0.write("weights", pooling.weights) }
      case .best(let ranking): model.scoped("best") { $0.write("ranking", integers: ranking) }
      }
      for (m, member) in members.enumerated() {
        model.scoped("member-\(m)") { member.fitted.archive(to: &$0) }
      }
    }
  }

  init(from reader: ArchiveReader, classCount: Int) throws(ArchiveError) {
    let reader = reader.scoped("model")
    let seen = try SeenClasses(from: reader, classCount: classCount)
    self.seen = seen
    classFrequencies = try reader.vector("frequencies", count: seen.classes.count)
    var members: [LateMember] = []
    for (m, name) in try reader.texts("members").enumerated() {
      let fitted = try FittedLinear(part: reader.scoped("member-\(m)"), classCount: classCount)
      guard fitted.seen.classes == seen.classes else {
        throw reader.error(.badValue, "seen", expected: "the same classes in all members")
      }
      members.append(LateMember(name: name, fitted: fitted))
    }
    let count = members.count
    if reader.hasScope("pooling") {
      voice = .pooled(
        LatePooling(weights: try reader.scoped("pooling").vector("weights", count: count)))
    } else if reader.hasScope("best") {
      let ranking = try reader.scoped("best").integers("ranking", count: count, in: 0..<count)
      guard count > 0, ranking.sorted() == Array(0..<count) else {
        throw reader.error(.badValue, "best", expected: "each modality once")
      }
      voice = .best(ranking: ranking)
    } else {
      voice = .mean
    }
    self.members = members
    record = nil
  }
}
