import Evaluation

/// The text files of a study. Their lines follow the plan: by method, repeat and fold.
public struct StudyTables: Sendable {
  private let study: StudyResults

  /// Tables of finished results.
  public init(_ study: StudyResults) {
    self.study = study
  }

  /// `results.csv`: one line per task and metric; an undefined value is empty.
  public func results() -> String {
    var text = "method,repeat,fold,n_train,n_test,metric,value\n"
    for result in study.results {
      let task = result.task
      let rows = study.scoredRows(result)
      let trainingCount = study.plan.folds.trainingRows(
        repeat: task.repeatIndex, fold: task.fold, includingUnlabelled: false
      ).count
      let start =
        "\(csvField(task.method)),\(task.repeatIndex),\(task.fold),"
        + "\(trainingCount),\(rows.truth.count)"
      for metric in MetricRegistry.all {
        text += "\(start),\(metric.name),\(csvNumber(metric.value(of: rows)))\n"
      }
    }
    return text
  }

  /// `folds.csv`: the fold in which each labelled patient is tested.
  public func folds() -> String {
    study.plan.folds.csvText(patients: study.plan.cohort.table.patients)
  }

  /// `predictions.csv`: every prediction of every task.
  public func predictions() -> String {
    let classes = study.plan.outcome.classes.map(csvField)
    let patients = study.plan.cohort.table.patients.map(csvField)
    var text = "sample,method,repeat,fold,truth,predicted"
    text += study.plan.outcome.classes.map { ",\(csvField("p_\($0)"))" }.joined() + "\n"
    for result in study.results {
      let task = result.task
      let middle = ",\(csvField(task.method)),\(task.repeatIndex),\(task.fold),"
      let scored = study.scoredRows(result)
      let rows = study.plan.folds.testRows(repeat: task.repeatIndex, fold: task.fold)
      for (position, row) in rows.enumerated() {
        text += patients[row] + middle + classes[scored.truth[position]] + ","
        text += classes[scored.predicted[position]]
        for probability in result.probabilities[position] { text += ",\(probability)" }
        text += "\n"
      }
    }
    return text
  }

  /// `timings.csv`: seconds of each task; what the methods of a fold share stands once, as method
  /// `shared`.
  public func timings() -> String {
    var text = "method,repeat,fold,seconds\n"
    for (repeatIndex, fold) in study.plan.foldTasks {
      // A resumed fold computes its shared values again: that time was spent as well.
      let seconds = study.sharedTimes
        .filter { $0.repeatIndex == repeatIndex && $0.fold == fold }
        .reduce(0) { $0 + $1.seconds }
      text += "shared,\(repeatIndex),\(fold),\(seconds)\n"
    }
    for result in study.results {
      let task = result.task
      text +=
        "\(csvField(task.method)),\(task.repeatIndex),\(task.fold),\(result.seconds)\n"
    }
    return text
  }
}
