import Evaluation

/// One patient after the other.
struct ExplainedPatientsSection: ReportSection {
  let id = "patients"
  let title = "Patients"

  /// Patients told one by one; all of them stand in `explanations.json`.
  private static let most = 50

  func body(_ input: ExplanationReportInput) -> Markup? {
    let summary = input.summary
    guard !summary.patients.isEmpty else { return nil }
    let shown = summary.patients.prefix(Self.most)
    let parts = shown.map {
      ExplainedPatient(patient: $0, modalities: summary.model.modalities).markup
    }
    let rest = summary.patients.count - shown.count
    let note: Markup =
      rest > 0
      ? "<p class=\"note\">\(Numbers.count(rest, "further patient")) in explanations.json.</p>\n"
      : ""
    return parts.joined() + note
  }
}

/// One patient, in words and tables.
struct ExplainedPatient {
  let patient: ExplanationSummary.Patient
  let modalities: [String]

  var markup: Markup {
    var result: Markup = "<h3>\(patient.patient)</h3>\n<p>\(sentence)</p>\n"
    guard patient.status != "insufficient" else { return result }
    result += contributions.html
    if !patient.companions.isEmpty { result += companions.html }
    if !patient.features.isEmpty { result += features.html }
    return result
  }

  private var sentence: Markup {
    if patient.status == "insufficient" {
      return """
        Nothing that the model looks at was measured. What it gives are the shares of the classes in \
        training: no prediction.
        """
    }
    let missing = modalities.filter { !patient.modalities.contains($0) }
    var text: Markup = """
      Most probable is <b>\(patient.predicted)</b>, with probability \
      \(Numbers.fixed(patient.probability, 2)).
      """
    if patient.status == "abstained" {
      text += " <b>Yet no class, or every class, is ruled out: take this as no answer.</b>"
    } else if patient.set.count > 1 {
      text += " Not ruled out at 90 %: \(Numbers.list(patient.set))."
    }
    if !missing.isEmpty { text += " Not measured: \(Numbers.list(missing))." }
    let ordered = patient.contributions.filter { $0.value != 0 }.sorted {
      abs($0.value) > abs($1.value)
    }
    if let first = ordered.first {
      text += """
         Most of it comes from \(first.modality) (\(Numbers.signed(first.value, 2)), from a share of \
        \(Numbers.fixed(patient.base, 2)) in training).
        """
    }
    let against = ordered.filter { $0.value < -0.02 }
    if !against.isEmpty {
      text += " Against it speaks \(Numbers.list(against.map(\.modality)))."
    }
    return text
  }

  private var contributions: Table {
    Table(
      "What each assay adds to the probability",
      columns: [.text("Assay", "modality"), .number("Adds", "shapley")],
      rows: [[.text("nothing measured"), .number(patient.base)]]
        + patient.contributions.map { each in
          [
            .text(
              patient.modalities.contains(each.modality)
                ? each.modality : "\(each.modality) (not measured)"),
            .signed(each.value),
          ]
        } + [[.text("all together"), .number(patient.probability)]],
      emphasized: [patient.contributions.count + 1])
  }

  private var companions: Table {
    Table(
      "Training patients who are heard most",
      columns: [
        .text("Patient", "patient"), .text("Class", "label"), .number("Share", "weight"),
      ] + patient.modalities.map { .number("Alike in \($0)", $0) },
      rows: patient.companions.map { each in
        [.text(each.patient), .text(each.label ?? "none"), .number(each.weight)]
          + patient.modalities.map { .signed(each.similarities[$0], decimals: 2) }
      })
  }

  private var features: Table {
    Table(
      "Features that moved the probability most",
      columns: [
        .text("Feature", "feature"), .text("Assay", "modality"),
        .number("Value (standardised)", "standardized"), .number("Adds", "attribution"),
      ],
      rows: patient.features.map {
        [
          .text($0.feature), .text($0.modality), .signed($0.standardized, decimals: 2),
          .signed($0.value),
        ]
      })
  }
}

/// Assays over all patients.
struct ExplainedAssaysSection: ReportSection {
  let id = "assays"
  let title = "Assays, over all patients"

  func body(_ input: ExplanationReportInput) -> Markup? {
    let summary = input.summary
    guard !summary.patients.isEmpty else { return nil }
    let alone = Table(
      "How far each assay moves the probability, on average",
      columns: [.text("Assay", "modality"), .number("Mean |Shapley value|", "mean_absolute")],
      rows: summary.modalities.map { [.text($0.modality), .number($0.value)] })
    guard !summary.interactions.isEmpty else { return alone.html }
    let pairs = Table(
      "How pairs of assays act together",
      columns: [
        .text("Assay", "first"), .text("and", "second"), .number("Mean interaction", "mean"),
        .number("Mean |interaction|", "mean_absolute"),
      ],
      rows: summary.interactions.map {
        [.text($0.first), .text($0.second), .signed($0.mean), .number($0.meanAbsolute)]
      })
    return alone.html + pairs.html + """
      <p class="note">Below zero the two tell much the same; above zero one lends weight to the \
      other.</p>

      """
  }
}

/// Features over all patients.
struct ExplainedFeaturesSection: ReportSection {
  let id = "features"
  let title = "Features, over all patients"

  func body(_ input: ExplanationReportInput) -> Markup? {
    guard !input.summary.features.isEmpty else { return nil }
    return Table(
      "Features that move probabilities most",
      columns: [
        .text("Feature", "feature"), .text("Assay", "modality"),
        .number("Mean |adds|", "mean_absolute"), .text("High values speak for", "raises"),
      ],
      rows: input.summary.features.map {
        [
          .text($0.feature), .text($0.modality), .number($0.meanAbsolute, decimals: 4),
          .text($0.raises ?? Numbers.undefined),
        ]
      }
    ).html
  }
}

/// Whom each class hears.
struct ExplainedPrototypesSection: ReportSection {
  let id = "prototypes"
  let title = "Training patients who stand for a class"

  func body(_ input: ExplanationReportInput) -> Markup? {
    let rows = input.summary.prototypes.flatMap { prototype in
      prototype.companions.map { (prototype.predicted, $0) }
    }
    guard !rows.isEmpty else { return nil }
    return Table(
      "Whom patients predicted as a class hear most",
      columns: [
        .text("Predicted as", "predicted"), .text("Training patient", "patient"),
        .text("Class", "label"), .number("Mean share", "weight"),
      ],
      rows: rows.map {
        [.text($0.0), .text($0.1.patient), .text($0.1.label ?? "none"), .number($0.1.weight)]
      }
    ).html
  }
}

/// What the numbers are.
struct ExplainedMethodSection: ReportSection {
  let id = "how"
  let title = "How to read the numbers"

  func body(_ input: ExplanationReportInput) -> Markup? {
    let list = Markup.list([
      """
      <b>What an assay adds</b> is its Shapley value: the change of the probability when it becomes \
      known, averaged over all orders in which the assays might become known; exact. With what is not \
      yet known the model is asked as for a patient who lacks it. The values add up to the \
      probability, from the share of the class in training.
      """,
      """
      <b>What a feature adds</b> is its integrated gradient: from a patient with the same neighbors who \
      stands at the training mean in every feature, to this patient. The values of all features add up to \
      the difference of the two.
      """,
      """
      <b>Share</b> of a training patient: how much of what is heard from neighbors comes from it. \
      <b>Alike</b>: cosine of the two standardised profiles, 1 the same direction, 0 unrelated.
      """,
    ])
    return list + "<p>Again: <code>\(input.command)</code></p>\n"
  }
}
