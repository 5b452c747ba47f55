/// Which cohort to read, and how.
public struct CohortRequest: Sendable {
  /// What is wanted of the labels.
  public enum LabelUse: String, Sendable, CaseIterable {
    /// They must be there (`study`, `train`, `audit`).
    case required
    /// They are read if they are there (`fuse`, `inspect`).
    case ifPresent
    /// They are never read (`predict`): `labels.csv`, where present, gives the order of its
    /// patients and columns for filters, but the outcome is nil.
    case ignored
  }

  /// The cohort.
  public var source: CohortSource
  /// Column of the outcome; by default what `cohort.yaml` says, else `label`.
  public var labelColumn: String?
  /// Column whose patients stay together in folds; by default what `cohort.yaml` says, else none.
  public var groupColumn: String?
  /// Which patients to keep: those that pass all filters.
  public var filters: [WhereFilter]
  /// Modalities to read, in that order; nil is all, in the order of `cohort.yaml`, then by name.
  public var modalities: [String]?
  /// What is wanted of the labels; default `required`.
  public var labels: LabelUse
  /// Feature names of a model by modality: where there are no labels, they tell whether samples
  /// stand in rows or in columns.
  public var knownFeatures: [String: [String]]
  /// Threads for reading, ≥ 1; the cohort does not depend on it.
  public var threads: Int
  /// `--format`: the study format to read as; nil recognizes it.
  public var format: String?
  /// `--layer` and `--embedding`: what to read of AnnData files; nil is `X`.
  public var layer: String?
  /// See ``layer``.
  public var embedding: String?
  /// `--transform ASSAY=NAME`, by modality; they go before those of `cohort.yaml`.
  public var transforms = [String: AssayTransform]()
  /// `--mutations`: whether a table of mutations (MAF) is read as a 0/1 matrix of genes.
  public var readsMutations = false
  /// `--max-uncompressed`: most bytes that a compressed file may hold; nil is 8 GiB or 1,000 times its
  /// compressed size, whichever is less.
  public var maximumUncompressedBytes: Int?

  /// Creates a request for a folder path, `demo:acc` or `demo:multifeature`.
  public init(
    _ source: String, labelColumn: String? = nil, groupColumn: String? = nil,
    filters: [WhereFilter] = [], modalities: [String]? = nil, labels: LabelUse = .required,
    knownFeatures: [String: [String]] = [:], threads: Int = 1
  ) {
    self.init(
      source: CohortSource(source), labelColumn: labelColumn, groupColumn: groupColumn,
      filters: filters, modalities: modalities, labels: labels, knownFeatures: knownFeatures,
      threads: threads)
  }

  /// Creates a request for any source.
  public init(
    source: CohortSource, labelColumn: String? = nil, groupColumn: String? = nil,
    filters: [WhereFilter] = [], modalities: [String]? = nil, labels: LabelUse = .required,
    knownFeatures: [String: [String]] = [:], threads: Int = 1
  ) {
    self.source = source
    self.labelColumn = labelColumn
    self.groupColumn = groupColumn
    self.filters = filters
    self.modalities = modalities
    self.labels = labels
    self.knownFeatures = knownFeatures
    self.threads = max(1, threads)
  }
}

extension CohortRequest {
  /// The options that change what files mean, as flags: for `run.json` and the command that repeats a
  /// run. The bound on sizes changes no number.
  package var readingWords: [String] {
    var words = [String]()
    for (flag, value) in [("format", format), ("layer", layer), ("embedding", embedding)] {
      if let value { words += ["--\(flag)", value] }
    }
    for name in transforms.keys.sorted(by: { $0.precedes($1) }) {
      words += ["--transform", "\(name)=\((transforms[name] ?? .none).rawValue)"]
    }
    if readsMutations { words.append("--mutations") }
    return words
  }
}

/// A cohort and the files it was read from.
public struct CohortReading: Sendable {
  /// The cohort.
  public let cohort: Cohort
  /// Every file that was read, in the order of file names.
  public let inputs: [InputFile]

  /// Creates a reading.
  public init(cohort: Cohort, inputs: [InputFile]) {
    self.cohort = cohort
    self.inputs = inputs
  }

  /// One SHA-256 for all inputs: of the lines `<sha256>  <name>` in the order of ``inputs``.
  public var digest: String {
    let lines = inputs.map { "\($0.sha256)  \($0.name)\n" }.joined()
    return SHA256.hexadecimal(of: Array(lines.utf8))
  }
}

/// A file that was read.
public struct InputFile: Codable, Equatable, Sendable {
  /// File name within the cohort.
  public let name: String
  /// SHA-256 of its bytes as stored (compressed where it is), lowercase hexadecimal.
  public let sha256: String
  /// Its size as stored, in bytes.
  public let byteCount: Int

  /// Creates an entry.
  public init(name: String, sha256: String, byteCount: Int) {
    self.name = name
    self.sha256 = sha256
    self.byteCount = byteCount
  }
}
