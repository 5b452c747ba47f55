import Boundary
import Cohort
import Evaluation

/// A model’s card, in Markdown: what it was trained on, how well it does, what it may be used for.
///
/// Made of ``ModelFacts`` alone, so that it can be written again from the model file.
public struct ModelCard: Sendable {
  private let facts: ModelFacts

  /// The card of a model.
  public init(_ facts: ModelFacts) { self.facts = facts }

  /// The whole card, ending in a line break.
  public var markdown: String {
    ([title] + [data, performance, patterns, calibration, contents, limits, origin])
      .joined(separator: "\n\n") + "\n"
  }

  private var title: String {
    "# Model card: \(Self.plain(facts.label)) of \(Self.plain(facts.title ?? facts.cohort))\n\n"
      + "For research only; no external validation is part of this model."
  }

  private var data: String {
    var lines = [
      "## Data", "", "- Cohort: \(Self.plain(facts.cohort))",
      "- Source: \(Self.plain(facts.source ?? "not stated"))",
      "- Licence: \(Self.plain(facts.license ?? "not stated"))",
      "- Patients: \(facts.labelledCount) with a label, \(facts.unlabelledCount) without",
    ]
    if !facts.labelDerivedFrom.isEmpty {
      lines.append(
        "- The label was derived from "
          + Self.plain(facts.labelDerivedFrom.joined(separator: ", ")) + ": "
          + "favoured by construction")
    }
    lines += ["", "| class | labelled patients |", "|---|---|"]
    lines += zip(facts.classes, facts.classCounts).map { "| \(Self.plain($0)) | \($1) |" }
    lines += ["", "| modality | features | patients who have it |", "|---|---|---|"]
    lines += facts.modalities.map {
      "| \(Self.plain($0.name)) | \($0.featureCount) | \($0.measuredCount) |"
    }
    let dropped = facts.droppedModalities ?? []
    if !dropped.isEmpty {
      lines.append("")
      lines += dropped.map {
        "- \(Self.plain($0.modality)) is left out: \($0.reason.rawValue)"
      }
    }
    return lines.joined(separator: "\n")
  }

  private var performance: String {
    let rows = MetricRegistry.all.compactMap { metric in
      facts.metrics[metric.name].map { "| `\(metric.name)` | \(Numbers.fixed($0)) |" }
    }
    return """
      ## Performance

      Each labelled patient is predicted by a fit that never saw the patient's fold (\(facts.folds) \
      folds); whatever a fit chooses, it chooses by folds within its own training patients. \
      Temperatures are fitted on these same predictions, so that `log_loss`, `brier` and `ece` are \
      slightly flattered; the others do not depend on them.

      | metric | value |
      |---|---|
      \(rows.joined(separator: "\n"))
      """
  }

  private var patterns: String {
    guard facts.patternScores.count > 1 else {
      return "## Missing modalities\n\nThe model looks at one modality only."
    }
    var rows = [String]()
    for score in facts.patternScores {
      let name = score.missing.isEmpty ? "nothing" : score.missing.joined(separator: ", ")
      rows.append(
        "| \(Self.plain(name)) | \(score.patientCount) | \(Numbers.fixed(score.macroF1)) | "
          + "\(Numbers.fixed(score.accuracy)) | \(score.hasOwnCalibration ? "own" : "pooled") |")
    }
    let rest =
      facts.unservedPatternCount > 0
      ? "\n\n\(facts.unservedPatternCount) further patterns were not tried out of fold: patients "
        + "with them have the calibration of all patients." : ""
    return """
      ## Missing modalities

      Out-of-fold predictions of patients who have all the others, read without what is missing.

      | missing | patients | macro-F1 | accuracy | calibration |
      |---|---|---|---|---|
      \(rows.joined(separator: "\n"))\(rest)
      """
  }

  private var calibration: String {
    """
    ## Calibration

    One temperature, within ¼ to 4, for each pattern of missing modalities that \
    \(ModelCalibration.minimumCount) patients or more tell of, else one for all. Sets of classes are \
    split-conformal at any coverage asked for: they hold the true class with at least that probability \
    if new patients come from the same population, and not otherwise. `abstained` marks a set without \
    any class or with all of them, `insufficient` a patient with nothing that the model looks at.
    """
  }

  private var contents: String {
    let patients =
      facts.holdsPatients
      ? "The file holds rows of training patients. Treat it as you treat their data."
      : facts.options.isShareSafe
        ? "The file holds no row of a training patient: linear students, taught by what the method says "
          + "of each patient out of fold, serve in its place. Moments, medians and quantiles of features "
          + "are of all patients together. It cannot tell who was in its training."
        : "The file holds no row of a training patient, but marks by which it knows them again."
    return """
      ## What the file holds

      \(patients) Nothing in it is executed when it is read. Predicting a patient depends on the file \
      and that patient alone: nothing was transductive.
      """
  }

  private var limits: String {
    """
    ## Limits

    - It tells of association in its training cohort, not of cause.
    - Other platforms, units, batches or populations may break it; `equipoise predict` warns where \
    values lie otherwise than in training, and cannot see all of it.
    - Classes with few training patients are told less well than the totals say.
    """
  }

  private var origin: String {
    """
    ## Origin

    - Method: \(Self.plain(facts.options.method)), seed \(facts.options.seed)
    - Program: \(facts.program)
    """
  }

  /// Text that cannot end a table’s cell or open markup, nor hide or reorder what is around it.
  private static func plain(_ text: String) -> String {
    var result = ""
    for character in visibleText(text) {
      switch character {
      case "|", "<", ">", "`", "*", "_", "[", "]", "\\": result += "\\\(character)"
      default: result.append(character)
      }
    }
    return result
  }
}
