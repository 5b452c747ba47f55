import Cohort
import Evaluation
import LinearAlgebra

/// What a model says of some patients.
public struct ModelPredictions: Sendable {
  /// What a prediction is worth.
  public enum Status: String, Sendable {
    /// Some classes are ruled out, and some are not.
    case ok
    /// The set holds no class, or all of them.
    case abstained
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
  /// How the patients compare with those of training.
  public let drift: DriftReport

  init(
    model: Model, patients: AlignedPatients, patterns: [MissingPattern], probabilities: Matrix,
    coverage: Double
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
      statuses.append(set.isAbstained ? .abstained : .ok)
    }
    self.sets = sets
    self.statuses = statuses
    usedModalities = patterns.map { pattern in names.filter { !pattern.missing.contains($0) } }
    drift = DriftReport(patients, inputs: model.inputs, statuses: statuses)
  }

  /// Index of the most probable class of each patient, the lowest on ties.
  public var predicted: [Int] { argmaxRows(probabilities) }

  /// `sample,predicted,p_<class>…,set,modalities_used,status`, one line a patient.
  public var csv: String { csv(truth: nil) }

  /// The same with a column `truth` after `sample`; empty for a class below 0.
  public func csv(truth: [Int]?) -> String {
    var text = truth == nil ? "sample,predicted" : "sample,truth,predicted"
    for name in classes { text += "," + csvField("p_\(name)") }
    text += ",set,modalities_used,status\n"
    let predicted = predicted
    for (row, patient) in patients.enumerated() {
      text += csvField(patient)
      if let truth { text += "," + (truth[row] < 0 ? "" : csvField(classes[truth[row]])) }
      text += "," + csvField(classes[predicted[row]])
      for value in probabilities.row(row) { text += "," + csvNumber(value) }
      text += "," + csvField(sets[row].map { classes[$0] }.joined(separator: "|"))
      text += "," + csvField(usedModalities[row].joined(separator: "|"))
      text += "," + statuses[row].rawValue + "\n"
    }
    return text
  }
}
