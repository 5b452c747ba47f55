import Evaluation

/// Which modality taught which, and why or why not.
struct DistillationSection: ReportSection {
  let id = "distillation"
  let title = "Distillation"

  func body(_ context: ReportContext) -> Markup? {
    let decisions = context.summary.distillation
    guard !decisions.isEmpty else { return nil }
    let open = decisions.filter { $0.decision == "distil" }
    let taught = open.map { pair in
      pair.method.map { "\(pair.teacher) to \(pair.student) in \($0)" }
        ?? "\(pair.teacher) to \(pair.student)"
    }
    let lead: Markup =
      open.isEmpty
      ? "<p>In most fits no modality was let to teach another.</p>\n"
      : "<p>In most fits distilled from \(Numbers.list(taught)).</p>\n"
    return lead + table(decisions).html + """
      <p class="note">A gate says how sure the rule is that teaching helps: under <code>auto</code> \
      the probability of a gain, from what students gained within inner folds, the teacher’s lead \
      in information on the label and the number of unlabelled patients; under <code>cch</code> \
      that of sharing more information with the teacher than the student has on the label. \
      Expected gain in macro-F1, information in nats, averaged over fits; the reason is that of \
      the first fit that decided so. A gate is a decision of the method, not evidence that teaching \
      helped.</p>

      """
  }

  private func table(_ decisions: [StudySummary.Distillation]) -> Table {
    Table(
      "Distillation decisions",
      columns: [
        .text("Teacher", "teacher"), .text("Student", "student"), .text("Method", "method"),
        .text("Decision", "decision"), .number("Gate", "gate"),
        .number("Teacher–student", "mi_teacher_student"),
        .number("Student–label", "mi_student_label"),
        .number("Difference, 95 %", "interval"), .number("Expected gain", "expected_gain"),
        .text("Fits", "decisions"),
        .sentence("Reason", "reason"),
      ],
      rows: decisions.map { pair in
        [
          .text(pair.teacher), .text(pair.student), .text(pair.method ?? Numbers.undefined),
          .text(pair.decision), .number(pair.gate, decimals: 2),
          .number(pair.teacherStudentNats), .number(pair.studentLabelNats),
          .text(Numbers.signedRange(pair.interval)), .signed(pair.expectedGain),
          .text(fits(pair.decisions)),
          .text(pair.reason ?? Numbers.undefined),
        ]
      },
      emphasized: Set(decisions.indices.filter { decisions[$0].decision == "distil" }))
  }

  private func fits(_ decisions: [String: Int]) -> String {
    decisions.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
  }
}
