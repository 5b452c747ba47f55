/// What may be said of an audit, in words, and no more than its numbers support: an amount is claimed
/// only where p after Holm's correction is below .05 and the interval lies above 0.
struct AuditFindings {
  /// The words for what may be nothing.
  private static let null = "nothing that is distinguishable from zero"
  /// So many pairs are named, the rest is counted.
  private static let mostPairs = 3

  private let summary: AuditSummary
  private let judged: [AuditSummary.Modality]

  init(_ summary: AuditSummary) {
    self.summary = summary
    judged = summary.modalities.filter { !$0.insufficient }
  }

  /// All sentences, the answer first.
  var all: [AuditSummary.Finding] {
    let adding = judged.filter { $0.adds?.isAboveZero == true }
      .enumerated().sorted {
        let (a, b) = ($0.element.adds?.estimate ?? 0, $1.element.adds?.estimate ?? 0)
        return a != b ? a > b : $0.offset < $1.offset
      }.map(\.element)
    let others = judged.filter { $0.adds?.isAboveZero != true }
    return [headline(adding, others)] + (judged.count > 1 ? [together] : [])
      + (adding + others).map(modality) + [leastMissed, clinical].compactMap { $0 }
      + summary.modalities.filter(\.insufficient).map(insufficient) + pairs + distillation
  }

  private var label: String { summary.outcome.label }

  /// The answer without a number.
  private func headline(
    _ adding: [AuditSummary.Modality], _ others: [AuditSummary.Modality]
  ) -> AuditSummary.Finding {
    func answer(_ sentence: String) -> AuditSummary.Finding {
      .init(code: "answer", sentence: sentence)
    }
    guard let first = judged.first else { return answer("No assay can be judged.") }
    if judged.count == 1 {
      return answer(
        "\(first.name) tells \(first.information.isAboveZero ? "something" : Self.null) of \(label)."
      )
    }
    if adding.isEmpty {
      return answer(
        summary.together.isAboveZero
          ? "Together the assays tell of \(label), but none adds anything to the others that is "
            + "distinguishable from zero."
          : "The assays tell \(Self.null) of \(label).")
    }
    let names = adding.map(\.name)
    let rest = others.map(\.name)
    return answer(
      "Of \(label), \(Numbers.list(names)) \(names.count == 1 ? "adds" : "each add") what the others "
        + "do not tell"
        + (rest.isEmpty
          ? "."
          : "; \(Numbers.list(rest)) \(rest.count == 1 ? "adds" : "add") \(Self.null)."))
  }

  private var together: AuditSummary.Finding {
    let all = summary.together
    guard all.isAboveZero, let estimate = all.estimate else {
      return .init(
        code: "together",
        sentence: "All assays together tell \(Self.null) of \(label) with \(patients(all.n)) "
          + "(\(numbers(all))).")
    }
    let share = summary.labelEntropy > 0 ? min(1, estimate / summary.labelEntropy) : 0
    return .init(
      code: "together",
      sentence: "All assays together tell at least \(amount(all)) of \(label), "
        + "\(Numbers.percent(share)) of its entropy of \(Numbers.fixed(summary.labelEntropy)) nats "
        + "(\(p(all))).")
  }

  private func modality(_ modality: AuditSummary.Modality) -> AuditSummary.Finding {
    let name = modality.name
    let alone = modality.information
    guard let adds = modality.adds else {
      return .init(
        code: alone.isAboveZero ? "tells" : "tells-nothing", modality: name,
        sentence: "\(name) \(aloneClause(alone)), with \(patients(alone.n)).")
    }
    if adds.isAboveZero {
      return .init(
        code: "adds", modality: name,
        sentence: "\(name) adds \(amount(adds)) beyond the others (\(p(adds)), "
          + "\(patients(adds.n))); alone it \(aloneClause(alone)).")
    }
    let size =
      modality.detectable.map {
        " An addition below \(Numbers.fixed($0)) nats would often have gone unseen."
      } ?? ""
    let isTold = alone.isAboveZero || isAssociated(alone)
    return .init(
      code: isTold ? "adds-nothing" : "tells-nothing", modality: name,
      sentence: "\(name) "
        + (isAssociated(adds)
          ? "may add a little beyond the others, but the interval reaches zero"
          : "adds \(Self.null) beyond the others") + " with \(patients(adds.n)) "
        + "(\(numbers(adds))); alone it \(aloneClause(alone)).\(size)")
  }

  /// What an assay alone may be said to do.
  private func aloneClause(_ alone: AuditSummary.Estimate) -> String {
    if alone.isAboveZero { return "tells \(amount(alone)) (\(p(alone)))" }
    if isAssociated(alone) {
      return
        "goes with \(label) (\(p(alone))), by an amount that may be near zero (\(amount(alone)))"
    }
    return "tells \(Self.null) (\(numbers(alone)))"
  }

  /// Whether labels permuted would not have done as well, whatever the amount.
  private func isAssociated(_ estimate: AuditSummary.Estimate) -> Bool {
    (estimate.pHolm ?? estimate.p ?? 1) < 0.05
  }

  /// The assay that would be missed least, where its interval bounds the loss.
  private var leastMissed: AuditSummary.Finding? {
    var least: (modality: AuditSummary.Modality, upper: Double)?
    for modality in judged where modality.adds?.isAboveZero == false {
      guard let upper = modality.adds?.interval?.upper, upper < least?.upper ?? .infinity
      else { continue }
      least = (modality, upper)
    }
    guard let least, summary.together.isAboveZero, let all = summary.together.estimate,
      least.upper < all / 2
    else { return nil }
    return .init(
      code: "least-missed", modality: least.modality.name,
      sentence: "If one assay had to be left out, \(least.modality.name) would be missed least: "
        + "as far as such classifiers see, by \(Numbers.fixed(max(0, least.upper))) nats at most "
        + "(upper end of its interval). Assays that stand in for each other cannot all be left out "
        + "on such a ground.")
  }

  private var clinical: AuditSummary.Finding? {
    guard let clinical = summary.clinical else { return nil }
    let alone =
      clinical.information.isAboveZero
      ? "The clinical columns alone tell \(amount(clinical.information)) "
        + "(\(p(clinical.information)))"
      : "The clinical columns alone tell \(Self.null) (\(numbers(clinical.information)))"
    let beyond =
      clinical.modalitiesAdd.isAboveZero
      ? "all assays add \(amount(clinical.modalitiesAdd)) beyond them "
        + "(\(p(clinical.modalitiesAdd)))"
      : "all assays add \(Self.null) beyond them (\(numbers(clinical.modalitiesAdd)))"
    return .init(code: "clinical", sentence: "\(alone); \(beyond).")
  }

  private func insufficient(_ modality: AuditSummary.Modality) -> AuditSummary.Finding {
    .init(
      code: "insufficient", modality: modality.name,
      sentence: "\(modality.name) cannot be judged: it was measured in "
        + "\(patients(modality.measuredLabelled)) with a label.")
  }

  private var pairs: [AuditSummary.Finding] {
    guard !summary.pairs.isEmpty else { return [] }
    let named: [AuditSummary.Finding] = [
      pairs(.redundant, "redundant", "Tell more twice than only together: "),
      pairs(.synergistic, "synergistic", "Tell more only together than twice: "),
    ].compactMap { $0 }
    return named.isEmpty
      ? [
        .init(
          code: "pairs-not-told",
          sentence: "For no pair of assays can redundancy be told from synergy.")
      ] : named
  }

  /// The pairs with a verdict, the largest first.
  private func pairs(
    _ verdict: AuditSummary.Pair.Verdict, _ code: String, _ start: String
  ) -> AuditSummary.Finding? {
    let pairs = summary.pairs.filter { $0.verdict == verdict }.enumerated().sorted {
      let (a, b) = (
        abs($0.element.coInformation.estimate ?? 0), abs($1.element.coInformation.estimate ?? 0)
      )
      return a != b ? a > b : $0.offset < $1.offset
    }.map(\.element)
    guard !pairs.isEmpty else { return nil }
    let named = pairs.prefix(Self.mostPairs).map {
      "\($0.a) and \($0.b) (\(amount($0.coInformation)))"
    }
    let rest = pairs.count - named.count
    let more = rest > 0 ? "; and \(Numbers.count(rest, "pair")) more" : ""
    return .init(code: code, sentence: "\(start)\(named.joined(separator: "; "))\(more).")
  }

  private var distillation: [AuditSummary.Finding] {
    guard !summary.distillation.isEmpty else { return [] }
    let open = summary.distillation.filter { $0.decision == "distil" }
      .map { "\($0.teacher) could teach \($0.student)" }
    let unsure = summary.distillation.count { $0.decision == "uncertain" }
    let rest = unsure > 0 ? " \(Numbers.count(unsure, "pair")) stayed uncertain." : ""
    let none =
      summary.distillation.contains { $0.unlabelled > 0 }
      ? "no assay should teach another."
      : "no assay should teach another: no patient is unlabelled."
    return [
      .init(
        code: "distillation",
        sentence: "By the gate \(summary.design.gate), "
          + (open.isEmpty ? none : "\(Numbers.list(open)).") + rest)
    ]
  }

  // MARK: Words

  /// `0.110 nats [0.050, 0.180]`.
  private func amount(_ estimate: AuditSummary.Estimate) -> String {
    let bounds =
      estimate.interval.map { " [\(Numbers.fixed($0.lower)), \(Numbers.fixed($0.upper))]" } ?? ""
    return "\(Numbers.fixed(estimate.estimate)) nats\(bounds)"
  }

  /// `−0.002 nats [−0.009, 0.004], Holm p = 0.412`.
  private func numbers(_ estimate: AuditSummary.Estimate) -> String {
    guard estimate.estimate != nil else { return "undefined" }
    return estimate.p == nil ? amount(estimate) : "\(amount(estimate)), \(p(estimate))"
  }

  private func p(_ estimate: AuditSummary.Estimate) -> String {
    estimate.pHolm.map { "Holm \(Numbers.pClause($0))" } ?? Numbers.pClause(estimate.p)
  }

  private func patients(_ count: Int) -> String { Numbers.count(count, "patient") }
}

extension AuditSummary {
  /// The same summary with ``findings`` made from its numbers.
  package func withFindings() -> AuditSummary {
    var summary = self
    summary.findings = AuditFindings(self).all
    return summary
  }
}
