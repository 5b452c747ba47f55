import LinearAlgebra

/// A fitted method that can be kept in a file and read again, to the same predictions by the bit.
public protocol StorableLearner: FittedLearner {
  /// Reads what ``archive(to:serving:)`` wrote.
  ///
  /// - Parameters:
  ///   - reader: the archive.
  ///   - classCount: classes that it predicts.
  /// - Throws: `ArchiveError` for a part that is absent or cannot be so.
  init(from reader: ArchiveReader, classCount: Int) throws(ArchiveError)

  /// Writes all that prediction needs.
  ///
  /// - Parameter patterns: names of modalities that patients may lack together, for which a method
  ///   that serves them by fits of their own is to write those.
  func archive(to writer: inout ArchiveWriter, serving patterns: [[String]]) throws

  /// Modalities that the method looks at.
  var usedModalities: [String] { get }

  /// Whether what is written holds rows of training patients.
  var holdsPatients: Bool { get }

  /// Whether patients who lack a modality are served by a fit of their own.
  var refitsForMissing: Bool { get }

  /// What serves patients who lack these modalities and no others, made anew and not kept.
  func dedicated(to missing: [String]) throws -> any FittedLearner
}

extension StorableLearner {
  /// Weights alone, unless a method says otherwise.
  public var holdsPatients: Bool { false }
  /// The same fit serves everybody, unless a method says otherwise.
  public var refitsForMissing: Bool { false }
  /// The fit itself, unless a method says otherwise.
  public func dedicated(to missing: [String]) throws -> any FittedLearner { self }
}
