import Cohort
import Evaluation
import LinearAlgebra
import MutualInformation

/// Which modality tells what of the label, what it adds given the others, what pairs share, and who
/// could teach whom.
///
/// Everything but the gate rests on one thing: ln q(y | inputs) - ln π_y of every labelled patient, by
/// heads and poolings that never saw the patient's label, averaged over repeats of the folds. Means of
/// it are information (a lower bound), means of differences are what an input adds; all on the same
/// patients and folds.
package struct AuditAnalysis: Sendable {
  /// Permutations behind p of information.
  package static let permutations = 1999
  /// Sign flips behind p of what is added.
  package static let signFlips = 10_000

  /// Ĥ(Y) over labelled patients, nats.
  package let labelEntropy: Double
  /// Each modality, in cohort order.
  package let modalities: [AuditSummary.Modality]
  /// All modalities together.
  package let together: AuditSummary.Estimate
  /// The clinical columns; nil where there are none.
  package let clinical: AuditSummary.Clinical?
  /// Pairs of modalities that enough patients have both of.
  package let pairs: [AuditSummary.Pair]
  /// Ordered pairs of teacher and student.
  package let distillation: [AuditSummary.Distillation]
  /// Remarks on modalities that could not be used, one sentence each.
  package let notes: [String]

  /// Audits a cohort.
  ///
  /// - Parameters:
  ///   - threads: folds worked on at a time; changes no byte.
  ///   - progress: told of parts done and of their number, from any thread.
  /// - Complexity: repeats × folds × inputs × (inner folds + 1) × about 3 head fits.
  package init(
    _ design: AuditDesign, threads: Int, progress: @escaping @Sendable (Int, Int) -> Void
  ) throws {
    let names = design.modalities
    let steps = AuditSteps(total: design.folds.tasks.count + names.count + 1, progress)
    let questions = AuditQuestion.all(modalities: names.count, hasClinical: design.hasClinical)
    let kept = questions.filter(\.isTestedByPermutation)
    let evidence = try AuditEvidence(
      design, questions: questions, keepingRatiosOf: Set(kept), threads: threads,
      finished: { steps.finish() })
    let reading = AuditReading(design, evidence)
    let tests = reading.permutationTests(of: kept, threads: threads)
    labelEntropy = plugInEntropy(counts: design.classCounts(of: Array(design.labels.indices)))
    let checks = try parallelMap(count: names.count, threads: threads) { m in
      let check = try NeighborProbe(design, modality: m).check
      steps.finish()
      return check
    }
    modalities = reading.modalities(tests: tests, checks: checks)
    together = reading.information(.together, p: tests[.together] ?? nil)
    clinical = design.hasClinical ? reading.clinical(p: tests[.clinical] ?? nil) : nil
    pairs = reading.pairs()
    distillation = try AuditGate(design).decisions
    steps.finish()
    notes = reading.notes()
  }
}

extension AuditQuestion {
  /// All questions of an audit.
  static func all(modalities count: Int, hasClinical: Bool) -> [AuditQuestion] {
    var questions: [AuditQuestion] = [.together]
    for m in 0..<count { questions += [.alone(m), .without(m)] }
    for a in 0..<count {
      for b in (a + 1)..<max(count, a + 1) {
        questions += [.beside(a, other: b), .beside(b, other: a), .both(a, b)]
      }
    }
    return hasClinical ? questions + [.clinical, .clinicalBeside, .clinicalAndTogether] : questions
  }

  /// Whether the answer is held against permuted labels.
  var isTestedByPermutation: Bool {
    switch self {
    case .alone, .together, .clinical: true
    default: false
    }
  }

  /// Name within streams.
  func name(_ modalities: [String]) -> String {
    switch self {
    case .alone(let m): "alone=\(modalities[m])"
    case .together: "together"
    case .without(let m): "without=\(modalities[m])"
    case .beside(let m, let other): "beside=\(modalities[m])|\(modalities[other])"
    case .both(let a, let b): "both=\(modalities[a])|\(modalities[b])"
    case .clinical: "clinical"
    case .clinicalAndTogether: "clinical-and-together"
    case .clinicalBeside: "clinical-beside"
    }
  }
}
