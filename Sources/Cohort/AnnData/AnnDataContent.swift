import LinearAlgebra

/// Which table of an AnnData file is the modality.
enum AnnDataChoice: Equatable, Sendable {
  /// `X`.
  case main
  /// A layer, by name (`--layer`).
  case layer(String)
  /// An embedding in `obsm`, by name (`--embedding`).
  case embedding(String)
}

/// What is read of an AnnData file, or of one modality of a MuData file.
struct AnnDataContent: Equatable, Sendable {
  /// Names of the samples, as stored.
  var samples: [String]
  /// Names of the features.
  let features: [String]
  /// Samples × features; NaN is missing.
  let values: Matrix
  /// Columns of `obs`.
  let columns: [AnnDataColumn]
  /// Columns of `obs` in an encoding that is not known.
  let skippedColumns: [String]
}

/// What is read of a MuData file.
struct MuDataContent: Equatable, Sendable {
  /// One modality.
  struct Modality: Equatable, Sendable {
    let name: String
    let content: AnnDataContent
  }

  /// Names of all samples: the index of the root's `obs`.
  let samples: [String]
  /// Columns of the root's `obs`.
  let columns: [AnnDataColumn]
  /// Columns of the root's `obs` in an encoding that is not known.
  let skippedColumns: [String]
  /// Names of all modalities in the file, in the order of `mod-order`.
  let names: [String]
  /// The modalities that were read, in that order; their samples bear the root's names.
  let modalities: [Modality]
}
