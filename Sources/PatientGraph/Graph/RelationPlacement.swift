import LinearAlgebra

/// Places new patients among the training patients of ``RelationGraphs``: all that is kept of the
/// graphs for prediction. Each new row is independent of the others to the bit.
public struct RelationPlacement: Sendable {
  let modalities: [FittedModality]
  let step: DiffusionStep
  /// Neighbors K of the fused graph.
  public let neighbors: Int
  /// Training patients.
  public let patientCount: Int

  /// Edges of new patients to training patients, new × n: own edges in each modality, and fused
  /// edges by one diffusion step. A patient lacking a modality has an empty row there, one lacking
  /// all has an empty fused row.
  ///
  /// - Complexity: O(n × (features + neighbors)) a row and modality.
  public func extend(
    features: [Matrix], isMeasured: [[Bool]]
  ) -> (own: [SparseMatrix], fused: SparseMatrix) {
    let placed = place(features: features, isMeasured: isMeasured)
    return (
      own: zip(modalities, placed).map { $0.spread($1, patientCount: patientCount) },
      fused: step.affinities(neighborhoods: placed, isMeasured: isMeasured)
        .neighborhoods(count: neighbors, excludingDiagonal: false)
    )
  }

  /// Fused affinities of new patients to all training patients, new × n, before the strongest are
  /// chosen: the mean over measured modalities of s_v T_v S_vᵀ; zero for a patient lacking all.
  public func fusedAffinities(features: [Matrix], isMeasured: [[Bool]]) -> Matrix {
    step.affinities(
      neighborhoods: place(features: features, isMeasured: isMeasured), isMeasured: isMeasured)
  }

  /// Features of a training patient in a modality; nil if it was not measured there.
  public func features(of patient: Int, in modality: Int) -> [Double]? {
    guard let row = modalities[modality].patients.firstIndex(of: patient) else { return nil }
    return Array(modalities[modality].features.row(row))
  }

  private func place(features: [Matrix], isMeasured: [[Bool]]) -> [SparseMatrix] {
    precondition(
      features.count == modalities.count && isMeasured.count == modalities.count,
      "one matrix and one list of flags per modality")
    return modalities.indices.map {
      modalities[$0].neighborhoods(
        of: features[$0], isMeasured: isMeasured[$0],
        count: min(neighbors, max(modalities[$0].patients.count - 1, 0)))
    }
  }
}

extension RelationPlacement {
  /// Writes the placement; training patients' features are part of it.
  public func archive(to writer: inout ArchiveWriter) {
    writer.write("shape", integers: [patientCount, neighbors])
    for (m, modality) in modalities.enumerated() {
      writer.scoped("\(m)") { part in
        modality.archive(to: &part)
        part.write("diffusion", step.maps[m])
      }
    }
  }

  /// Reads what ``archive(to:)`` wrote.
  ///
  /// - Parameters:
  ///   - reader: its scope.
  ///   - widths: features of each modality that the placement must have.
  /// - Throws: ``ArchiveError`` for a part that is absent or cannot be so.
  public init(from reader: ArchiveReader, widths: [Int]) throws(ArchiveError) {
    let shape = try reader.integers("shape", count: 2, in: 0..<Int(Int32.max))
    patientCount = shape[0]
    neighbors = shape[1]
    var modalities = [FittedModality]()
    var maps = [Matrix]()
    for (m, width) in widths.enumerated() {
      let part = reader.scoped("\(m)")
      let modality = try FittedModality(from: part, width: width, patientCount: patientCount)
      maps.append(
        try part.matrix("diffusion", rows: modality.patients.count, columns: patientCount))
      modalities.append(modality)
    }
    self.modalities = modalities
    step = DiffusionStep(maps: maps)
  }
}
