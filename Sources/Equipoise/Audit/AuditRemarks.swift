import Cohort
import Evaluation
import Study

/// What a reader of an audit should look at before trusting its numbers.
struct AuditRemarks {
  private let summary: AuditSummary
  private let cohort: Cohort
  private let outcome: NominalOutcome
  private let ofFolds: [StudySummary.Warning]

  init(_ summary: AuditSummary, _ plan: StudyPlan) {
    self.summary = summary
    cohort = plan.cohort
    outcome = plan.outcome
    ofFolds = plan.warnings
  }

  /// The summary with warnings and notes.
  func added(to summary: AuditSummary, notes: [String]) -> AuditSummary {
    var summary = summary
    summary.warnings = warnings
    summary.notes = notes + self.notes
    return summary
  }

  private var warnings: [StudySummary.Warning] {
    var warnings = [StudySummary.Warning.labelDerived(cohort)].compactMap { $0 }
    func warn(_ code: String, _ message: String) {
      warnings.append(StudySummary.Warning(code: code, message: message))
    }
    let labelled = summary.cohort.labelled
    if labelled < 100 {
      warn(
        "few-patients",
        "Only \(Numbers.count(labelled, "labelled patient")): intervals are wide, and small "
          + "additions cannot be seen.")
    }
    let rare = zip(outcome.classes, outcome.classCounts).filter { (1..<5).contains($0.1) }
    for (name, count) in rare {
      warn(
        "rare-class",
        "Class \(name) has only \(Numbers.count(count, "labelled patient")): what is told of it "
          + "rests on them.")
    }
    for modality in summary.modalities where modality.insufficient {
      warn(
        "insufficient-modality",
        "\(modality.name) was measured in \(Numbers.count(modality.measuredLabelled, "labelled patient"))"
          + " only: too few to judge it by.")
    }
    for modality in summary.modalities { nonlinear(modality).map { warn("nonlinear", $0) } }
    if let groups = summary.cohort.groups { warnings += grouped(groups) }
    return warnings + ofFolds + StudySummary.Warning.findings(in: cohort)
  }

  /// Neighbors that see clearly more than the linear bound.
  private func nonlinear(_ modality: AuditSummary.Modality) -> String? {
    guard let check = modality.neighbors, let low = check.information.interval?.lower,
      let high = modality.information.interval?.upper, low > high
    else { return nil }
    return
      "In \(modality.name) nearest neighbors on \(Numbers.count(check.components, "component")) "
      + "see \(Numbers.fixed(check.information.estimate)) nats, more than the linear bound of "
      + "\(Numbers.fixed(modality.information.estimate)): part of what it tells is not linear, and "
      + "what it adds may be more than is said here."
  }

  private func grouped(_ groups: Int) -> [StudySummary.Warning] {
    var warnings: [StudySummary.Warning] = []
    if groups < 10 {
      warnings.append(
        StudySummary.Warning(
          code: "few-groups",
          message: "Intervals rest on \(Numbers.count(groups, "group")): with so few they are "
            + "rough."))
    }
    if summary.together.estimate != nil, summary.together.p == nil {
      warnings.append(
        StudySummary.Warning(
          code: "label-within-groups",
          message: "Within a fold no group has patients of two classes: labels cannot be permuted "
            + "within groups, and there is no p of information."))
    }
    return warnings
  }

  private var notes: [String] {
    let design = summary.design
    var notes = [
      "Classifiers: ridge softmax regression for each assay, penalty by inner log loss, pooled by "
        + "weights learned on inner out-of-fold evidence; \(design.folds) folds × "
        + "\(Numbers.count(design.repeats, "repeat")), \(design.innerFolds) inner folds.",
      "p of information by \(Numbers.grouped(design.permutations)) permutations of labels within "
        + "tested folds"
        + (summary.cohort.groups == nil ? "" : " and groups")
        + ", median over repeats; p of additions by \(Numbers.grouped(design.signFlips)) flips of "
        + "signs; both corrected over assays by Holm.",
    ]
    let unlabelled = summary.cohort.unlabelled
    if unlabelled > 0 {
      notes.append(
        design.unlabelled == "use"
          ? "\(Numbers.count(unlabelled, "unlabelled patient")) took part in imputation, scaling and "
            + "the distillation gate; information is measured on labelled ones alone."
          : "\(Numbers.count(unlabelled, "unlabelled patient")) left out.")
    }
    return notes
  }
}

/// What an audit cannot see.
enum AuditLimits {
  /// One sentence each.
  static let all = [
    "Information is a lower bound, by linear classifiers on each assay and by products of leading "
      + "components of two: what depends on the label in another way, such as an exclusive-or of "
      + "single features, is not seen.",
    "What an assay adds is the difference of two such bounds, given these patients and these "
      + "classifiers; it is not itself a bound.",
    "Intervals are corrected for training patients that folds share (Nadeau & Bengio 2003); p values "
      + "hold the fitted models fixed.",
    "Bounds fall short of the truth by what could not be learned from so few patients: an upper end "
      + "says what such classifiers can gain, not what there is.",
    "Co-information is redundancy less synergy: zero may be none of both, or as much of each. The "
      + "minimum-MI redundancy is one definition among several.",
    "An assay that was measured on a selection of patients is judged on them alone.",
    "All of it is association, never cause.",
  ]
}
