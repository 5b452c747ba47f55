import Cohort
import LinearAlgebra
import Synchronization

extension FittedEquipoise: StorableLearner {
  var usedModalities: [String] { modalities }

  /// A graph is made of patients.
  var holdsPatients: Bool { true }

  var refitsForMissing: Bool { fits.servesPatterns }

  func dedicated(to missing: [String]) throws -> any FittedLearner {
    let positions = positions(of: missing)
    guard !positions.isEmpty, positions.count < modalities.count,
      let fit = try fits.passingFit(without: positions)
    else { return self }
    return FittedEquipoise(
      fits: FittedFits(fit: fit, patterns: nil), modalities: modalities, prior: prior,
      record: record)
  }

  func archive(to writer: inout ArchiveWriter, serving patterns: [[String]]) throws {
    let whole = try fits.whole()
    writer.scoped("reading") { whole.placement.modalities.archive(to: &$0) }
    writer.scoped("prior") { $0.write("frequencies", prior) }
    writer.scoped(StoredFits.scope([])) { whole.archive(to: &$0) }
    var served: [String] = []
    for pattern in patterns {
      let missing = positions(of: pattern)
      guard !missing.isEmpty, missing.count < modalities.count,
        let own = try fits.passingFit(without: missing)
      else { continue }
      served.append(StoredFits.key(missing))
      writer.scoped(StoredFits.scope(missing)) { own.archive(to: &$0) }
    }
    writer.write("patterns", texts: served)
  }

  init(from reader: ArchiveReader, classCount: Int) throws(ArchiveError) {
    let reading = try PreparedModalities(from: reader.scoped("reading"))
    let prior = try reader.scoped("prior").vector("frequencies", count: classCount)
    guard prior.allSatisfy({ $0 >= 0 }), abs(prior.reduce(0, +) - 1) < 1e-9 else {
      throw reader.error(.badValue, "prior", expected: "frequencies that sum to 1")
    }
    fits = StoredFits(
      reader: reader, reading: reading, served: Set(try reader.texts("patterns")),
      classCount: classCount)
    modalities = reading.modalities
    self.prior = prior
    record = nil
  }

  private func positions(of names: [String]) -> [Int] {
    modalities.indices.filter { names.contains(modalities[$0]) }
  }
}

/// Fits of a model file, each read when the first patient whom it serves is predicted.
final class StoredFits: EquipoiseFits {
  private let reader: ArchiveReader
  private let reading: PreparedModalities
  private let served: Set<String>
  private let classCount: Int
  private let read = Mutex([String: EquipoiseFit]())

  init(reader: ArchiveReader, reading: PreparedModalities, served: Set<String>, classCount: Int) {
    self.reader = reader
    self.reading = reading
    self.served = served
    self.classCount = classCount
  }

  /// How a pattern is written: positions of missing modalities.
  static func key(_ missing: [Int]) -> String { missing.map(String.init).joined(separator: "-") }

  /// Where its fit stands.
  static func scope(_ missing: [Int]) -> String {
    missing.isEmpty ? "complete" : "without-\(key(missing))"
  }

  func whole() throws -> EquipoiseFit { try stored([]) }

  func fit(without missing: [Int]) throws -> EquipoiseFit? {
    served.contains(Self.key(missing)) ? try stored(missing) : nil
  }

  func passingFit(without missing: [Int]) throws -> EquipoiseFit? { try fit(without: missing) }

  var servesPatterns: Bool { !served.isEmpty }

  private func stored(_ missing: [Int]) throws -> EquipoiseFit {
    let scope = Self.scope(missing)
    return try read.withLock { known in
      if let fit = known[scope] { return fit }
      let fit = try EquipoiseFit(
        from: reader.scoped(scope), reading: reading, without: missing, classCount: classCount)
      known[scope] = fit
      return fit
    }
  }
}
