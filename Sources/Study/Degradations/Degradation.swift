import Cohort

/// One way in which a modality of a cohort is made worse, at one level: the plug-in point of
/// robustness studies.
///
/// To add one: conform a type, and add it to ``DegradationRegistry``.
///
/// A degradation changes features alone, never labels. What it estimates (a standard deviation, say)
/// comes from training patients; what it draws comes from named streams of the replicate, so that
/// every method of a replicate meets the same numbers, and a stronger level builds on the draws of a
/// weaker one. A patient’s new values never depend on whether others are trained on or tested, but
/// where patients exchange theirs, which they do within their own side.
package protocol Degradation: Sendable {
  /// Word in front of the colon, for example `noise`.
  static var word: String { get }
  /// How it is written, for example `noise:MODALITY=SD`.
  static var form: String { get }
  /// The kind of study that it belongs to.
  static var kind: RobustnessKind { get }

  /// A degradation as written.
  ///
  /// - Throws: ``StudyError`` `.badOption` for a value that is none or cannot be.
  init(_ argument: DegradationArgument) throws(StudyError)

  /// Name of the modality.
  var modality: String { get }
  /// What stands behind the equals sign, in canonical form; nil where nothing does.
  var value: String? { get }
  /// In words, for a report: `noise of 4 standard deviations on mrna`.
  var words: String { get }
  /// Its place among others that differ by their strength alone; nil where there is no strength.
  var level: DegradationLevel? { get }
  /// Whether training patients change too, or tested ones alone.
  var changesTraining: Bool { get }

  /// The modality made worse; `table` covers all patients of the cohort.
  func degraded(_ table: ModalityTable, in fold: DegradedFold) -> ModalityTable
}

extension Degradation {
  /// Word, modality and value as in column `setting`.
  package var name: String {
    "\(Self.word):\(modality)" + (value.map { "=\($0)" } ?? "")
  }
  package var changesTraining: Bool { true }
  package var level: DegradationLevel? { nil }
}

/// A strength on a scale that starts at the undegraded modality.
package struct DegradationLevel: Equatable, Sendable {
  /// The strength.
  package let value: Double
  /// The strength of no degradation.
  package let none: Double
  /// Title of an axis over strengths.
  package let axis: String
  /// Whether steps of equal ratio are equally long.
  package var isLogarithmic = false
}

/// All degradations of this build, in the order in which they are applied.
package enum DegradationRegistry {
  /// Their types.
  package static let all: [any Degradation.Type] = [
    FeatureLoss.self, Replacement.self, AddedNoise.self, ExchangedPatients.self,
    TrainingGaps.self, ClassGaps.self, MissingAtPrediction.self,
  ]
}
