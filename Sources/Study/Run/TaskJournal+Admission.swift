import Cohort

extension TaskJournal.Contents {
  /// Checks that everything a journal held belongs to a plan and has its shape, as an input of any
  /// other kind is checked: what is computed from it relies on that.
  ///
  /// - Parameter path: the journal's file, for messages.
  /// - Throws: ``StudyError`` `.malformedRun`.
  func check(against plan: StudyPlan, path: String) throws(StudyError) {
    let tasks = Set(plan.tasks)
    let settings = Dictionary(
      plan.settings.map { (plan.recordedName(of: $0), $0) }, uniquingKeysWith: { first, _ in first }
    )
    let modalities = Set(plan.cohort.table.modalities.map(\.name))
    for result in results {
      let task = result.task
      guard tasks.contains(task), let setting = settings[task.setting] else {
        throw .malformedRun(path, "\(task.description), which this run does not hold")
      }
      let rows = plan.split(setting, task.replicate).testRows.count
      guard TaskJournal.Contents.areSound(result, rows: rows, plan.outcome.classes.count) else {
        throw .malformedRun(
          path, "\(task.description), whose probabilities are not those of \(rows) patients")
      }
      guard result.record.map({ isSound($0, modalities) }) ?? true else {
        throw .malformedRun(path, "\(task.description), whose record is of another cohort")
      }
    }
    let fits = Set(
      plan.fits.map {
        StudyTask(
          setting: plan.recordedName(of: $0.settings[0]), method: "",
          repeatIndex: $0.replicate.repeatIndex, fold: $0.replicate.fold)
      })
    for time in sharedTimes {
      let fit = StudyTask(
        setting: time.setting, method: "", repeatIndex: time.repeatIndex, fold: time.fold)
      guard fits.contains(fit), time.seconds >= 0, time.seconds.isFinite else {
        throw .malformedRun(path, "a time that belongs to no fit of this run")
      }
    }
  }

  private static func areSound(_ result: TaskResult, rows: Int, _ classCount: Int) -> Bool {
    result.probabilities.count == rows && result.seconds >= 0 && result.seconds.isFinite
      && result.probabilities.allSatisfy { row in
        row.count == classCount && row.allSatisfy { $0 >= 0 && $0 <= 1 + 1e-9 }
          && abs(row.reduce(0, +) - 1) < 1e-6
      }
  }

  /// A record may only speak of modalities of the cohort.
  private func isSound(_ record: FitRecord, _ modalities: Set<String>) -> Bool {
    record.modalities.allSatisfy { modalities.contains($0.name) }
      && record.distillation.allSatisfy {
        modalities.contains($0.teacher) && modalities.contains($0.student)
      }
  }
}
