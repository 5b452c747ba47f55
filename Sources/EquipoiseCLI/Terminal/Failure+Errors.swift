import ArgumentParser
import Boundary
import Cohort
import Equipoise
import Evaluation
import Foundation
import LinearAlgebra
import MutualInformation
import PatientGraph
import Report
import Study

extension Failure {
  /// Any error of the layers below, with the exit code that it stands for.
  init(_ error: any Error, arguments: [String] = []) {
    switch error {
    case let failure as Failure: self = failure
    case let error as StudyError: self.init(error)
    case let error as CohortError: self.init(error, cohort: "")
    case let error as ReportError: self.init(error)
    case let error as EvaluationError: self.init(error)
    case let error as PatientGraphError: self.init(error)
    case let error as MutualInformationError: self.init(error)
    case let error as ArchiveError: self.init(error)
    case let error as ModelError: self.init(error)
    case let error where EquipoiseCommand.exitCode(for: error) == .validationFailure:
      self.init(usage: EquipoiseCommand.message(for: error), arguments: arguments)
    default:
      self.init(
        .internalError, "something went wrong inside the program", found: "\(error)",
        remedy: "please report this with the command and the cohort's `equipoise inspect`")
    }
  }

  private init(_ error: StudyError) {
    self.init(
      Failure.status(of: error.code), error.what, at: error.location, found: error.found,
      expected: error.expected, remedy: error.remedy)
  }

  private static func status(of code: StudyError.Code) -> ExitStatus {
    switch code {
    case .unknownMethod, .badOption: .usage
    case .foldWithoutClasses, .learnerRefused, .malformedRun: .data
    case .notARun: .inputMissing
    case .learnerFailed: .internalError
    case .outputOccupied, .outputUnwritable, .outputLocked: .cannotWrite
    case .writeFailed: .inputOutput
    case .runDiffers: .configuration
    }
  }

  /// An error about a cohort; `cohort` is how it was named, shown where the folder itself lacks.
  init(_ error: CohortError, cohort: String) {
    self.init(
      ExitStatus(rawValue: error.exitCode) ?? .data, error.code.summary,
      at: error.code == .missingFolder ? cohort : error.place,
      found: error.found ?? "", expected: error.expected ?? "", remedy: error.remedy ?? "")
  }

  /// A file that is read and cannot be: 66 if it is missing or closed to us, 65 for a pipe, socket or
  /// device, 78 for a configuration that is too large.
  init(reading what: String, _ fault: FileFault) {
    switch fault.kind {
    case .notRegular:
      self.init(
        .data, "\(what) is not a regular file", at: fault.path, found: fault.cause,
        expected: "a regular file", remedy: "save the data in a file, and name that")
    case .tooLarge:
      self.init(
        .configuration, "\(what) is too large", at: fault.path, found: fault.cause,
        expected: "a file of options")
    default:
      self.init(
        .inputMissing, "\(what) cannot be read", at: fault.path, found: fault.cause,
        remedy: "check the path and its permissions")
    }
  }

  private init(_ error: ReportError) {
    self.init(
      .data, "a file of the run cannot be understood", at: error.location, found: error.found,
      remedy: error.remedy)
  }

  private init(_ error: EvaluationError) {
    self.init(
      .data, "the \(error.code.file) does not fit", at: error.location, found: error.found,
      expected: error.expected, remedy: error.remedy)
  }

  private init(_ error: PatientGraphError) {
    let status: ExitStatus =
      switch error.code {
      case .optionOutOfRange: .usage
      case .noConvergence, .shapeMismatch: .internalError
      case .noModality, .tooFewPatients, .notFinite: .data
      }
    self.init(
      status, "the patients cannot be fused", at: error.location, found: error.found,
      expected: error.expected, remedy: error.remedy)
  }

  private init(_ error: ArchiveError) {
    let (status, what, remedy): (ExitStatus, String, String) =
      switch error.code {
      case .missingFile: (.inputMissing, "there is no such model file", "check the path")
      case .unreadableFile:
        (.inputMissing, "the model file cannot be read", "check the path and its permissions")
      case .unwritable:
        (.cannotWrite, "the model file cannot be written", "choose another place with --model")
      case .writeFailed:
        (.inputOutput, "the model file could not be written", "check the space left on the disk")
      case .futureVersion:
        (.data, "the model file is of a later version", "use a later version of the program")
      case .foreignFile, .malformedHeader:
        (.data, "this is no model file", "name a file that `equipoise train` wrote")
      case .truncated, .damaged:
        (.data, "the model file is damaged", "copy it again, or train it again")
      case .missingPart, .wrongShape, .badValue:
        (.data, "the model file is not sound", "train it again")
      }
    self.init(
      status, what, at: error.location, found: error.found, expected: error.expected,
      remedy: remedy)
  }

  private init(_ error: ModelError) {
    let status: ExitStatus =
      switch error.code {
      case .methodCannotBeKept, .badOption: .usage
      case .noCommonModality, .noCommonFeature, .malformedDescription, .noProbabilities,
        .unknownClass, .noLabelledPatient, .seenInTraining:
        .data
      }
    self.init(
      status, error.summary, at: error.location, found: error.found, expected: error.expected,
      remedy: error.remedy)
  }

  private init(_ error: MutualInformationError) {
    let status: ExitStatus =
      switch error.code {
      case .optionOutOfRange, .unknownEstimator, .unsupportedVariable: .usage
      case .unequalRows: .internalError
      case .tooFewRows, .noColumns, .notFinite, .numericalFailure: .data
      }
    self.init(
      status, error.code.summary, found: error.found, expected: error.expected,
      remedy: error.remedy)
  }

  /// A usage error in the parser's words; the parser itself adds the nearest flag.
  private init(usage message: String, arguments: [String]) {
    var text = message.split(separator: "\n").first.map(String.init) ?? message
    if text.hasPrefix("Error: ") { text.removeFirst(7) }
    var hint = ""
    if let range = text.range(of: " Did you mean ") {
      hint = "did you mean \(text[range.upperBound...])"
      text = String(text[..<range.lowerBound])
    }
    if let wrong = Failure.wrongValue(text) {
      self = wrong
      return
    }
    let verbs = EquipoiseCommand.verbs
    let verb = arguments.first { !$0.hasPrefix("-") }
    if let verb, !verbs.contains(verb) {
      text = "unknown verb"
      hint = nearestName(to: verb, among: verbs).map { "did you mean \($0)?" } ?? ""
      self.init(
        .usage, text, found: verb, expected: "one of \(verbs.joined(separator: ", "))",
        remedy: hint.isEmpty ? "see `equipoise --help`" : hint)
      return
    }
    if text.hasSuffix(".") { text.removeLast() }
    let help = "see `equipoise \(verb.map { "\($0) " } ?? "")--help`"
    self.init(
      .usage, text.prefix(1).lowercased() + text.dropFirst(),
      remedy: hint.isEmpty ? help : "\(hint) \(help)")
  }

  /// The parser's words for a value of the wrong kind, if the option is a whole number: with the
  /// range that was expected.
  private static func wrongValue(_ text: String) -> Failure? {
    guard let match = text.firstMatch(of: /^The value '(.*)' is invalid for '--([a-z-]+)/) else {
      return nil
    }
    let parts = match.2.split(separator: "-")
    let key = parts.dropFirst().reduce(String(parts.first ?? "")) { $0 + $1.capitalized }
    guard OptionRange.words(key) != nil else { return nil }
    return OptionRange.failure(key, String(match.1))
  }
}
