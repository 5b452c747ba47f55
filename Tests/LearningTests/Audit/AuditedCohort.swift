import Cohort
import Evaluation
import Learning
import LinearAlgebra

/// Made-up cohorts whose truth is known by construction.
struct AuditedCohort {
  /// Class of each patient, -1 where unlabelled.
  var labels: [Int]
  /// Names and values (NaN where missing) of the modalities.
  var modalities: [(name: String, values: Matrix)] = []
  var covariates: [Covariate] = []
  var groups: [String]?
  private var stream: RandomStream

  /// Classes take turns over the patients.
  init(patients: Int, classes: Int = 2, seed: UInt64 = 1) {
    labels = (0..<patients).map { $0 % classes }
    stream = RandomStream(seed: seed, name: "audited-cohort")
  }

  /// Standard normal draws.
  mutating func noise(_ columns: Int) -> Matrix {
    stream.normalMatrix(rows: labels.count, columns: columns)
  }

  /// Adds a modality that is `shift` times the class number in its first column, and noise.
  mutating func addInformative(_ name: String, columns: Int = 4, shift: Double) {
    var values = noise(columns)
    for (i, label) in labels.enumerated() { values[i, 0] += shift * Double(max(label, 0)) }
    modalities.append((name, values))
  }

  /// Adds a modality of noise alone.
  mutating func addNoise(_ name: String, columns: Int = 4) {
    modalities.append((name, noise(columns)))
  }

  /// Adds a modality with given values.
  mutating func add(_ name: String, _ values: Matrix) { modalities.append((name, values)) }

  /// Takes a modality away from every patient whose number leaves a remainder below `of` tenths.
  mutating func hide(_ name: String, tenths: Int) {
    guard let m = modalities.firstIndex(where: { $0.name == name }) else { return }
    for i in labels.indices where (i / 2) % 10 < tenths {
      for j in 0..<modalities[m].values.columnCount { modalities[m].values[i, j] = .nan }
    }
  }

  var cohort: Cohort {
    let names = (0..<((labels.max() ?? 0) + 1)).map { "class\($0)" }
    return Cohort(
      name: "made-up",
      table: PatientTable(
        patients: labels.indices.map { "P\($0)" },
        modalities: modalities.map { name, values in
          ModalityTable(
            name: name, featureNames: (0..<values.columnCount).map { "f\($0)" }, values: values)
        }, covariates: covariates),
      outcome: .nominal(NominalOutcome(column: "label", classes: names, labels: labels)),
      groups: groups)
  }

  func design(
    repeats: Int = 1, seed: UInt64 = 1, unlabelled: UnlabelledUse = .use, folds: FoldPlan? = nil
  ) throws -> AuditDesign {
    let cohort = cohort
    guard let outcome = cohort.nominalOutcome else { throw CohortError(.noLabelledPatient) }
    let streams = RandomStreams(seed: seed)
    return AuditDesign(
      cohort: cohort, outcome: outcome,
      folds: folds
        ?? FoldPlan(
          labels: labels, folds: 5, repeats: repeats, groups: groups, streams: streams),
      unlabelled: unlabelled, preprocessing: PreprocessingOptions(), innerFolds: 5, gate: nil,
      streams: streams.scoped("audit"))
  }

  func analysis(
    repeats: Int = 1, seed: UInt64 = 1, unlabelled: UnlabelledUse = .use, threads: Int = 1
  ) throws -> AuditAnalysis {
    try AuditAnalysis(
      try design(repeats: repeats, seed: seed, unlabelled: unlabelled), threads: threads
    ) { _, _ in }
  }
}

extension AuditAnalysis {
  func modality(_ name: String) -> AuditSummary.Modality? {
    modalities.first { $0.name == name }
  }
  func pair(_ a: String, _ b: String) -> AuditSummary.Pair? {
    pairs.first { $0.a == a && $0.b == b }
  }
}
