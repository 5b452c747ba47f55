import Cohort
import Evaluation

extension StudyPlan {
  /// What a reader should know of the folds before trusting a number: classes that cannot be learned
  /// in some folds, patients in none, classes within one group, modalities that folds drop.
  ///
  /// - Complexity: O(folds × patients), and O(folds × patients × features) for modalities of which
  ///   the first features are constant.
  public var warnings: [StudySummary.Warning] {
    absentClasses + patientsInNoFold + classesInOneGroup + droppedModalities
  }

  private func excluding(_ name: String) -> String {
    WhereFilter(column: outcome.column, values: [name], excludes: true).argument
  }

  /// Classes that some training part lacks, beside those within one group.
  private var absentClasses: [StudySummary.Warning] {
    let tasks = folds.tasks
    let together = Set(singleGroupClasses)
    var places = [Int: [String]]()
    for task in tasks {
      let rows = folds.trainingRows(
        repeat: task.repeat, fold: task.fold, includingUnlabelled: false)
      let present = Set(rows.map { outcome.labels[$0] })
      for c in outcome.classes.indices where !present.contains(c) {
        guard outcome.classCounts[c] > 0, !together.contains(c) else { continue }
        places[c, default: []].append("repeat \(task.repeat), fold \(task.fold)")
      }
    }
    return places.keys.sorted().map { c in
      let found = places[c] ?? []
      return StudySummary.Warning(
        code: "class-absent-from-training",
        message: "Class \(outcome.classes[c]) is absent from the training part of "
          + "\(found.count) of \(tasks.count) folds (\(found.prefix(3).joined(separator: "; "))"
          + (found.count > 3 ? "; …" : "") + "): it cannot be predicted there.",
        place: outcome.column,
        remedy: "use other folds, or leave the class out with --where "
          + excluding(outcome.classes[c]))
    }
  }

  /// Labelled patients whom a repeat does not name.
  private var patientsInNoFold: [StudySummary.Warning] {
    let labelled = outcome.labelledRows
    let lacking = folds.assignments.map { assignment in labelled.filter { assignment[$0] < 0 } }
    guard let most = lacking.max(by: { $0.count < $1.count }), !most.isEmpty else { return [] }
    let names = most.prefix(3).map { cohort.table.patients[$0] }.joined(separator: ", ")
    let repeats = lacking.count { !$0.isEmpty }
    return [
      StudySummary.Warning(
        code: "patients-in-no-fold",
        message: "\(most.count) of \(labelled.count) labelled patients are in no fold of "
          + (lacking.count == 1 ? "the folds file" : "\(repeats) of \(lacking.count) repeats")
          + " (\(names)\(most.count > 3 ? ", …" : "")): they are neither trained on nor tested.",
        remedy: "add them to the folds file, if that is not meant")
    ]
  }

  /// Classes of which all patients are in one group, and so never on both sides.
  private var classesInOneGroup: [StudySummary.Warning] {
    singleGroupClasses.compactMap { c in
      guard let row = outcome.labels.firstIndex(of: c), let groups = cohort.groups else {
        return nil
      }
      return StudySummary.Warning(
        code: "class-in-one-group",
        message: "All \(outcome.classCounts[c]) patients of class \(outcome.classes[c]) are in "
          + "group \(groups[row]): the class is never both trained on and tested.",
        place: outcome.column,
        remedy: "leave the class out with --where \(excluding(outcome.classes[c])), or group by "
          + "another column")
    }
  }

  private var singleGroupClasses: [Int] {
    guard let groups = cohort.groups, Set(groups).count > 1 else { return [] }
    return outcome.classes.indices.filter { c in
      let own = outcome.labelledRows.filter { outcome.labels[$0] == c }.map { groups[$0] }
      return Set(own).count == 1
    }
  }

  /// Modalities that some folds drop; those that no patient has a usable value of are found by the
  /// inspection of the cohort.
  private var droppedModalities: [StudySummary.Warning] {
    let tasks = folds.tasks
    let everyone = Array(0..<cohort.table.patientCount)
    return cohort.table.modalities.flatMap { table -> [StudySummary.Warning] in
      guard DroppedModality(table, rows: everyone) == nil else { return [] }
      var counts = [DroppedModality.Reason: Int]()
      for task in tasks {
        let rows = folds.trainingRows(
          repeat: task.repeat, fold: task.fold, includingUnlabelled: options.unlabelled == .use)
        if let dropped = DroppedModality(table, rows: rows) {
          counts[dropped.reason, default: 0] += 1
        }
      }
      return DroppedModality.Reason.allCases.compactMap { reason in
        counts[reason].map { count in
          StudySummary.Warning(
            code: "modality-dropped",
            message: "The modality is left out of \(count) of \(tasks.count) folds: "
              + "\(reason.rawValue).",
            place: table.name,
            remedy: "check the table, or leave it out with --modalities")
        }
      }
    }
  }
}
