import Evaluation

/// Redundancy against synergy of every pair of assays.
struct AuditPairsSection: ReportSection {
  let id = "pairs"
  let title = "Pairs: redundancy and synergy"

  /// Rows of the picture; the table has all.
  private static let most = 24

  func body(_ input: AuditReportInput) -> Markup? {
    let pairs = input.summary.pairs
    guard !pairs.isEmpty else { return nil }
    return figure(pairs).html + """
      <p class="note">Co-information: what two assays tell one by one, less what they tell together, \
      on the patients who have both. Above zero they tell more of the same than only together \
      (redundancy outweighs synergy), below zero the reverse; near zero may be none of both or as \
      much of each. The minimum-MI redundancy, min(I(a; label), I(b; label)), and the synergy that \
      goes with it are one definition among several; they have no interval. Intervals of pairs are \
      not corrected for their number.</p>

      """
  }

  private func figure(_ pairs: [AuditSummary.Pair]) -> Figure {
    let shown = pairs.enumerated().sorted {
      let (a, b) = (
        abs($0.element.coInformation.estimate ?? 0), abs($1.element.coInformation.estimate ?? 0)
      )
      return a != b ? a > b : $0.offset < $1.offset
    }.prefix(Self.most).map(\.element)
    let plot = IntervalPlot(
      title: "Co-information of pairs of assays with the label, with 95 % intervals",
      rows: shown.map { pair in
        AuditRow(name: "\(pair.a), \(pair.b)", pair.coInformation).plotted(
          mark: pair.verdict == .redundant
            ? .first : pair.verdict == .synergistic ? .second : .other)
      }, axis: "synergy  ◂  nats  ▸  redundancy", isDifference: true)
    let part: Markup =
      shown.count < pairs.count
      ? " The \(shown.count) largest of \(pairs.count); the numbers have all." : ""
    return Figure(
      id: "co-information",
      caption: """
        <b>Told twice, or told only together?</b> Co-information with 95 % intervals. \
        <span class="legend">\(Mark.first.key("redundancy outweighs"))\
        \(Mark.second.key("synergy outweighs"))\
        \(Mark.other.key("not distinguishable from zero"))</span>\(part)
        """, chart: plot.wide(), compact: plot.compact(), table: table(pairs))
  }

  private func table(_ pairs: [AuditSummary.Pair]) -> Table {
    Table(
      "Pairs of assays",
      columns: [
        .text("First", "a"), .text("Second", "b"), .number("Patients", "n"),
        .number("First tells", "information_a"), .number("Second tells", "information_b"),
        .number("Both tell", "information_both"), .number("Co-information", "co_information"),
        .number("95 % from", "lower"), .number("to", "upper"),
        .number("Minimum-MI redundancy", "minimum_mi_redundancy"),
        .number("Minimum-MI synergy", "minimum_mi_synergy"), .sentence("In words", "verdict"),
      ],
      rows: pairs.map { pair in
        let words =
          switch pair.verdict {
          case .redundant: "redundancy outweighs synergy"
          case .synergistic: "synergy outweighs redundancy"
          case .notTold: "cannot be told"
          }
        return [
          .text(pair.a), .text(pair.b), .count(pair.coInformation.n),
          .number(pair.informationA.estimate), .number(pair.informationB.estimate),
          .number(pair.informationBoth.estimate), .signed(pair.coInformation.estimate),
          .signed(pair.coInformation.interval?.lower),
          .signed(pair.coInformation.interval?.upper), .number(pair.minimumRedundancy),
          .number(pair.minimumSynergy), .text(words),
        ]
      })
  }
}
