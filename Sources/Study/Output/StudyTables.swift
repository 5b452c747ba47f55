import Evaluation

/// The text files of a study. Their lines follow the plan: by setting, method, repeat and fold. In a
/// robustness study each line begins with kind and setting.
public struct StudyTables: Sendable {
  private let study: StudyResults

  /// Tables of finished results.
  public init(_ study: StudyResults) {
    self.study = study
  }

  private var plan: StudyPlan { study.plan }

  /// Names of the first columns of a robustness study, each followed by a comma.
  private var firstColumns: String { plan.options.robustness == nil ? "" : "kind,setting," }

  /// Kind and setting, each followed by a comma; nothing in a study as the cohort stands.
  private func start(_ setting: StudySetting) -> String {
    guard let kind = plan.options.robustness?.kind, let name = plan.recordedName(of: setting)
    else { return "" }
    return "\(kind.rawValue),\(csvField(name)),"
  }

  /// `results.csv`: one line per task and metric; an undefined value is empty.
  public func results() -> String {
    var text = "\(firstColumns)method,repeat,fold,n_train,n_test,metric,value\n"
    for results in study.bySetting {
      let first = start(results.setting)
      for result in results.results {
        let task = result.task
        let rows = results.scoredRows(result)
        let trainingCount = plan.split(results.setting, task.replicate).labelledRows.count
        let start =
          "\(first)\(csvField(task.method)),\(task.repeatIndex),\(task.fold),"
          + "\(trainingCount),\(rows.truth.count)"
        for metric in MetricRegistry.all {
          text += "\(start),\(metric.name),\(csvNumber(metric.value(of: rows)))\n"
        }
      }
    }
    return text
  }

  /// `folds.csv`: the fold in which each labelled patient is tested, in a robustness study by
  /// setting.
  public func folds() -> String {
    let patients = plan.cohort.table.patients
    guard plan.options.robustness != nil else { return plan.folds.csvText(patients: patients) }
    let names = patients.map(csvField)
    var text = "\(firstColumns)sample,repeat,fold\n"
    for setting in plan.settings {
      for replicate in plan.replicates(of: setting) {
        let end = ",\(replicate.repeatIndex),\(replicate.fold)\n"
        for row in plan.split(setting, replicate).testRows {
          text += start(setting) + names[row] + end
        }
      }
    }
    return text
  }

  /// `labelled.csv`: the training patients that keep their labels where labels are few; nil where no
  /// setting has few labels.
  public func labelled() -> String? {
    let sizes = Set(plan.settings.compactMap(\.labelledCount)).sorted()
    guard let draws = plan.draws, !sizes.isEmpty else { return nil }
    return draws.csvText(sizes: sizes, patients: plan.cohort.table.patients)
  }

  /// `predictions.csv`: every prediction of every task.
  public func predictions() -> String {
    let classes = plan.outcome.classes.map(csvField)
    let patients = plan.cohort.table.patients.map(csvField)
    var text = "\(firstColumns)sample,method,repeat,fold,truth,predicted"
    text += plan.outcome.classes.map { ",\(csvField("p_\($0)"))" }.joined() + "\n"
    for results in study.bySetting {
      let first = start(results.setting)
      for result in results.results {
        let task = result.task
        let middle = ",\(csvField(task.method)),\(task.repeatIndex),\(task.fold),"
        let scored = results.scoredRows(result)
        let rows = plan.split(results.setting, task.replicate).testRows
        for (position, row) in rows.enumerated() {
          text += first + patients[row] + middle + classes[scored.truth[position]] + ","
          text += classes[scored.predicted[position]]
          for probability in result.probabilities[position] { text += ",\(probability)" }
          text += "\n"
        }
      }
    }
    return text
  }

  /// `timings.csv`: seconds of each task; what the methods of a fit share stands once, as method
  /// `shared`. Settings that share a fit have its time in the first of them.
  public func timings() -> String {
    var text = "\(firstColumns)method,repeat,fold,seconds\n"
    for fit in plan.fits {
      let setting = plan.recordedName(of: fit.settings[0])
      // A resumed fit computes its shared values again: that time was spent as well.
      let seconds = study.sharedTimes
        .filter {
          $0.setting == setting && $0.repeatIndex == fit.replicate.repeatIndex
            && $0.fold == fit.replicate.fold
        }
        .reduce(0) { $0 + $1.seconds }
      text += "\(start(fit.settings[0]))shared,\(fit.replicate.repeatIndex),"
      text += "\(fit.replicate.fold),\(seconds)\n"
    }
    for results in study.bySetting {
      for result in results.results {
        let task = result.task
        text += "\(start(results.setting))\(csvField(task.method)),"
        text += "\(task.repeatIndex),\(task.fold),\(result.seconds)\n"
      }
    }
    return text
  }
}
