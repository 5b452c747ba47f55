import Cohort
import Evaluation
import LinearAlgebra
import MutualInformation

/// Reads estimates, intervals and tests off the answers of an audit.
struct AuditReading: Sendable {
  private let design: AuditDesign
  private let evidence: AuditEvidence
  /// Group of each patient by number; nil without groups.
  private let groups: [Int]?
  private let widening: Double

  init(_ design: AuditDesign, _ evidence: AuditEvidence) {
    self.design = design
    self.evidence = evidence
    widening = design.sharedTrainingFactor
    groups = design.cohort.groups.map { names in
      var numbers: [String: Int] = [:]
      return names.map { name in
        if let known = numbers[name] { return known }
        let next = numbers.count
        numbers[name] = next
        return next
      }
    }
  }

  /// p by permutation for each question: exact within a repeat; the median over repeats.
  func permutationTests(
    of questions: [AuditQuestion], threads: Int
  ) -> [AuditQuestion: Double?] {
    let tasks = questions.flatMap { question in
      evidence[question].repeats.indices.map { (question: question, index: $0) }
    }
    let values = parallelMap(count: tasks.count, threads: threads) { task in
      let (question, index) = tasks[task]
      let part = evidence[question].repeats[index]
      let groupCount = (groups?.max() ?? 0) + 1
      return evidencePermutationP(
        ratios: part.ratios, labels: part.rows.map { design.labels[$0] },
        strata: zip(part.rows, part.folds).map { $1 * groupCount + (groups?[$0] ?? 0) },
        permutations: AuditAnalysis.permutations,
        stream: stream("permutation", question, "repeat=\(index)"))
    }
    var result: [AuditQuestion: Double?] = [:]
    for question in questions {
      let repeats = zip(tasks, values).filter { $0.0.question == question }.compactMap(\.1)
      result[question] = repeats.isEmpty ? nil : repeats.sorted()[repeats.count / 2]
    }
    return result
  }

  /// A question's information with interval.
  func information(
    _ question: AuditQuestion, p: Double? = nil, pHolm: Double? = nil
  ) -> AuditSummary.Estimate {
    let answers = evidence[question]
    return estimate(
      terms(answers.rows, answers.terms), stream: stream("interval", question), p: p, pHolm: pHolm)
  }

  /// What the first question's answer has over the second's, patient by patient, on the patients whom
  /// both concern.
  func difference(_ first: AuditQuestion, _ second: AuditQuestion) -> RowTerms {
    let (a, b) = (evidence[first], evidence[second])
    var known = [Double?](repeating: nil, count: design.labels.count)
    for (row, term) in zip(a.rows, a.terms) { known[row] = term }
    var rows: [Int] = []
    var values: [Double] = []
    for (row, term) in zip(b.rows, b.terms) {
      guard let other = known[row] else { continue }
      rows.append(row)
      values.append(other - term)
    }
    return terms(rows, values)
  }

  /// A mean of row terms as it is reported; undefined without patients.
  func estimate(
    _ terms: RowTerms, stream: RandomStream, p: Double? = nil, pHolm: Double? = nil
  ) -> AuditSummary.Estimate {
    guard !terms.terms.isEmpty else { return .unknown(n: 0) }
    return AuditSummary.Estimate(
      estimate: terms.estimate,
      interval: terms.interval(stream: stream).map { StudySummary.Bounds($0.0, $0.1) },
      standardError: terms.standardError, p: p, pHolm: pHolm, n: terms.terms.count)
  }

  /// The smallest mean that would have been found above 0 with 80 % power: (z_α + z_.8) SE, α the
  /// strictest of Holm's steps over `tests` and of the interval's end; and never below what the
  /// best of models could show, 2 (z_α + z_.8)²/n.
  ///
  /// The floor: a log likelihood ratio of mean Δ has, for small Δ, the variance 2Δ, so that a modality
  /// that was found to add nothing must not be credited with the small spread of nothing.
  func detectable(_ terms: RowTerms, tests: Int) -> Double? {
    guard let error = terms.standardError, terms.unitCount > 1 else { return nil }
    let critical = max(normalQuantile(0.975), normalQuantile(1 - 0.05 / Double(max(tests, 1))))
    let reach = critical + normalQuantile(0.8)
    return max(reach * error, 2 * reach * reach / Double(terms.unitCount))
  }

  /// Sign-flip p of a difference.
  func signFlipP(_ terms: RowTerms, _ question: AuditQuestion) -> Double {
    terms.signFlipP(flips: AuditAnalysis.signFlips, stream: stream("sign-flips", question))
  }

  /// A stream named after what it serves.
  func stream(_ use: String, _ question: AuditQuestion, _ part: String = "") -> RandomStream {
    let name = "\(use)/\(question.name(design.modalities))"
    return design.streams.stream(part.isEmpty ? name : "\(name)/\(part)")
  }

  /// Measured labelled patients of a modality.
  func labelledRows(_ m: Int) -> [Int] {
    let flags = design.cohort.table.modalities[m].isMeasured
    return design.labels.indices.filter { flags[$0] && design.labels[$0] >= 0 }
  }

  /// The design read from.
  var setting: AuditDesign { design }

  /// The mean terms of a question.
  func terms(of question: AuditQuestion) -> [Double] { evidence[question].terms }

  private func terms(_ rows: [Int], _ values: [Double]) -> RowTerms {
    RowTerms(
      values, units: groups.map { groups in rows.map { groups[$0] } }, widening: widening)
  }
}

extension AuditDesign {
  /// Labelled patients of each class among some rows.
  func classCounts(of rows: [Int]) -> [Int] {
    var counts = [Int](repeating: 0, count: classes.count)
    for row in rows where labels[row] >= 0 { counts[labels[row]] += 1 }
    return counts
  }
}
