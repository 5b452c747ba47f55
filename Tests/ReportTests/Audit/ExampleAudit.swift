import Evaluation
import Report

/// A made-up audit of three assays, for tests and for looking at the report. None of its numbers was
/// measured on anything.
struct ExampleAudit {
  var modalities = ["methylation", "mrna", "protein"]
  var cohortName = "A made-up cohort"
  var hasClinical = true
  var warnings = [
    StudySummary.Warning(code: "few-patients", message: "Only 76 labelled patients: a warning.")
  ]

  private func estimate(
    _ value: Double, _ half: Double, p: Double? = nil, n: Int = 500
  ) -> AuditSummary.Estimate {
    AuditSummary.Estimate(
      estimate: value, interval: .init(value - half, value + half), standardError: half / 1.96,
      p: p, pHolm: p.map { min(1, 3 * $0) }, n: n)
  }

  private var parts: [AuditSummary.Modality] {
    let numbers = [(0.31, 0.004, 0.4), (0.64, 0.21, 0.0005), (0.44, 0.06, 0.004)]
    return zip(modalities, numbers).map { name, number in
      AuditSummary.Modality(
        name: name, featureCount: 500, measuredCount: 520, measuredLabelled: 480,
        information: estimate(number.0, 0.05, p: 0.0005), share: number.0 / 1.2,
        adds: estimate(number.1, 0.02, p: number.2), detectable: 0.031,
        neighbors: .init(components: 5, information: estimate(number.0 - 0.1, 0.08)))
    }
  }

  private var pairs: [AuditSummary.Pair] {
    let names = modalities
    return [(0, 1, 0.2), (0, 2, 0.01), (1, 2, -0.12)].map { a, b, value in
      AuditSummary.Pair(
        a: names[a], b: names[b], informationA: estimate(0.3, 0.05),
        informationB: estimate(0.4, 0.05), informationBoth: estimate(0.5, 0.05),
        coInformation: estimate(value, 0.04))
    }
  }

  private var distillation: [AuditSummary.Distillation] {
    modalities.flatMap { student in
      modalities.filter { $0 != student }.map { teacher in
        let opens = teacher == modalities[1]
        return AuditSummary.Distillation(
          teacher: teacher, student: student, teacherStudent: 0.5, studentLabel: 0.4,
          difference: estimate(opens ? 0.1 : -0.1, 0.06), probability: opens ? 0.99 : 0.02,
          skill: 0.8, expectedGain: opens ? 0.03 : nil, unlabelled: 60, gate: opens ? 1 : 0,
          decision: opens ? "distil" : "no",
          reason: "for \(student)",
          criteria: [
            .init(
              rule: "auto", gate: opens ? 1 : 0, decision: opens ? "distil" : "no", reason: nil),
            .init(rule: "cch", gate: 0.5, decision: "uncertain", reason: nil),
          ])
      }
    }
  }

  /// The report's input.
  func input() -> AuditReportInput {
    let summary = AuditSummary(
      cohort: .init(
        name: "made-up", title: cohortName, sha256: String(repeating: "0f1e2d3c", count: 8),
        patients: 560, labelled: 500, unlabelled: 60, classCounts: [210, 96, 41, 153],
        groupColumn: "site", groups: 3, covariates: hasClinical ? ["age", "stage"] : [],
        labelDerivedFrom: [modalities[1]]),
      outcome: .init(label: "subtype"), classes: ["Alpha", "Beta", "Delta", "Gamma"],
      design: .init(
        folds: 5, repeats: 3, innerFolds: 5, permutations: 1999, signFlips: 10_000, seed: 1,
        gate: "auto", version: "0.1.0"),
      labelEntropy: 1.2, modalities: parts, together: estimate(0.8, 0.05, p: 0.0005),
      clinical: hasClinical
        ? .init(
          columns: ["age", "stage"], information: estimate(0.05, 0.03, p: 0.002),
          modalitiesAdd: estimate(0.7, 0.05, p: 0.0001), detectable: 0.03) : nil,
      pairs: pairs, distillation: distillation, warnings: warnings,
      limits: ["A bound, not the truth."], notes: ["Unlabelled patients joined scaling."])
    return AuditReportInput(
      summary: summary.withFindings(), command: "equipoise audit made-up --group site")
  }
}
