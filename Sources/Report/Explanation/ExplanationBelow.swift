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
    let parts = shown.enumerated().map {
      ExplainedPatient(number: $0 + 1, patient: $1, modalities: summary.model.modalities).markup
    }
    let rest = summary.patients.count - shown.count
    let note: Markup =
      rest > 0
      ? "<p class=\"note\">\(Numbers.count(rest, "further patient")) in explanations.json.</p>\n"
      : ""
    return parts.joined() + note
  }
}

/// One patient, in words, pictures and tables.
struct ExplainedPatient {
  /// Place among the patients told, from 1; names its pictures.
  let number: Int
  let patient: ExplanationSummary.Patient
  let modalities: [String]

  var markup: Markup {
    var result: Markup = "<h3>\(patient.patient)</h3>\n<p>\(sentence)</p>\n"
    guard patient.status != "insufficient" else { return result }
    result += "<div class=\"pair\">\n\(contributions.html)"
    if !patient.features.isEmpty { result += features.html }
    result += "</div>\n"
    if !patient.companions.isEmpty { result += companions.html }
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
      text += " <b>Yet no class is ruled out: take this as no answer.</b>"
    } else if patient.status == "atypical" {
      text += """
         <b>Yet every class is ruled out: the patient is like no class of the training. Take this as \
        no answer.</b>
        """
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

  private var contributions: Figure {
    let parts = patient.contributions.map { each in
      (
        label: patient.modalities.contains(each.modality)
          ? each.modality : "\(each.modality) (not measured)",
        value: each.value
      )
    }
    let plot = StepPlot.waterfall(
      title: "What each assay adds to the probability of \(patient.predicted)",
      start: ("nothing measured", patient.base), parts: parts, end: "all together",
      axis: "probability of \(patient.predicted)")
    let table = Table(
      "What each assay adds to the probability",
      columns: [.text("Assay", "modality"), .number("Adds", "shapley")],
      rows: [[.text("nothing measured"), .number(patient.base)]]
        + parts.map { [.text($0.label), .signed($0.value)] }
        + [[.text("all together"), .number(patient.probability)]],
      emphasized: [parts.count + 1])
    return Figure(
      id: "assays-\(number)",
      caption: "What each assay adds to the probability of <b>\(patient.predicted)</b>.",
      chart: plot.drawing(), table: table)
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

  private var features: Figure {
    let table = Table(
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
    let plot = StepPlot(
      title: "Features that moved the probability of \(patient.predicted) most",
      rows: patient.features.map {
        StepPlot.Row(
          label: "\($0.feature), \($0.modality)", from: 0, to: $0.value,
          note: Numbers.signed($0.value, 3))
      }, axis: "adds to the probability of \(patient.predicted)")
    return Figure(
      id: "features-\(number)",
      caption: "Features that moved it most; open bars speak against <b>\(patient.predicted)</b>.",
      chart: plot.drawing(), table: table)
  }
}

/// Assays over all patients.
struct ExplainedAssaysSection: ReportSection {
  let id = "assays"
  let title = "Assays, over all patients"

  func body(_ input: ExplanationReportInput) -> Markup? {
    let summary = input.summary
    guard !summary.patients.isEmpty else { return nil }
    let alone = Figure(
      id: "assays-all", caption: "How far each assay moves the probability, on average.",
      chart: StepPlot(
        title: "How far each assay moves the probability, on average",
        rows: summary.modalities.map {
          StepPlot.Row(label: $0.modality, from: 0, to: $0.value, note: Numbers.fixed($0.value, 3))
        }, axis: "mean |Shapley value|"
      ).drawing(),
      table: Table(
        "How far each assay moves the probability, on average",
        columns: [.text("Assay", "modality"), .number("Mean |Shapley value|", "mean_absolute")],
        rows: summary.modalities.map { [.text($0.modality), .number($0.value)] }))
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
    let features = input.summary.features
    let plot = StepPlot(
      title: "Features that move probabilities most",
      rows: features.map {
        StepPlot.Row(
          label: "\($0.feature), \($0.modality)", from: 0, to: $0.meanAbsolute,
          note: $0.raises.map { "\(shortened($0, to: 9)) ↑" } ?? Numbers.undefined)
      }, axis: "mean |adds|")
    return Figure(
      id: "features-all",
      caption: "Features that move probabilities most; ↑ the class that high values speak for.",
      chart: plot.drawing(),
      table: Table(
        "Features that move probabilities most",
        columns: [
          .text("Feature", "feature"), .text("Assay", "modality"),
          .number("Mean |adds|", "mean_absolute"), .text("High values speak for", "raises"),
        ],
        rows: features.map {
          [
            .text($0.feature), .text($0.modality), .number($0.meanAbsolute, decimals: 4),
            .text($0.raises ?? Numbers.undefined),
          ]
        })
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
