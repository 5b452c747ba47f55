import Cohort
import Learning
import LinearAlgebra

/// Students of a method in place of its fit: a model without any row of a patient.
struct ShareSafeTraining: Sendable {
  /// Students of all patients.
  let students: StudentHeads
  /// What students who have not seen a fold say of it; calibration and metrics come from here.
  let readings: OutOfFoldReadings

  /// - Parameters:
  ///   - training: all training patients.
  ///   - taught: what the method says of them out of fold.
  /// - Throws: ``ModelError`` `.badOption` where preprocessing would keep patients.
  init(
    _ training: TrainingView, _ options: TrainingOptions, inputs: ModelInputs,
    taught: OutOfFoldReadings, threads: Int
  ) throws {
    guard options.preprocessing.imputation == .median else {
      throw ModelError(
        .badOption, at: "imputation", found: options.preprocessing.imputation.rawValue,
        expected: "median in a model to be shared: neighbors would be kept in it")
    }
    students = try Self.students(of: training, options, inputs, taught, keeping: { _ in true })
    let folds = taught.folds
    let byFold = try parallelMap(count: taught.foldCount, threads: threads) { fold in
      try Self.students(of: training, options, inputs, taught, keeping: { folds[$0] != fold })
    }
    readings = try taught.replacingProbabilities { readings, position in
      let row = readings.rows[position]
      let table = try AlignedPatients(
        training.table.selecting(rows: [row]), inputs: inputs, requiresModality: false
      ).table.selecting(
        modalities: inputs.modalities.map(\.name).filter { !readings.pattern.missing.contains($0) })
      return Array(try byFold[folds[row]].predict(table).probabilities.row(0))
    }
  }
}

extension ShareSafeTraining {
  /// Students of the training patients that are kept.
  private static func students(
    of training: TrainingView, _ options: TrainingOptions, _ inputs: ModelInputs,
    _ taught: OutOfFoldReadings, keeping isKept: (Int) -> Bool
  ) throws -> StudentHeads {
    let kept = training.labels.indices.filter(isKept)
    let position = Dictionary(uniqueKeysWithValues: kept.enumerated().map { ($1, $0) })
    let lessons = ([taught.natural] + taught.patterns.filter { !$0.pattern.missing.isEmpty }).map {
      readings in
      let chosen = readings.rows.indices.filter { position[readings.rows[$0]] != nil }
      return StudentHeads.Lesson(
        missing: readings.pattern.missing,
        rows: chosen.compactMap { position[readings.rows[$0]] },
        targets: readings.probabilities.selecting(rows: chosen))
    }
    return try StudentHeads(
      table: training.table.selecting(rows: kept).selecting(
        modalities: inputs.modalities.map(\.name)),
      labels: kept.map { training.labels[$0] },
      prior: taught.natural.frequencies(training.classCount), whole: lessons[0],
      lessons: Array(lessons.dropFirst()), preprocessing: options.preprocessing)
  }
}

extension PatternReadings {
  /// Class frequencies of its patients.
  func frequencies(_ classCount: Int) -> [Double] {
    (0..<classCount).map { c in Double(labels.count { $0 == c }) / Double(max(labels.count, 1)) }
  }
}

extension OutOfFoldReadings {
  /// The same patients under the same patterns, told by somebody else.
  func replacingProbabilities(
    _ tell: (PatternReadings, Int) throws -> [Double]
  ) rethrows -> OutOfFoldReadings {
    func replaced(_ readings: PatternReadings) throws -> PatternReadings {
      var result = readings
      for position in readings.rows.indices {
        result.probabilities.setRow(position, try tell(readings, position))
      }
      return result
    }
    return OutOfFoldReadings(
      natural: try replaced(natural), patterns: try patterns.map(replaced), folds: folds,
      foldCount: foldCount)
  }
}
