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
    // Fits for patients who lack modalities are made when they are asked for, from the training
    // patients, who are in the file as part of the graph.
    if let patterns = (fits as? FittedFits)?.patterns {
      writer.scoped(StoredFits.training) { patterns.archive(to: &$0) }
    }
    writer.write("patterns", texts: [])
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

/// Fits of a model file. Each is read, or made from the training patients in the file, when the first
/// patient whom it serves is predicted.
final class StoredFits: EquipoiseFits {
  private struct State {
    var fits: [String: EquipoiseFit] = [:]
    var patterns: MissingPatterns?
  }
  private let reader: ArchiveReader
  private let reading: PreparedModalities
  /// Patterns whose fits are in the file, as earlier versions wrote them.
  private let served: Set<String>
  private let classCount: Int
  private let state = Mutex(State())

  /// Most fits kept in memory beside that for complete patients.
  private static let most = 16
  /// Scope of what fits are made from.
  static let training = "training"

  init(reader: ArchiveReader, reading: PreparedModalities, served: Set<String>, classCount: Int) {
    self.reader = reader
    self.reading = reading
    self.served = served
    self.classCount = classCount
  }

  /// How a pattern is written: positions of missing modalities.
  static func key(_ missing: [Int]) -> String { missing.map(String.init).joined(separator: "-") }

  /// Where its fit is kept.
  static func scope(_ missing: [Int]) -> String {
    missing.isEmpty ? "complete" : "without-\(key(missing))"
  }

  func whole() throws -> EquipoiseFit { try fit([]) { try stored([]) } }

  func fit(without missing: [Int]) throws -> EquipoiseFit? {
    if served.contains(Self.key(missing)) { return try fit(missing) { try stored(missing) } }
    guard reader.hasScope(Self.training) else { return nil }
    return try fit(missing) { try patterns(&$0).fitUnshared(missing) }
  }

  func passingFit(without missing: [Int]) throws -> EquipoiseFit? { try fit(without: missing) }

  var servesPatterns: Bool { !served.isEmpty || reader.hasScope(Self.training) }

  private func fit(_ missing: [Int], _ make: () throws -> EquipoiseFit) throws -> EquipoiseFit {
    try fit(missing) { (_: inout State) in try make() }
  }

  private func fit(
    _ missing: [Int], _ make: (inout State) throws -> EquipoiseFit
  ) throws -> EquipoiseFit {
    let scope = Self.scope(missing)
    return try state.withLock { state in
      if let fit = state.fits[scope] { return fit }
      let fit = try make(&state)
      if state.fits.count > Self.most {
        state.fits = state.fits.filter { $0.key == Self.scope([]) }
      }
      state.fits[scope] = fit
      return fit
    }
  }

  private func patterns(_ state: inout State) throws(ArchiveError) -> MissingPatterns {
    if let known = state.patterns { return known }
    let read = try MissingPatterns(
      from: reader.scoped(Self.training), modalities: reading, classCount: classCount)
    state.patterns = read
    return read
  }

  private func stored(_ missing: [Int]) throws(ArchiveError) -> EquipoiseFit {
    try EquipoiseFit(
      from: reader.scoped(Self.scope(missing)), reading: reading, without: missing,
      classCount: classCount)
  }
}
