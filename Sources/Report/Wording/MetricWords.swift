/// Metric names as a reader knows them.
package enum MetricWords {
  private static let words: [(name: String, words: String)] = [
    ("macro_f1", "macro-F1"), ("accuracy", "accuracy"), ("weighted_f1", "weighted F1"),
    ("balanced_error_rate", "balanced error rate"), ("mcc", "Matthews correlation"),
    ("auroc", "AUROC"), ("log_loss", "log loss"), ("brier", "Brier score"),
    ("ece", "expected calibration error"),
  ]

  /// All names that have words, in the order of `results.csv`.
  package static var names: [String] { words.map(\.name) }

  /// The words for a name; the name itself where there are none.
  package static func title(_ name: String) -> String {
    words.first { $0.name == name }?.words ?? name
  }
}
