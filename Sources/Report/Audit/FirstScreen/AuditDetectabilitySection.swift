import Evaluation

/// What this number of patients could have shown.
struct AuditDetectabilitySection: ReportSection {
  let id = "detectable"
  let title = "Could it have been seen?"

  func body(_ input: AuditReportInput) -> Markup? {
    let sizes = input.summary.modalities.compactMap { modality in
      modality.detectable.map { (modality: modality, size: $0) }
    }
    guard !sizes.isEmpty else { return nil }
    let items = sizes.map { entry -> Markup in
      let n = Numbers.count(entry.modality.adds?.n ?? 0, "patient")
      return "<b>\(entry.modality.name):</b> \(Numbers.fixed(entry.size)) nats, with \(n)"
    }
    return """
      <p>The smallest addition beyond the others that would have been found with 80 % power, \
      corrected for the number of assays. A smaller one would often go unseen, so that “nothing \
      that is distinguishable from zero” does not mean that nothing is there.</p>

      """ + Markup.list(items)
  }
}
