import Boundary
import Evaluation

extension ModelFacts {
  /// A few lines for a terminal.
  public var text: String {
    let counts = zip(classes, classCounts).map { "\($0) \($1)" }.joined(separator: ", ")
    var lines = [
      "\(options.method) on \(labelledCount) labelled patients (\(counts))"
        + (unlabelledCount > 0 ? " and \(unlabelledCount) without a label" : ""),
      "modalities: "
        + modalities.map { "\($0.name) (\($0.featureCount) features)" }.joined(separator: ", "),
      "out of \(folds) folds: macro-F1 \(Numbers.fixed(metrics["macro_f1"])), accuracy "
        + "\(Numbers.fixed(metrics["accuracy"])), calibration error \(Numbers.fixed(metrics["ece"]))",
    ]
    if !patterns.isEmpty {
      lines.append("tried out of fold with \(patterns.count) patterns of missing modalities")
    }
    return lines.map { visibleText($0) }.joined(separator: "\n")
  }
}

extension ModelPredictions {
  /// A few lines for a terminal.
  public var text: String {
    var counts = [Int](repeating: 0, count: classes.count)
    for predicted in predicted { counts[predicted] += 1 }
    let told = zip(classes, counts).map { "\($0) \($1)" }.joined(separator: ", ")
    let ordered: [Status] = [.ok, .abstained, .atypical, .insufficient]
    let states = ordered.compactMap { status in
      drift.statuses[status.rawValue].map { "\($0) \(status.rawValue)" }
    }
    return
      "\(patients.count) patients: \(visibleText(told))\nstatus: \(states.joined(separator: ", "))"
  }
}
