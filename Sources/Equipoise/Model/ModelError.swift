/// What can go wrong when a model is trained, read or asked, other than in the layers below.
public struct ModelError: Error, Equatable, Sendable {
  /// The kinds of failure.
  public enum Code: String, Sendable, CaseIterable {
    /// Fits of the method cannot be kept in a file.
    case methodCannotBeKept
    /// An option outside its range.
    case badOption
    /// The new patients have none of the model's modalities.
    case noCommonModality
    /// A modality of the new patients has none of the model's features.
    case noCommonFeature
    /// The model's description of itself cannot be understood.
    case malformedDescription
    /// A cohort to validate on has a class that the model does not know.
    case unknownClass
    /// A cohort to validate on has no labelled patient whom the model can predict.
    case noLabelledPatient
    /// A cohort to validate on holds patients of the training.
    case seenInTraining
    /// Predictions are no probabilities: the model's numbers cannot be right.
    case noProbabilities
  }

  /// The kind of failure.
  public let code: Code
  /// Where; may be empty.
  public let location: String
  /// What was found; may be empty.
  public let found: String
  /// What was expected; may be empty.
  public let expected: String
  /// What to do; may be empty.
  public let remedy: String

  /// Creates an error.
  public init(
    _ code: Code, at location: String = "", found: String = "", expected: String = "",
    remedy: String = ""
  ) {
    self.code = code
    self.location = location
    self.found = found
    self.expected = expected
    self.remedy = remedy
  }

  /// What went wrong, as one clause.
  public var summary: String {
    switch code {
    case .methodCannotBeKept: "fits of this method cannot be kept in a model file"
    case .badOption: "an option is out of range"
    case .noCommonModality: "the patients have no modality of the model"
    case .noCommonFeature: "a modality has no feature of the model"
    case .malformedDescription: "the model file does not describe itself as a model does"
    case .unknownClass: "a class is not the model's"
    case .noLabelledPatient: "no labelled patient can be validated on"
    case .seenInTraining: "patients were seen in training"
    case .noProbabilities: "the model's numbers give no probabilities"
    }
  }
}
