import Cohort
import Evaluation
import LinearAlgebra
import NeuralNetwork

/// Evidence of all inputs in one fold: fitted on its training patients, given on the tested ones.
///
/// Inputs are the modalities in cohort order, then the clinical columns where there are any. Answers
/// join inputs by late pooling, ln q(c | x) = ln π_c + Σ_m v_m e_mc + constant, with weights learned on
/// the training patients' out-of-fold evidence.
package struct FoldEvidence {
  /// Rows of the cohort that are tested, ascending.
  package let testRows: [Int]
  private let testLabels: [Int]
  private let labelled: LabelledRows
  private let modalityCount: Int
  /// Per input, whether each labelled training patient has it.
  private let trainingHas: [[Bool]]
  private let testedHas: [[Bool]]
  private let heads: [EvidenceHead]
  private let components: [LeadingComponents]
  private var jointHeads: [[Int]: EvidenceHead] = [:]
  private var pools: [AuditQuestion.Terms: Pool] = [:]

  /// Late pooling within a stratum of patients.
  private struct Pool {
    let base: [Double]
    let heads: [EvidenceHead]
    let pooling: LatePooling
  }

  /// A stratum with fewer training patients borrows from all who have any of its inputs.
  private static let smallestStratum = 20

  /// Penalty of joint heads, times the number of patients.
  private static let jointPenalty = 10.0

  package init(_ design: AuditDesign, repeat repeatIndex: Int, fold: Int) throws {
    let material = design.material(repeat: repeatIndex, fold: fold)
    let (training, test) = (material.training, material.test)
    let context = FitContext(
      streams: material.streams, preprocessing: design.preprocessing,
      innerFolds: design.innerFolds)
    let labelled = LabelledRows(training, context)
    let known = training.table.selecting(rows: labelled.rows)
    var trainingHas: [[Bool]] = []
    var testedHas: [[Bool]] = []
    var heads: [EvidenceHead] = []
    var components: [LeadingComponents] = []
    func add(_ features: Matrix, _ tested: Matrix, _ has: [Bool], _ testHas: [Bool]) throws {
      let (measured, testMeasured) = (positions(has), positions(testHas))
      trainingHas.append(has)
      testedHas.append(testHas)
      heads.append(
        try EvidenceHead(
          features: features, measured: measured, tested: tested, testedMeasured: testMeasured,
          labelled))
      components.append(
        try LeadingComponents(
          features: features, measured: measured, tested: tested, testedMeasured: testMeasured))
    }
    let preprocessor = Preprocessor(options: design.preprocessing)
    // Inputs count in cohort order; a training view has an order of its own.
    let places = test.modalities.compactMap { other in
      training.table.modalities.firstIndex { $0.name == other.name }
    }
    precondition(places.count == test.modalities.count, "the same modalities on both sides")
    for (m, other) in zip(places, test.modalities) {
      let fitted = preprocessor.fit(table: training.table.modalities[m], labels: training.labels)
      let own = known.modalities[m]
      try add(
        fitted?.transform(own) ?? Matrix(rows: known.patientCount, columns: 0),
        fitted?.transform(other) ?? Matrix(rows: test.patientCount, columns: 0),
        own.isMeasured, other.isMeasured)
    }
    modalityCount = training.table.modalities.count
    if !training.table.covariates.isEmpty {
      let encoder = ClinicalEncoder(
        training: training.table.covariates, clip: design.preprocessing.clip)
      try add(
        encoder.features(known.covariates, patientCount: known.patientCount),
        encoder.features(test.covariates, patientCount: test.patientCount),
        [Bool](repeating: true, count: known.patientCount),
        [Bool](repeating: true, count: test.patientCount))
    }
    testRows = material.testRows
    testLabels = material.testRows.map { design.labels[$0] }
    self.labelled = labelled
    self.trainingHas = trainingHas
    self.testedHas = testedHas
    self.heads = heads
    self.components = components
  }

  /// A question's answer in this fold.
  package struct Answer: Sendable {
    /// Positions in ``testRows`` of the patients whom the question concerns.
    package var positions: [Int] = []
    /// ln q(c | x) - ln π_c of every class for each of them, 0 for a class without a training patient.
    package var ratios: [[Double]] = []
  }

  /// Answers a question for every tested patient whom it concerns.
  package mutating func answer(_ question: AuditQuestion) throws -> Answer {
    var groups: [(terms: AuditQuestion.Terms, positions: [Int])] = []
    for position in testRows.indices {
      let measured = (0..<modalityCount).filter { testedHas[$0][position] }
      guard let terms = question.terms(measured: measured, modalityCount: modalityCount)
      else { continue }
      if let known = groups.firstIndex(where: { $0.terms == terms }) {
        groups[known].positions.append(position)
      } else {
        groups.append((terms, [position]))
      }
    }
    var ratios = [[Double]?](repeating: nil, count: testRows.count)
    for group in groups {
      let pool = try pool(group.terms)
      let posteriors = pool.pooling.pool(
        pool.heads.map { $0.tested.selecting(rows: group.positions) },
        isMeasured: pool.heads.map { _ in group.positions.map { _ in true } }, base: pool.base)
      for (index, position) in group.positions.enumerated() {
        ratios[position] = pool.base.indices.map { c in
          pool.base[c].isFinite && !pool.heads.isEmpty
            ? logarithm(max(posteriors[index, c], 1e-12)) - pool.base[c] : 0
        }
      }
    }
    let concerned = testRows.indices.filter { ratios[$0] != nil }
    return Answer(positions: concerned, ratios: concerned.compactMap { ratios[$0] })
  }

  /// The true class's ln q - ln π of each patient concerned.
  func terms(_ answer: Answer) -> [Double] {
    zip(answer.positions, answer.ratios).map { $1[testLabels[$0]] }
  }

  private mutating func pool(_ terms: AuditQuestion.Terms) throws -> Pool {
    if let known = pools[terms] { return known }
    var heads = terms.inputs.map { self.heads[$0] }
    var flags = terms.inputs.map { trainingHas[$0] }
    if terms.joint.count > 1 {
      heads.append(try jointHead(terms.joint))
      flags.append(atLeastTwo(of: terms.joint, trainingHas, count: labelled.rows.count))
    }
    let rows = stratum(terms.stratum)
    let labels = rows.map { labelled.labels[$0] }
    let base = logShares(classShares(of: labels, classCount: labelled.classCount))
    let pooling =
      heads.isEmpty
      ? LatePooling(weights: [])
      : LatePooling.fit(
        logPosteriors: heads.map { $0.training.selecting(rows: rows) },
        isMeasured: flags.map { flags in rows.map { flags[$0] } }, labels: labels,
        rowWeights: [Double](repeating: 1 / Double(max(rows.count, 1)), count: rows.count),
        base: base)
    let pool = Pool(base: base, heads: heads, pooling: pooling)
    pools[terms] = pool
    return pool
  }

  /// Training patients who have all the inputs; where they are too few, those who have any.
  private func stratum(_ inputs: [Int]) -> [Int] {
    let everyone = labelled.rows.indices
    let all = everyone.filter { row in inputs.allSatisfy { trainingHas[$0][row] } }
    let enough = max(Self.smallestStratum, 2 * labelled.classCount)
    guard all.count < enough, inputs.count > 1 else { return all }
    return everyone.filter { row in inputs.contains { trainingHas[$0][row] } }
  }

  /// A head on several modalities side by side, fitted on patients who have at least two of them; one
  /// that a patient lacks stands at its mean.
  private mutating func jointHead(_ modalities: [Int]) throws -> EvidenceHead {
    if let known = jointHeads[modalities] { return known }
    let head = try EvidenceHead(
      features: jointFeatures(modalities.map { components[$0].training }),
      measured: positions(atLeastTwo(of: modalities, trainingHas, count: labelled.rows.count)),
      tested: jointFeatures(modalities.map { components[$0].tested }),
      testedMeasured: positions(atLeastTwo(of: modalities, testedHas, count: testRows.count)),
      labelled, penalties: [Self.jointPenalty])
    jointHeads[modalities] = head
    return head
  }
}

private func positions(_ flags: [Bool]) -> [Int] { flags.indices.filter { flags[$0] } }

private func atLeastTwo(of inputs: [Int], _ has: [[Bool]], count: Int) -> [Bool] {
  (0..<count).map { row in inputs.count { has[$0][row] } >= 2 }
}
