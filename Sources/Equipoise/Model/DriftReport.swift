import Cohort
import Evaluation
import Foundation
import LinearAlgebra

/// How new patients compare with those a model was trained on: features found and missing, and values
/// that look shifted or in another unit. Predictions do not depend on it.
public struct DriftReport: Codable, Equatable, Sendable {
  /// One modality of the model.
  public struct Modality: Codable, Equatable, Sendable {
    /// Name.
    public var name: String
    /// Patients who have it.
    public var measuredCount: Int
    /// Features of the model that were found.
    public var foundFeatures: Int
    /// How many features of the model were not.
    public var missingFeatureCount: Int
    /// The first ten of them.
    public var missingFeatures: [String]
    /// Features that the model does not know.
    public var extraFeatureCount: Int
    /// Share of values further than the training range's width outside that range; the range is that
    /// of 90 % of training values. Nil without values.
    public var outsideShare: Double?
    /// Over features, the median of |median here − median in training| ÷ width of that range.
    public var shift: Double?
    /// Over features, the median of interquartile range here ÷ in training; from eight patients on.
    public var scaleRatio: Double?
    /// Whether the values look shifted, or in another unit or scale.
    public var isSuspicious: Bool
  }

  /// Patients asked about.
  public var patientCount: Int
  /// How many have each status.
  public var statuses: [String: Int]
  /// In the model's order.
  public var modalities: [Modality]
  /// Modalities of the patients that the model does not know.
  public var unknownModalities: [String]
  /// Patients who were in the training, as far as the model can recognize them.
  public var seenInTraining: [String]
  /// What to look at, in words.
  public var warnings: [String]

  /// Patients whose values are looked at, evenly taken from all.
  private static let most = 500

  init(
    _ patients: AlignedPatients, inputs: ModelInputs, statuses: [ModelPredictions.Status],
    seen: [String]
  ) {
    seenInTraining = seen
    patientCount = patients.table.patientCount
    var counts = [String: Int]()
    for status in statuses { counts[status.rawValue, default: 0] += 1 }
    self.statuses = counts
    unknownModalities = patients.unknownModalities
    modalities = inputs.modalities.indices.map { m in
      Self.modality(patients.table.modalities[m], patients.matches[m], inputs.modalities[m])
    }
    warnings = []
    warnings = words(of: patients.matches)
  }

  private static func modality(
    _ table: ModalityTable, _ match: AlignedPatients.Match, _ training: ModelInputs.Modality
  ) -> Modality {
    let measured = table.measuredRows
    let step = max(1, (measured.count + most - 1) / most)
    let rows = stride(from: 0, to: measured.count, by: step).map { measured[$0] }
    var seen = 0
    var outside = 0
    var shifts = [Double]()
    var ratios = [Double]()
    for j in training.features.indices {
      let known = Array(training.quantiles.row(j))
      let width = known[4] - known[0]
      guard width > 0 else { continue }
      let values = rows.map { table.values[$0, j] }.filter { !$0.isNaN }.sorted()
      guard !values.isEmpty else { continue }
      seen += values.count
      outside += values.count { $0 < known[0] - width || $0 > known[4] + width }
      shifts.append(abs(quantile(ofSorted: values, 0.5) - known[2]) / width)
      let spread = known[3] - known[1]
      if values.count >= 8, spread > 0 {
        ratios.append(
          (quantile(ofSorted: values, 0.75) - quantile(ofSorted: values, 0.25)) / spread)
      }
    }
    let outsideShare = seen > 0 ? Double(outside) / Double(seen) : nil
    let shift = median(shifts)
    let ratio = median(ratios)
    let isSuspicious =
      (outsideShare ?? 0) > 0.1 || (shift ?? 0) > 0.5
      || (ratio.map { $0 > 2.5 || $0 < 0.4 } ?? false)
    return Modality(
      name: training.name, measuredCount: measured.count, foundFeatures: match.foundFeatures,
      missingFeatureCount: match.isPresent ? match.missingFeatureCount : 0,
      missingFeatures: match.missingFeatures, extraFeatureCount: match.extraFeatureCount,
      outsideShare: outsideShare, shift: shift, scaleRatio: ratio, isSuspicious: isSuspicious)
  }

  private static func median(_ values: [Double]) -> Double? {
    values.isEmpty ? nil : quantile(ofSorted: values.sorted(), 0.5)
  }

  private func words(of matches: [AlignedPatients.Match]) -> [String] {
    var result = [String]()
    for (modality, match) in zip(modalities, matches) {
      let total = modality.foundFeatures + match.missingFeatureCount
      if match.isPresent, match.missingFeatureCount > 0 {
        let names = match.missingFeatures.prefix(3).joined(separator: ", ")
        result.append(
          "\(modality.name): \(match.missingFeatureCount) of the model's \(total) features are "
            + "missing (\(names)\(match.missingFeatureCount > 3 ? ", …" : "")); they count as "
            + "unmeasured")
      }
      if modality.isSuspicious { result.append(suspicion(modality)) }
    }
    if !unknownModalities.isEmpty {
      result.append(
        "not of the model, and left aside: \(unknownModalities.joined(separator: ", "))")
    }
    if !seenInTraining.isEmpty {
      let names = seenInTraining.prefix(3).joined(separator: ", ")
      let count = seenInTraining.count
      result.append(
        "\(count) of \(patientCount) patients were in the training "
          + "(\(names)\(count > 3 ? ", …" : "")): what is said of them is better than it would be "
          + "of new patients")
    }
    if let count = statuses[ModelPredictions.Status.insufficient.rawValue] {
      result.append("\(count) patients have nothing that the model looks at")
    }
    return result
  }

  private func suspicion(_ modality: Modality) -> String {
    func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }
    func rounded(_ value: Double) -> String { "\((value * 100).rounded() / 100)" }
    var parts = [String]()
    if let share = modality.outsideShare { parts.append("\(percent(share)) far outside") }
    if let shift = modality.shift { parts.append("medians shifted by \(rounded(shift)) ranges") }
    if let ratio = modality.scaleRatio { parts.append("spread \(rounded(ratio)) times") }
    return "\(modality.name): values do not lie as in training (\(parts.joined(separator: ", "))); "
      + "is this the same unit, scale and normalisation?"
  }

  /// JSON with sorted keys, ending in a line break.
  public func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
  }
}
