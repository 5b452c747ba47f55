import Cohort
import LinearAlgebra

/// A fit that can say what moved it: features of the patient, and training patients.
package protocol ExplainedFit: StorableLearner {
  /// What each feature adds to the probability of a class, against a patient who stands at the
  /// training mean in every feature and keeps the neighbors: integrated gradients
  /// (Sundararajan, Taly & Yan, ICML 2017), by Gauss–Legendre quadrature.
  ///
  /// - Parameters:
  ///   - patient: a table of one patient.
  ///   - class: class whose probability is explained.
  ///   - temperature: divisor of log-probabilities that the model applies at the end.
  func attributions(
    of patient: PatientTable, class: Int, temperature: Double
  ) throws -> FeatureAttributions?

  /// Which training patients each patient hears, and how like they are.
  func companions(of patients: PatientTable) throws -> [[Companion]]
}

/// What features added to a probability.
package struct FeatureAttributions: Sendable {
  /// One modality that the patient has.
  package struct Modality: Sendable {
    /// Name.
    package let name: String
    /// Features that the fit looks at.
    package let features: [String]
    /// Standardised values; 0 is the training mean.
    package let standardized: [Double]
    /// What each added to the probability.
    package let values: [Double]
  }

  /// In the model's order.
  package let modalities: [Modality]
  /// Probability of the patient who stands at the mean.
  package let baseline: Double
  /// Probability of the patient.
  package let probability: Double
  /// Sum of all attributions − (probability − baseline): what quadrature left over.
  package let gap: Double
}

/// A training patient whom a new patient hears through the graphs.
package struct Companion: Sendable {
  /// Row among the training patients.
  package let row: Int
  /// Share of all that heads hear from neighbors, 0…1; shares of a patient sum to 1.
  package let weight: Double
  /// Cosine of standardised profiles by modality that the patient has, −1…1.
  package let similarities: [(modality: String, value: Double)]
}
