import Boundary
import Evaluation
import Foundation

extension Validation {
  /// All files by name: `validation.json`, `validation.csv`, `predictions.csv`.
  public func files(
    _ predictions: ModelPredictions, truth: [Int]
  ) throws -> [(name: String, bytes: Data)] {
    [
      ("validation.json", Data(try json().utf8)), ("validation.csv", Data(csv.utf8)),
      ("predictions.csv", Data(predictions.csv(truth: truth).utf8)),
    ]
  }

  /// `kind,name,patients,metric,value,lower,upper`, one line a number; an undefined one is empty.
  public var csv: String {
    var text = "kind,name,patients,metric,value,lower,upper\n"
    func line(
      _ kind: String, _ name: String, _ count: Int, _ metric: String, _ value: Double?,
      _ interval: Interval? = nil
    ) {
      let numbers = [value, interval?.lower, interval?.upper]
        .map { $0.map { csvNumber($0) } ?? "" }.joined(separator: ",")
      text += "\(kind),\(csvField(name)),\(count),\(metric),\(numbers)\n"
    }
    func lines(_ kind: String, _ name: String, _ figures: ValidationFigures) {
      for figure in figures.metrics {
        line(kind, name, figures.patientCount, figure.name, figure.value, figure.interval)
      }
    }
    lines("all", "", figures)
    line("all", "", figures.patientCount, "set_coverage", sets.reached)
    line("all", "", figures.patientCount, "set_size", sets.meanSize)
    for each in classes {
      line("class", each.name, each.patientCount, "recall", each.recall)
      line("class", each.name, each.patientCount, "precision", each.precision)
      let lines = [
        ("calibration_slope", each.calibration?.slope),
        ("calibration_intercept", each.calibration?.intercept),
        ("calibration_in_the_large", each.calibration?.inTheLarge),
      ]
      for (name, coefficient) in lines {
        line(
          "class", each.name, each.patientCount, name, coefficient?.value, coefficient?.interval)
      }
    }
    for group in groups { lines(group.kind, group.name, group.figures) }
    if let recalibrated { lines("recalibrated", "", recalibrated.figures) }
    return text
  }

  /// A few lines for people.
  public var text: String {
    func told(_ name: String) -> String {
      guard let figure = figures.metrics.first(where: { $0.name == name }) else {
        return Numbers.undefined
      }
      let range = figure.interval.map {
        " (\(Numbers.fixed($0.lower)) to \(Numbers.fixed($0.upper)))"
      }
      return Numbers.fixed(figure.value) + (range ?? "")
    }
    var lines = [
      "\(figures.patientCount) patients of \(cohort), by a model of \(trainedOn)",
      "macro-F1     \(told("macro_f1")); in training, out of fold, "
        + Numbers.fixed(trainingMetrics["macro_f1"]),
      "accuracy     \(told("accuracy"))", "auroc        \(told("auroc"))",
      "log loss     \(told("log_loss"))",
      "sets         hold the truth in \(Numbers.fixed(sets.reached)) for "
        + "\(Numbers.fixed(sets.coverage)) wanted, \(Numbers.fixed(sets.meanSize, 2)) classes each",
    ]
    for each in classes {
      let slope = each.calibration.map {
        "slope \(Numbers.fixed($0.slope.value, 2)), in the large "
          + Numbers.fixed($0.inTheLarge.value, 2)
      }
      lines.append(
        "class        \(each.name): \(each.patientCount) patients, calibration "
          + (slope ?? "cannot be told"))
    }
    if let recalibrated {
      lines.append(
        "apart        recalibrated here (temperature \(Numbers.fixed(recalibrated.temperature, 2))): "
          + "log loss \(Numbers.fixed(recalibrated.figures.value("log_loss")))")
    }
    return lines.map { visibleText($0) }.joined(separator: "\n")
  }
}
