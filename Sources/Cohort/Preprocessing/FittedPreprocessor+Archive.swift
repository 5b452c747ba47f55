import LinearAlgebra

extension FittedPreprocessor {
  /// Writes names, columns and moments.
  public func archive(to writer: inout ArchiveWriter) {
    writer.write("features", texts: featureNames)
    writer.write("columns", integers: inputColumns)
    writer.write("medians", imputer.medians)
    if let reference = imputer.reference { writer.write("reference", reference.rows) }
    writer.write("kept", integers: keptPositions)
    writer.write("means", means)
    writer.write("deviations", standardDeviations)
    writer.write("clip", clip)
    writer.write("imputation", texts: [imputer.reference == nil ? "median" : "knn"])
  }

  /// Reads what ``archive(to:)`` wrote.
  ///
  /// - Throws: `ArchiveError` for a part that is absent or cannot be so.
  public init(from reader: ArchiveReader, modality: String) throws(ArchiveError) {
    let names = try reader.texts("features")
    guard Set(names).count == names.count else {
      throw reader.error(.badValue, "features", expected: "each feature once")
    }
    let columns = try reader.ascendingIntegers("columns", in: 0..<names.count)
    let kept = try reader.ascendingIntegers("kept", in: 0..<columns.count)
    let clip = try reader.number("clip")
    guard !kept.isEmpty, clip > 0 else {
      throw reader.error(.badValue, "kept", expected: "a feature and a positive clip")
    }
    let usesNeighbors = try reader.texts("imputation", count: 1) == ["knn"]
    let reference =
      usesNeighbors
      ? Imputer.Reference(
        rows: try reader.matrix("reference", columns: columns.count, allowsMissing: true)) : nil
    self.init(
      modality: modality, featureNames: names, inputColumns: columns,
      imputer: Imputer(
        medians: try reader.vector("medians", count: columns.count), reference: reference),
      keptPositions: kept, means: try reader.vector("means", count: kept.count),
      standardDeviations: try reader.vector("deviations", count: kept.count), clip: clip)
  }
}
