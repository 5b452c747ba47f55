import Foundation

/// Content of `explanations.json`: why a model says what it says of some patients.
public struct ExplanationSummary: Codable, Equatable, Sendable {
  /// The model, as far as a reader needs it.
  public struct Model: Codable, Equatable, Sendable {
    /// Method name.
    public var method: String
    /// Program that trained it.
    public var program: String
    /// Training cohort.
    public var cohort: String
    /// Column of the labels.
    public var label: String
    /// Classes, sorted.
    public var classes: [String]
    /// Labelled training patients of each class.
    public var classCounts: [Int]
    /// Modalities.
    public var modalities: [String]
    /// Licence of the training data, where known.
    public var license: String?
    /// Out-of-fold macro-F1 in training.
    public var macroF1: Double?
    /// Out-of-fold accuracy in training.
    public var accuracy: Double?

    /// From its parts.
    public init(
      method: String, program: String, cohort: String, label: String, classes: [String],
      classCounts: [Int], modalities: [String], license: String?, macroF1: Double?,
      accuracy: Double?
    ) {
      self.method = method
      self.program = program
      self.cohort = cohort
      self.label = label
      self.classes = classes
      self.classCounts = classCounts
      self.modalities = modalities
      self.license = license
      self.macroF1 = macroF1
      self.accuracy = accuracy
    }
  }

  /// What one modality adds to the probability of the class explained.
  public struct Contribution: Codable, Equatable, Sendable {
    /// Modality.
    public var modality: String
    /// Shapley value, in probability.
    public var value: Double

    /// From its parts.
    public init(modality: String, value: Double) {
      self.modality = modality
      self.value = value
    }
  }

  /// What one feature adds to the probability of the class explained.
  public struct Feature: Codable, Equatable, Sendable {
    /// Modality.
    public var modality: String
    /// Feature.
    public var feature: String
    /// Standardised value; 0 is the training mean.
    public var standardized: Double
    /// Integrated gradient, in probability.
    public var value: Double

    /// From its parts.
    public init(modality: String, feature: String, standardized: Double, value: Double) {
      self.modality = modality
      self.feature = feature
      self.standardized = standardized
      self.value = value
    }
  }

  /// A training patient whom the explained patient hears.
  public struct Companion: Codable, Equatable, Sendable {
    /// Identifier; its position where the model names nobody.
    public var patient: String
    /// Class; nil where it has no label.
    public var label: String?
    /// Share of all that is heard, 0…1.
    public var weight: Double
    /// Cosine of standardised profiles by modality.
    public var similarities: [String: Double]

    /// From its parts.
    public init(patient: String, label: String?, weight: Double, similarities: [String: Double]) {
      self.patient = patient
      self.label = label
      self.weight = weight
      self.similarities = similarities
    }
  }

  /// One patient.
  public struct Patient: Codable, Equatable, Sendable {
    /// Identifier.
    public var patient: String
    /// Most probable class: the class explained.
    public var predicted: String
    /// Its probability.
    public var probability: Double
    /// Classes that cannot be ruled out at 90 %.
    public var set: [String]
    /// `ok`, `abstained` or `insufficient`.
    public var status: String
    /// Modalities that the patient has.
    public var modalities: [String]
    /// Probability with nothing measured: the share of the class in training.
    public var base: Double
    /// In the model’s order; they sum to `probability − base`.
    public var contributions: [Contribution]
    /// Weightiest first; empty where the method has no graph.
    public var companions: [Companion]
    /// Largest first; empty where the method has no gradients.
    public var features: [Feature]
    /// Probability of a patient with the same neighbors who stands at the training mean.
    public var featureBase: Double?
    /// Sum of all integrated gradients − (probability − `featureBase`).
    public var featureGap: Double?

    /// From its parts.
    public init(
      patient: String, predicted: String, probability: Double, set: [String], status: String,
      modalities: [String], base: Double, contributions: [Contribution], companions: [Companion],
      features: [Feature], featureBase: Double?, featureGap: Double?
    ) {
      self.patient = patient
      self.predicted = predicted
      self.probability = probability
      self.set = set
      self.status = status
      self.modalities = modalities
      self.base = base
      self.contributions = contributions
      self.companions = companions
      self.features = features
      self.featureBase = featureBase
      self.featureGap = featureGap
    }
  }

  /// How two modalities act together over all patients.
  public struct Interaction: Codable, Equatable, Sendable {
    /// First modality.
    public var first: String
    /// Second modality.
    public var second: String
    /// Mean Shapley interaction index, in probability: above 0 they add to each other, below 0 they
    /// tell the same.
    public var mean: Double
    /// Mean of its absolute value.
    public var meanAbsolute: Double

    /// From its parts.
    public init(first: String, second: String, mean: Double, meanAbsolute: Double) {
      self.first = first
      self.second = second
      self.mean = mean
      self.meanAbsolute = meanAbsolute
    }
  }

  /// Mean over patients.
  public struct MeanFeature: Codable, Equatable, Sendable {
    /// Modality.
    public var modality: String
    /// Feature.
    public var feature: String
    /// Mean of the absolute integrated gradient over patients who have the modality.
    public var meanAbsolute: Double
    /// Class for which it speaks most, when it is high.
    public var raises: String?

    /// From its parts.
    public init(modality: String, feature: String, meanAbsolute: Double, raises: String?) {
      self.modality = modality
      self.feature = feature
      self.meanAbsolute = meanAbsolute
      self.raises = raises
    }
  }

  /// Training patients who were heard most by patients predicted as a class.
  public struct Prototype: Codable, Equatable, Sendable {
    /// Class predicted.
    public var predicted: String
    /// Who was heard, weightiest first; weights are means over those patients.
    public var companions: [Companion]

    /// From its parts.
    public init(predicted: String, companions: [Companion]) {
      self.predicted = predicted
      self.companions = companions
    }
  }

  /// Format of the file.
  public var format: String
  /// The model.
  public var model: Model
  /// Cohort explained.
  public var cohort: String
  /// Mean absolute Shapley value by modality, over patients who have it.
  public var modalities: [Contribution]
  /// Pairs of modalities.
  public var interactions: [Interaction]
  /// Largest first.
  public var features: [MeanFeature]
  /// By class.
  public var prototypes: [Prototype]
  /// In the order asked.
  public var patients: [Patient]
  /// What to know about the patients as a whole, in words.
  public var warnings: [String]

  /// A summary from its parts.
  public init(
    model: Model, cohort: String, modalities: [Contribution], interactions: [Interaction],
    features: [MeanFeature], prototypes: [Prototype], patients: [Patient], warnings: [String]
  ) {
    format = "equipoise-explanations/1"
    self.model = model
    self.cohort = cohort
    self.modalities = modalities
    self.interactions = interactions
    self.features = features
    self.prototypes = prototypes
    self.patients = patients
    self.warnings = warnings
  }

  /// JSON with sorted keys, ending in a line break.
  public func json() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    return try encoder.encode(self) + Data("\n".utf8)
  }
}
