import Evaluation

/// Who could teach whom, and why or why not.
struct AuditDistillationSection: ReportSection {
  let id = "distillation"
  let title = "Who could teach whom"

  func body(_ input: AuditReportInput) -> Markup? {
    let pairs = input.summary.distillation
    guard !pairs.isEmpty else { return nil }
    return "<p>Decisions of the gate <code>\(input.summary.design.gate)</code>; a row teaches, a "
      + "column learns.</p>\n" + matrix(pairs, names: names(input.summary)).html
      + figure(pairs).html + """
        <p class="note">I(teacher; student) is mutual information of both assays’ out-of-fold answers, \
        I(student; label) what the student’s own tells of the label; Δ is the first less the second. \
        The complementarity gate (Xie, Xu &amp; Sanguinetti 2025) is near 1 where Δ is clearly \
        positive; skill is the chance that the teacher is the better of both. Rule <code>auto</code> asks \
        for an expected gain in macro-F1: through unlabelled patients who have both assays, from what \
        students gained within inner folds and the teacher’s lead. A gate is a decision, not evidence \
        that teaching helps.</p>

        """
  }

  /// Modalities that take part, in cohort order.
  private func names(_ summary: AuditSummary) -> [String] {
    summary.modalities.map(\.name).filter { name in
      summary.distillation.contains { $0.teacher == name || $0.student == name }
    }
  }

  private func matrix(_ pairs: [AuditSummary.Distillation], names: [String]) -> Table {
    Table(
      "Decisions by teacher (rows) and student (columns)",
      columns: [.text("Teacher", "teacher")] + names.map { .text($0, $0) },
      rows: names.map { teacher in
        [.text(teacher)]
          + names.map { student in
            let pair = pairs.first { $0.teacher == teacher && $0.student == student }
            return .text(
              pair.map { "\($0.decision), g \(Numbers.fixed($0.gate, 2))" } ?? "·")
          }
      })
  }

  private func figure(_ pairs: [AuditSummary.Distillation]) -> Figure {
    let plot = IntervalPlot(
      title: "I(teacher; student) less I(student; label), with 95 % intervals",
      rows: pairs.map { pair in
        AuditRow(name: "\(pair.teacher) → \(pair.student)", pair.difference).plotted(
          mark: pair.decision == "distil" ? .first : .other)
      }, axis: "Δ in nats", isDifference: true)
    return Figure(
      id: "teaching",
      caption: """
        <b>Do teacher and student share more than the student knows of the label?</b> \
        <span class="legend">\(Mark.first.key("distil"))\(Mark.other.key("uncertain, or no"))\
        </span>
        """, chart: plot.wide(), compact: plot.compact(), table: table(pairs))
  }

  private func table(_ pairs: [AuditSummary.Distillation]) -> Table {
    let rules = pairs.first?.criteria.map(\.rule) ?? []
    return Table(
      "Every pair under every rule",
      columns: [
        .text("Teacher", "teacher"), .text("Student", "student"),
        .number("Teacher–student", "mi_teacher_student"),
        .number("Student–label", "mi_student_label"), .number("Δ", "difference"),
        .number("95 % from", "lower"), .number("to", "upper"), .number("g", "probability"),
        .number("Skill", "skill"), .number("Unlabelled", "unlabelled"),
        .number("Expected gain", "expected_gain"),
      ] + rules.map { .text("Rule \($0)", $0) } + [.sentence("Reason", "reason")],
      rows: pairs.map { pair in
        [
          .text(pair.teacher), .text(pair.student), .number(pair.teacherStudent),
          .number(pair.studentLabel), .signed(pair.difference.estimate),
          .signed(pair.difference.interval?.lower), .signed(pair.difference.interval?.upper),
          .number(pair.probability, decimals: 2), .number(pair.skill, decimals: 2),
          .count(pair.unlabelled), .signed(pair.expectedGain),
        ]
          + rules.map { rule in
            .text(pair.criteria.first { $0.rule == rule }?.decision ?? Numbers.undefined)
          } + [.text(pair.reason ?? Numbers.undefined)]
      },
      emphasized: Set(pairs.indices.filter { pairs[$0].decision == "distil" }))
  }
}
