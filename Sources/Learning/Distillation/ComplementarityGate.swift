import LinearAlgebra

/// Whether a teacher modality should teach a student: the complementarity gate
/// g = Φ(Δ/SE), Δ = I(H_t; H_s) - I(H_s; Y), and the weight λ = λ_max g of its loss.
///
/// Source: Xie, Xu & Sanguinetti (2025), arXiv 2510.13182, for the sign of Δ; the graded gate, the
/// skill factor and the cap for unreliable estimates are ours.
package struct ComplementarityGate: Equatable, Sendable {
  /// What to do with a pair.
  package enum Decision: String, Sendable {
    /// Gate at least .9.
    case distil
    /// Between; λ still follows the gate.
    case uncertain
    /// Gate at most .1.
    case no

    /// The word for a gate.
    package init(gate: Double) {
      self = gate >= 0.9 ? .distil : gate <= 0.1 ? .no : .uncertain
    }
  }

  /// g in 0…1, skill factor included.
  package let gate: Double
  /// λ in 0…λ_max.
  package let lossWeight: Double
  /// The decision as a word.
  package var decision: Decision { Decision(gate: gate) }

  /// A gate from both informations of a pair, on the same rows.
  ///
  /// - Parameters:
  ///   - teacherStudent: I(H_t; H_s), nats.
  ///   - studentLabel: I(H_s; Y), nats.
  ///   - standardError: of their difference, nats, ≥ 0.
  ///   - skill: macro-F1 of teacher minus student with its standard error, for gate `cch+skill`:
  ///     a worse teacher does not teach; nil for gate `cch`.
  ///   - isReliable: without enough rows for the estimates g is ½ and λ at most .25.
  ///   - largestWeight: λ_max.
  package init(
    teacherStudent: Double, studentLabel: Double, standardError: Double,
    skill: (difference: Double, standardError: Double)? = nil, isReliable: Bool = true,
    largestWeight: Double = 0.5
  ) {
    guard isReliable else {
      gate = 0.5
      lossWeight = min(0.25, largestWeight * 0.5)
      return
    }
    var value = ComplementarityGate.probabilityPositive(
      teacherStudent - studentLabel, standardError)
    if let skill {
      value *= ComplementarityGate.probabilityPositive(skill.difference, skill.standardError)
    }
    gate = value
    lossWeight = largestWeight * value
  }

  /// Φ(x/SE); without spread 1, ½ or 0 by the sign of x.
  package static func probabilityPositive(_ x: Double, _ standardError: Double) -> Double {
    if standardError > 0 { return normalCumulative(x / standardError) }
    if x == 0 { return 0.5 }
    return x > 0 ? 1 : 0
  }
}
