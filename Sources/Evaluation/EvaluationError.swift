/// What can go wrong when evaluation is given input from outside.
public struct EvaluationError: Error, Equatable, Sendable {
  /// The kinds of failure.
  public enum Code: String, Sendable, CaseIterable {
    /// A folds file lacks its header or a field, or a number cannot be read.
    case malformedFolds
    /// A folds file names a sample that the cohort does not have.
    case unknownSample
    /// A sample stands twice in one repeat.
    case duplicateSample
    /// A sample without a label stands in a fold.
    case unlabelledSample
    /// A repeat or fold number below the largest one has no sample, or a repeat has one fold only.
    case emptyFold
    /// Samples of one group stand in several folds of a repeat.
    case groupSpansFolds
    /// A file of labelled patients lacks its header or a field, or a number cannot be read.
    case malformedDraws
    /// A file of labelled patients names a sample that the cohort does not have.
    case unknownDrawnSample
    /// A sample stands twice in a draw, or is not a labelled training patient of its fold.
    case drawOutsideTraining
    /// A draw holds another number of samples than it says.
    case wrongDrawSize

    /// The file that is spoken of, in words.
    public var file: String {
      switch self {
      case .malformedDraws, .unknownDrawnSample, .drawOutsideTraining, .wrongDrawSize:
        "file of labelled patients"
      default: "folds file"
      }
    }
  }

  /// The kind of failure.
  public let code: Code
  /// Where, for example `line 12`; empty if not tied to a place.
  public let location: String
  /// What was found.
  public let found: String
  /// What was expected instead.
  public let expected: String
  /// What to do about it.
  public let remedy: String

  /// Creates an error.
  public init(
    code: Code, location: String = "", found: String, expected: String, remedy: String
  ) {
    self.code = code
    self.location = location
    self.found = found
    self.expected = expected
    self.remedy = remedy
  }
}

extension EvaluationError {
  static func malformedFolds(line: Int, found: String) -> EvaluationError {
    EvaluationError(
      code: .malformedFolds, location: "line \(line)", found: found,
      expected: "sample,repeat,fold with whole numbers from 0",
      remedy: "write the file as `study` does: a header and one line per sample and repeat")
  }

  static func unknownSample(_ sample: String, line: Int) -> EvaluationError {
    EvaluationError(
      code: .unknownSample, location: "line \(line)", found: "sample \(sample)",
      expected: "a sample of the cohort",
      remedy: "check the identifiers, and that no filter removed the sample")
  }

  static func duplicateSample(_ sample: String, repeat index: Int, line: Int) -> EvaluationError {
    EvaluationError(
      code: .duplicateSample, location: "line \(line)",
      found: "sample \(sample) again in repeat \(index)", expected: "each sample once a repeat",
      remedy: "remove one of the lines, or give them different repeats")
  }

  static func unlabelledSample(_ sample: String, line: Int) -> EvaluationError {
    EvaluationError(
      code: .unlabelledSample, location: "line \(line)", found: "unlabelled sample \(sample)",
      expected: "labelled samples only", remedy: "remove the line, or label the sample")
  }

  static func emptyFold(repeat index: Int, fold: Int?, folds: Int) -> EvaluationError {
    EvaluationError(
      code: .emptyFold, location: "repeat \(index)",
      found: fold.map { "no sample in fold \($0)" } ?? "\(folds) fold(s)",
      expected: "at least two folds, numbered from 0 without a gap",
      remedy: "renumber the folds and repeats from 0")
  }

  static func groupSpansFolds(_ group: String, repeat index: Int) -> EvaluationError {
    EvaluationError(
      code: .groupSpansFolds, location: "repeat \(index)",
      found: "group \(group) in more than one fold", expected: "a group within one fold",
      remedy: "move the group's samples into one fold, or leave the group column out")
  }

  static func malformedDraws(line: Int, found: String) -> EvaluationError {
    EvaluationError(
      code: .malformedDraws, location: "line \(line)", found: found,
      expected: "n,repeat,fold,sample with whole numbers, n from 1 and the others from 0",
      remedy: "write the file as `robustness` does: a header and one line per labelled sample")
  }

  static func unknownDrawnSample(_ sample: String, line: Int) -> EvaluationError {
    EvaluationError(
      code: .unknownDrawnSample, location: "line \(line)", found: "sample \(sample)",
      expected: "a sample of the cohort",
      remedy: "check the identifiers, and that no filter removed the sample")
  }

  static func drawOutsideTraining(
    _ sample: String, _ replicate: Replicate, line: Int
  ) -> EvaluationError {
    EvaluationError(
      code: .drawOutsideTraining, location: "line \(line)",
      found: "sample \(sample) in repeat \(replicate.repeatIndex), fold \(replicate.fold)",
      expected: "each labelled training patient of a fold once, and no other",
      remedy: "give the folds that the draws were made for with --folds-file")
  }

  static func wrongDrawSize(
    _ size: Int, _ replicate: Replicate, found count: Int
  ) -> EvaluationError {
    EvaluationError(
      code: .wrongDrawSize,
      location: "n \(size), repeat \(replicate.repeatIndex), fold \(replicate.fold)",
      found: "\(count) samples", expected: "\(size) samples",
      remedy: "list every labelled sample of the draw, and only those")
  }
}
