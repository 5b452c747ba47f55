import Cohort
import LinearAlgebra

/// What a fit for a pattern of missing modalities is made from: prepared training patients, their labels,
/// streams and options. Features are in the file already, as part of the graph, and are kept once.
extension MissingPatterns {
  /// Writes all that a fit needs beside preprocessing.
  func archive(to writer: inout ArchiveWriter) {
    writer.write("labels", integers: training.labels)
    writer.write("groups", texts: training.groups ?? [])
    writer.write(
      "streams", texts: [String(context.streams.seed), context.streams.prefix])
    writer.write("inner-folds", integers: [context.innerFolds])
    writer.write("gate", texts: context.gate.map { [$0] } ?? [])
    writer.write("switches", texts: configuration.switchedOn)
    for m in prepared.patients.features.indices {
      writer.write("features-\(m)", prepared.patients.features[m])
      writer.write("measured-\(m)", integers: prepared.patients.isMeasured[m].map { $0 ? 1 : 0 })
    }
  }

  /// Reads what ``archive(to:)`` wrote.
  ///
  /// - Parameter modalities: preprocessing of the fit for complete patients.
  init(
    from reader: ArchiveReader, modalities: PreparedModalities, classCount: Int
  ) throws(ArchiveError) {
    let labels = try reader.integers("labels", in: -1..<classCount)
    let groups = try reader.texts("groups")
    let streams = try reader.texts("streams", count: 2)
    guard groups.isEmpty || groups.count == labels.count else {
      throw reader.error(.badValue, "groups", expected: "one for each training patient")
    }
    guard let seed = UInt64(streams[0]) else {
      throw reader.error(.badValue, "streams", found: streams[0], expected: "a seed")
    }
    guard
      let configuration = EquipoiseConfiguration(switchedOn: try reader.texts("switches"))
    else {
      throw reader.error(.badValue, "switches", expected: "switches of the method")
    }
    var patients = PatientFeatures(features: [], isMeasured: [])
    for (m, width) in modalities.widths.enumerated() {
      patients.features.append(
        try reader.matrix("features-\(m)", rows: labels.count, columns: width))
      patients.isMeasured.append(
        try reader.integers("measured-\(m)", count: labels.count, in: 0..<2).map { $0 == 1 })
    }
    // Names play no part in a fit but by their order, which is that of the rows.
    let digits = String(labels.count).count
    let names = labels.indices.map { row in
      String(repeating: "0", count: digits - String(row).count) + String(row)
    }
    training = TrainingView(
      table: PatientTable(patients: names, modalities: []), labels: labels,
      classes: (0..<classCount).map(String.init), groups: groups.isEmpty ? nil : groups)
    context = FitContext(
      streams: RandomStreams(seed: seed, prefix: streams[1]),
      innerFolds: try reader.integer("inner-folds", in: 1..<1000),
      gate: try reader.texts("gate").first)
    var prepared = PreparedPatients(modalities: modalities, patients: patients)
    prepared.modalities.imputers = [:]
    self.prepared = prepared
    self.configuration = configuration
  }
}

extension EquipoiseConfiguration {
  private static let switches: [(name: String, path: WritableKeyPath<Self, Bool> & Sendable)] = [
    ("fused-graph", \.usesFusedGraph), ("distillation", \.usesDistillation),
    ("balance", \.usesBalance), ("information", \.usesInformation), ("macro-f1", \.usesMacroF1),
    ("emphasis", \.usesEmphasis), ("components", \.usesComponentMembers),
    ("imputation", \.imputesMissing), ("shuffled", \.shufflesGuidance),
  ]

  /// Names of the switches that are on.
  fileprivate var switchedOn: [String] {
    Self.switches.filter { self[keyPath: $0.path] }.map(\.name)
  }

  /// The averaging method with these switches on and all others off; nil for an unknown name.
  fileprivate init?(switchedOn names: [String]) {
    guard names.allSatisfy({ name in Self.switches.contains { $0.name == name } }) else {
      return nil
    }
    self.init()
    for (name, path) in Self.switches { self[keyPath: path] = names.contains(name) }
  }
}
