extension AuditSummary {
  /// A modality: what it tells of the label, and what it adds.
  public struct Modality: Codable, Equatable, Sendable {
    /// Modality name.
    public var name: String
    /// Number of features.
    public var featureCount: Int
    /// Patients measured.
    public var measuredCount: Int
    /// Labelled patients measured.
    public var measuredLabelled: Int
    /// Too few labelled patients to be judged.
    public var insufficient: Bool
    /// I(X_m; Y) by the cross-fitted classifier bound.
    public var information: Estimate
    /// ``information`` over the label's entropy among the patients measured, clipped to 0…1; for
    /// display.
    @NullableField public var share: Double?
    /// Û_m = mean[ln q(y | all) - ln q(y | all but m)]: what it adds given the others; nil without
    /// others.
    @NullableField public var adds: Estimate?
    /// Smallest addition that this number of patients would have shown with 80 % power.
    @NullableField public var detectable: Double?
    /// I of its leading components by nearest neighbors (Ross 2014), beside the linear bound; nil
    /// where not computed.
    @NullableField public var neighbors: NeighborCheck?

    enum CodingKeys: String, CodingKey {
      case name, insufficient, information, share, adds, detectable, neighbors
      case featureCount = "n_features"
      case measuredCount = "n_measured"
      case measuredLabelled = "n_measured_labelled"
    }

    /// A modality's part.
    public init(
      name: String, featureCount: Int, measuredCount: Int, measuredLabelled: Int,
      insufficient: Bool = false, information: Estimate, share: Double? = nil,
      adds: Estimate? = nil, detectable: Double? = nil, neighbors: NeighborCheck? = nil
    ) {
      self.name = name
      self.featureCount = featureCount
      self.measuredCount = measuredCount
      self.measuredLabelled = measuredLabelled
      self.insufficient = insufficient
      self.information = information
      self.share = share.flatMap { $0.isFinite ? $0 : nil }
      self.adds = adds
      self.detectable = detectable.flatMap { $0.isFinite ? $0 : nil }
      self.neighbors = neighbors
    }
  }

  /// A second look at a modality, by an estimator that needs no model but few dimensions.
  public struct NeighborCheck: Codable, Equatable, Sendable {
    /// Leading principal components looked at.
    public var components: Int
    /// The estimate, with an interval by leaving out blocks of patients.
    public var information: Estimate

    /// A check.
    public init(components: Int, information: Estimate) {
      self.components = components
      self.information = information
    }
  }

  /// The clinical columns beside the modalities.
  public struct Clinical: Codable, Equatable, Sendable {
    /// Column names.
    public var columns: [String]
    /// I(clinical; Y).
    public var information: Estimate
    /// What all modalities add given the clinical columns.
    public var modalitiesAdd: Estimate
    /// Smallest such addition that would have shown with 80 % power.
    @NullableField public var detectable: Double?

    enum CodingKeys: String, CodingKey {
      case columns, information, detectable
      case modalitiesAdd = "modalities_add"
    }

    /// The clinical part.
    public init(
      columns: [String], information: Estimate, modalitiesAdd: Estimate, detectable: Double? = nil
    ) {
      self.columns = columns
      self.information = information
      self.modalitiesAdd = modalitiesAdd
      self.detectable = detectable.flatMap { $0.isFinite ? $0 : nil }
    }
  }

  /// Two modalities on the patients who have both: redundancy against synergy.
  public struct Pair: Codable, Equatable, Sendable {
    /// What the co-information's interval says.
    public enum Verdict: String, Codable, Sendable {
      /// Above 0: more is told twice than only together.
      case redundant
      /// Below 0: more is told only together than twice.
      case synergistic
      /// Contains 0.
      case notTold = "not-told"
    }

    /// First modality.
    public var a: String
    /// Second modality.
    public var b: String
    /// I(a; Y).
    public var informationA: Estimate
    /// I(b; Y).
    public var informationB: Estimate
    /// I(a, b; Y).
    public var informationBoth: Estimate
    /// I(a; Y) + I(b; Y) - I(a, b; Y), with the interval of the paired differences: redundancy less
    /// synergy.
    public var coInformation: Estimate
    /// Minimum-MI redundancy min(I(a; Y), I(b; Y)); one of several definitions.
    @NullableField public var minimumRedundancy: Double?
    /// Synergy under that definition, I(a, b; Y) - max(I(a; Y), I(b; Y)).
    @NullableField public var minimumSynergy: Double?
    /// What the interval says.
    public var verdict: Verdict

    enum CodingKeys: String, CodingKey {
      case a, b, verdict
      case informationA = "information_a"
      case informationB = "information_b"
      case informationBoth = "information_both"
      case coInformation = "co_information"
      case minimumRedundancy = "minimum_mi_redundancy"
      case minimumSynergy = "minimum_mi_synergy"
    }

    /// A pair; redundancy, synergy and verdict follow from the estimates.
    public init(
      a: String, b: String, informationA: Estimate, informationB: Estimate,
      informationBoth: Estimate, coInformation: Estimate
    ) {
      self.a = a
      self.b = b
      self.informationA = informationA
      self.informationB = informationB
      self.informationBoth = informationBoth
      self.coInformation = coInformation
      if let first = informationA.estimate, let second = informationB.estimate,
        let both = informationBoth.estimate
      {
        minimumRedundancy = min(first, second)
        minimumSynergy = both - max(first, second)
      }
      verdict =
        coInformation.interval.map {
          $0.lower > 0 ? .redundant : $0.upper < 0 ? .synergistic : .notTold
        } ?? .notTold
    }
  }

  /// Something that may be said, in words.
  public struct Finding: Codable, Equatable, Sendable {
    /// What it is about, in kebab case.
    public var code: String
    /// Modality spoken of; nil where it is all of them.
    @NullableField public var modality: String?
    /// One or two sentences.
    public var sentence: String

    /// A finding.
    public init(code: String, modality: String? = nil, sentence: String) {
      self.code = code
      self.modality = modality
      self.sentence = sentence
    }
  }
}
