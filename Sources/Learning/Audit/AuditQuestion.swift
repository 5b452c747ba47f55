/// A question that an audit asks of every tested patient: how probable is the class, given some inputs,
/// among patients who have at least certain inputs?
///
/// Inputs are counted in cohort order; the clinical columns come after the modalities.
package enum AuditQuestion: Hashable, Sendable {
  /// One modality alone, where it is measured.
  case alone(Int)
  /// All modalities that the patient has.
  case together
  /// All that the patient has but one, for patients who have that one.
  case without(Int)
  /// One modality alone, for patients who have another one too.
  case beside(Int, other: Int)
  /// Two modalities together, for patients who have both.
  case both(Int, Int)
  /// The clinical columns alone.
  case clinical
  /// The clinical columns and all modalities that the patient has.
  case clinicalAndTogether
  /// The clinical columns, for patients who have a modality, among those with the same ones.
  case clinicalBeside

  /// How a question is put to one patient.
  package struct Terms: Hashable, Sendable {
    /// Inputs that are heard one by one.
    package var inputs: [Int]
    /// Modalities looked at together, before those that the patient lacks are left out; empty for
    /// none.
    package var joint: [Int]
    /// Inputs that all patients compared must have.
    package var stratum: [Int]

    /// A question's parts.
    package init(inputs: [Int], joint: [Int], stratum: [Int]) {
      self.inputs = inputs
      self.joint = joint
      self.stratum = stratum
    }
  }

  /// The question for a patient with the given modalities (ascending); nil where it does not arise.
  package func terms(measured: [Int], modalityCount: Int) -> Terms? {
    let everything = Array(0..<modalityCount)
    func together(_ heard: [Int], of set: [Int]) -> [Int] { heard.count > 1 ? set : [] }
    switch self {
    case .alone(let m):
      return measured.contains(m) ? Terms(inputs: [m], joint: [], stratum: [m]) : nil
    case .together:
      guard !measured.isEmpty else { return nil }
      return Terms(
        inputs: measured, joint: together(measured, of: everything), stratum: measured)
    case .without(let m):
      guard measured.contains(m) else { return nil }
      let others = measured.filter { $0 != m }
      return Terms(
        inputs: others, joint: together(others, of: everything.filter { $0 != m }),
        stratum: measured)
    case .beside(let a, let b):
      guard measured.contains(a), measured.contains(b) else { return nil }
      return Terms(inputs: [a], joint: [], stratum: [a, b].sorted())
    case .both(let a, let b):
      guard measured.contains(a), measured.contains(b) else { return nil }
      return Terms(inputs: [a, b], joint: [a, b], stratum: [a, b])
    case .clinical:
      return Terms(inputs: [modalityCount], joint: [], stratum: [])
    case .clinicalAndTogether:
      guard !measured.isEmpty else { return nil }
      return Terms(
        inputs: measured + [modalityCount], joint: together(measured, of: everything),
        stratum: measured)
    case .clinicalBeside:
      guard !measured.isEmpty else { return nil }
      return Terms(inputs: [modalityCount], joint: [], stratum: measured)
    }
  }
}
