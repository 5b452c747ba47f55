import Cohort
import Evaluation
import LinearAlgebra

/// What a model says of some patients.
public struct ModelPredictions: Sendable {
  /// What a prediction is worth.
  public enum Status: String, Sendable {
    /// Some classes are ruled out, and some are not.
    case ok
    /// The set holds all classes, and decides nothing.
    case abstained
    /// The set is empty: the patient is like no class of the training at this coverage.
    case atypical
    /// The patient has nothing that the model looks at; the class frequencies are given.
    case insufficient
  }

  /// Patients in the order asked.
  public let patients: [String]
  /// Classes in the order of probabilities.
  public let classes: [String]
  /// Calibrated probabilities, patients × classes.
  public let probabilities: Matrix
  /// Classes that cannot be ruled out at the coverage asked for, ascending.
  public let sets: [[Int]]
  /// Modalities of the model that each patient has.
  public let usedModalities: [[String]]
  /// What each prediction is worth.
  public let statuses: [Status]
  /// What speaks against each prediction, in the order of ``Warning/allCases``.
  public let warnings: [[Warning]]
  /// How the patients compare with those of training.
  public let drift: DriftReport

  init(
    model: Model, patients: AlignedPatients, patterns: [MissingPattern], probabilities: Matrix,
    coverage: Double, seenRows: [Int]
  ) {
    self.patients = patients.table.patients
    classes = model.facts.classes
    self.probabilities = probabilities
    let names = model.inputs.modalities.map(\.name)
    let all = Array(classes.indices)
    var thresholds = [MissingPattern: Double]()
    var sets = [[Int]]()
    var statuses = [Status]()
    for (row, pattern) in patterns.enumerated() {
      guard !model.isInsufficient(pattern) else {
        sets.append(all)
        statuses.append(.insufficient)
        continue
      }
      let threshold =
        thresholds[pattern]
        ?? model.calibration.part(for: pattern).scores.quantile(coverage: coverage)
      thresholds[pattern] = threshold
      let set = PredictionSet(probabilities.row(row), threshold: threshold)
      sets.append(set.classes)
      statuses.append(
        set.classes.isEmpty ? .atypical : set.classes.count == all.count ? .abstained : .ok)
    }
    self.sets = sets
    self.statuses = statuses
    usedModalities = patterns.map { pattern in names.filter { !pattern.missing.contains($0) } }
    drift = DriftReport(
      patients, inputs: model.inputs, statuses: statuses,
      seen: seenRows.map { patients.table.patients[$0] })
    warnings = Self.warnings(patients, patterns, drift: drift, seenRows: Set(seenRows))
  }

  /// Index of the most probable class of each patient, the lowest on ties.
  public var predicted: [Int] { argmaxRows(probabilities) }

  /// `sample,predicted,p_<class>…,set,modalities_used,status,warnings`, one line a patient.
  public var csv: String { csv(truth: nil) }

  /// The same with a column `truth` after `sample`; empty for a class below 0.
  public func csv(truth: [Int]?) -> String {
    var text = truth == nil ? "sample,predicted" : "sample,truth,predicted"
    for name in classes { text += "," + csvField("p_\(name)") }
    text += ",set,modalities_used,status,warnings\n"
    let predicted = predicted
    for (row, patient) in patients.enumerated() {
      text += csvField(patient)
      if let truth { text += "," + (truth[row] < 0 ? "" : csvField(classes[truth[row]])) }
      text += "," + csvField(classes[predicted[row]])
      for value in probabilities.row(row) { text += "," + csvNumber(value) }
      text += "," + csvField(Self.list(sets[row].map { classes[$0] }))
      text += "," + csvField(Self.list(usedModalities[row]))
      text += "," + statuses[row].rawValue
      text += "," + warnings[row].map(\.rawValue).joined(separator: "|") + "\n"
    }
    return text
  }

  /// Names joined by `|`; one with `|` or a quote is in quotes, its own quotes doubled, as in CSV.
  static func list(_ names: [String]) -> String {
    names.map { name in
      guard name.contains(where: { $0 == "|" || $0 == "\"" }) else { return name }
      return "\""
        + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
        + "\""
    }.joined(separator: "|")
  }
}
