import LinearAlgebra

/// Answers to all questions of an audit for every labelled patient, each from heads that did not see
/// the patient's label, in every repeat of the folds.
struct AuditEvidence: Sendable {
  /// One question over the cohort.
  struct Answers: Sendable {
    /// Rows of the cohort that the question concerns, ascending.
    var rows: [Int] = []
    /// Mean over repeats of ln q(y | x) - ln π_y of each of them.
    var terms: [Double] = []
    /// Ratios of every class within each repeat, for tests by permutation; empty where not kept.
    var repeats: [Repeat] = []
  }

  /// One repeat of a question.
  struct Repeat: Sendable {
    var rows: [Int] = []
    var folds: [Int] = []
    var ratios: [[Double]] = []
  }

  private let answers: [AuditQuestion: Answers]

  /// Fits every fold and asks every question.
  ///
  /// - Parameters:
  ///   - kept: questions whose ratios of every class are kept.
  ///   - threads: folds worked on at a time; changes no byte.
  ///   - finished: told after each fold.
  init(
    _ design: AuditDesign, questions: [AuditQuestion], keepingRatiosOf kept: Set<AuditQuestion>,
    threads: Int, finished: @escaping @Sendable () -> Void
  ) throws {
    let tasks = design.folds.tasks
    let folds = try parallelMap(count: tasks.count, threads: threads) { index in
      var evidence = try FoldEvidence(
        design, repeat: tasks[index].repeat, fold: tasks[index].fold)
      let part = try questions.map { question in
        let answer = try evidence.answer(question)
        return Part(
          rows: answer.positions.map { evidence.testRows[$0] }, terms: evidence.terms(answer),
          ratios: kept.contains(question) ? answer.ratios : [])
      }
      finished()
      return part
    }
    var answers: [AuditQuestion: Answers] = [:]
    for (q, question) in questions.enumerated() {
      answers[question] = Self.joined(
        folds.map { $0[q] }, tasks: tasks, patientCount: design.labels.count,
        keepsRatios: kept.contains(question))
    }
    self.answers = answers
  }

  /// The answers to a question that was asked.
  subscript(_ question: AuditQuestion) -> Answers { answers[question] ?? Answers() }

  /// One question in one fold.
  private struct Part: Sendable {
    let rows: [Int]
    let terms: [Double]
    let ratios: [[Double]]
  }

  private static func joined(
    _ parts: [Part], tasks: [(repeat: Int, fold: Int)], patientCount: Int, keepsRatios: Bool
  ) -> Answers {
    var sums = [Double](repeating: 0, count: patientCount)
    var counts = [Int](repeating: 0, count: patientCount)
    var repeats: [Repeat] = []
    for (part, task) in zip(parts, tasks) {
      for (row, term) in zip(part.rows, part.terms) {
        sums[row] += term
        counts[row] += 1
      }
      guard keepsRatios else { continue }
      while repeats.count <= task.repeat { repeats.append(Repeat()) }
      repeats[task.repeat].rows += part.rows
      repeats[task.repeat].folds += part.rows.map { _ in task.fold }
      repeats[task.repeat].ratios += part.ratios
    }
    let rows = counts.indices.filter { counts[$0] > 0 }
    return Answers(
      rows: rows, terms: rows.map { sums[$0] / Double(counts[$0]) }, repeats: repeats)
  }
}
