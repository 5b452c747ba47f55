import Evaluation

/// All that the report of a study is made from; each part can be had from the run's own files.
public struct StudyReportInput: Sendable {
  /// Content of `summary.json`.
  public var summary: StudySummary
  /// Command that repeats the study, without output folder or thread count.
  public var command: String
  /// Details of each method, in the order of the summary.
  public var details: [MethodDetail]

  /// An input from its parts.
  public init(summary: StudySummary, command: String, details: [MethodDetail]) {
    self.summary = summary
    self.command = command
    self.details = details
  }

  /// Details of the method of that name.
  public func detail(named name: String) -> MethodDetail? { details.first { $0.name == name } }
}

/// A method's results in more detail than `summary.json` has.
public struct MethodDetail: Equatable, Sendable {
  /// Macro-F1 in one fold.
  public struct FoldValue: Equatable, Sendable {
    /// Repeat, from 0.
    public var repeatIndex: Int
    /// Fold within the repeat, from 0.
    public var fold: Int
    /// Labelled training patients.
    public var trainingCount: Int
    /// Tested patients.
    public var testCount: Int
    /// Macro-F1, 0…1; nil where undefined.
    public var macroF1: Double?

    /// A fold's value.
    public init(
      repeatIndex: Int, fold: Int, trainingCount: Int, testCount: Int, macroF1: Double?
    ) {
      self.repeatIndex = repeatIndex
      self.fold = fold
      self.trainingCount = trainingCount
      self.testCount = testCount
      self.macroF1 = macroF1
    }
  }

  /// Rows whose top probability lies in one bin.
  public struct CalibrationBin: Equatable, Sendable {
    /// Lower edge, not included (but 0 is in the first bin).
    public var lower: Double
    /// Upper edge, included.
    public var upper: Double
    /// Predictions in the bin, over all repeats.
    public var count: Int
    /// Mean top probability.
    public var confidence: Double
    /// Share of right predictions.
    public var accuracy: Double

    /// A bin that is not empty.
    public init(lower: Double, upper: Double, count: Int, confidence: Double, accuracy: Double) {
      self.lower = lower
      self.upper = upper
      self.count = count
      self.confidence = confidence
      self.accuracy = accuracy
    }
  }

  /// Method name.
  public var name: String
  /// Values by repeat, then fold.
  public var folds: [FoldValue]
  /// Confusion counts of each repeat; rows are true classes, columns predicted ones.
  public var confusions: [ConfusionMatrix]
  /// Bins that hold predictions, ascending.
  public var calibration: [CalibrationBin]

  /// Details from their parts.
  public init(
    name: String, folds: [FoldValue], confusions: [ConfusionMatrix],
    calibration: [CalibrationBin]
  ) {
    self.name = name
    self.folds = folds
    self.confusions = confusions
    self.calibration = calibration
  }
}
