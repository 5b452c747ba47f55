import Boundary
import Evaluation
import Foundation

extension RobustnessSummary {
  /// The declared contrast by setting, for a terminal; without one, every method.
  package func table() -> String {
    var rows: [[String]]
    if let primary {
      let header = ["setting", primary.a, primary.b, "difference", "95 % interval", "by patients"]
      rows =
        [header]
        + settings.map { setting in
          let comparison = setting.primaryComparison
          return [
            setting.name, mean(setting, primary.a), mean(setting, primary.b),
            comparison?.difference.map { String(format: "%+.3f", $0) } ?? "-",
            interval(comparison?.ci95), interval(comparison?.bootstrapCI95),
          ]
        }
    } else {
      rows =
        [["setting", "method", "macro-F1", "95 % interval"]]
        + settings.flatMap { setting in
          setting.methods.map { method in
            let ci95 = method.metrics["macro_f1"]?.ci95
            return [
              setting.name, method.name, mean(setting, method.name),
              ci95.map { String(format: "%.3f to %.3f", $0.lower, $0.upper) } ?? "-",
            ]
          }
        }
    }
    rows = rows.map { row in row.map { visibleText($0) } }
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    let lines = rows.map { row in
      zip(row, widths).map { $0.padding(toLength: $1, withPad: " ", startingAt: 0) }
        .joined(separator: "  ").trimmingCharacters(in: .whitespaces)
    }
    let sentence = StudySummary.nothingLearned(label: outcome.label, classCount: classes.count)
    let silent = settings.filter(\.methods.learnedNothing).map { "\($0.name): \(sentence)" }
    return (lines + silent.map { visibleText($0) }).joined(separator: "\n")
  }

  private func mean(_ setting: Setting, _ method: String) -> String {
    setting.method(named: method)?.metrics["macro_f1"]?.mean
      .map { String(format: "%.3f", $0) } ?? "-"
  }

  private func interval(_ bounds: StudySummary.Bounds?) -> String {
    bounds.map { String(format: "%+.3f to %+.3f", $0.lower, $0.upper) } ?? "-"
  }
}
