import LinearAlgebra

/// What surrounds one fit: its random streams, results shared within the fold, and options.
public struct FitContext: Sendable {
  /// Streams of this task (prefix such as `repeat=0/fold=3`); a learner scopes them by its parts.
  public let streams: RandomStreams
  /// Results that several methods of the same fold can share, keyed by content.
  public let store: SharedStore
  /// Preprocessing options common to all methods of a study.
  public let preprocessing: PreprocessingOptions
  /// Inner folds for out-of-fold signals.
  public let innerFolds: Int
  /// Distillation gate asked for by `--gate`; nil is each method's own default.
  public let gate: String?

  /// Creates a context.
  public init(
    streams: RandomStreams, store: SharedStore = SharedStore(),
    preprocessing: PreprocessingOptions = PreprocessingOptions(), innerFolds: Int = 5,
    gate: String? = nil
  ) {
    self.streams = streams
    self.store = store
    self.preprocessing = preprocessing
    self.innerFolds = innerFolds
    self.gate = gate
  }
}
