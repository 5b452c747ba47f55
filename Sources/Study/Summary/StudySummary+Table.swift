import Boundary
import Evaluation
import Foundation

extension StudySummary {
  /// Methods with their macro-F1, for a terminal: mean and 95 % interval over folds.
  package func table() -> String {
    let names = methods.map { visibleText($0.name) }
    let width = max(6, names.map(\.count).max() ?? 0)
    func line(_ name: String, _ mean: String, _ interval: String) -> String {
      name.padding(toLength: width, withPad: " ", startingAt: 0) + "  \(mean)  \(interval)"
    }
    let header = line("method", "macro-F1", "95 % interval")
    let rows = zip(names, methods).map { name, method in
      let spread = method.metrics["macro_f1"]
      let mean = spread?.mean.map { String(format: "%8.3f", $0) } ?? "       -"
      let interval =
        spread?.ci95.map { String(format: "%.3f to %.3f", $0.lower, $0.upper) } ?? "-"
      return line(name, mean, interval)
    }
    let end =
      methods.learnedNothing
      ? [visibleText(StudySummary.nothingLearned(label: outcome.label, classCount: classes.count))]
      : []
    return ([header] + rows + end).joined(separator: "\n")
  }
}
