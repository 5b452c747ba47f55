import Evaluation
import LinearAlgebra
import MutualInformation

/// What speaks for and against one modality teaching another, from training patients alone.
///
/// Informations and skills are estimated on the labelled patients who have both modalities, from
/// out-of-fold predictions.
package struct DistillationEvidence: Equatable, Sendable {
  /// A difference with its standard error.
  package struct Difference: Equatable, Sendable {
    /// The difference.
    package var value: Double
    /// Its standard error, ≥ 0.
    package var standardError: Double

    /// A difference.
    package init(_ value: Double, standardError: Double) {
      self.value = value
      self.standardError = standardError
    }
  }

  /// Modality that would teach.
  package var teacher: String
  /// Modality that would learn.
  package var student: String
  /// Labelled training patients who have both.
  package var commonCount: Int
  /// L, labelled training patients.
  package var labelledCount: Int
  /// U, unlabelled training patients who have both.
  package var unlabelledCount: Int
  /// H(Y) of the labelled training patients, nats.
  package var labelEntropy: Double
  /// I(H_t; H_s), nats: Gaussian copula of centred log-probabilities, less its bias.
  package var teacherStudent: Double
  /// I(H_s; Y), nats: cross-fitted classifier bound.
  package var studentLabel: Double
  /// I(H_t; Y), nats, likewise.
  package var teacherLabel: Double
  /// Standard error of I(H_t; H_s) - I(H_s; Y), nats: one delete-block jackknife of the difference.
  package var differenceStandardError: Double
  /// F_t - F_s, macro-F1 of the teacher less that of the student, by the same jackknife.
  package var skill: Difference
  /// Whether the informations can be believed: 50 common patients, five of each class.
  package var isReliable: Bool
  /// Whether both modalities can be judged at all: 10 labelled patients, and two per class.
  package var isSufficient: Bool
  /// What a student gained in macro-F1 when it was taught within inner folds; nil where nobody
  /// tried.
  package var trial: Difference?

  /// Evidence from given numbers.
  package init(
    teacher: String, student: String, commonCount: Int, labelledCount: Int, unlabelledCount: Int,
    labelEntropy: Double, teacherStudent: Double, studentLabel: Double, teacherLabel: Double,
    differenceStandardError: Double, skill: Difference, isReliable: Bool = true,
    isSufficient: Bool = true, trial: Difference? = nil
  ) {
    self.teacher = teacher
    self.student = student
    self.commonCount = commonCount
    self.labelledCount = labelledCount
    self.unlabelledCount = unlabelledCount
    self.labelEntropy = labelEntropy
    self.teacherStudent = teacherStudent
    self.studentLabel = studentLabel
    self.teacherLabel = teacherLabel
    self.differenceStandardError = differenceStandardError
    self.skill = skill
    self.isReliable = isReliable
    self.isSufficient = isSufficient
    self.trial = trial
  }

  /// (I(H_t; Y) - I(H_s; Y)) · U/L, nats.
  package var gapSupply: Double {
    gapTimesSupply(
      teacherLabel: teacherLabel, studentLabel: studentLabel, unlabelled: unlabelledCount,
      labelled: labelledCount)
  }
}

extension DistillationEvidence {
  /// Evidence on an ordered pair.
  ///
  /// - Parameters:
  ///   - t: index of the teacher, s: of the student.
  ///   - blocks: stream of the jackknife's blocks.
  /// - Complexity: 21 estimates on n × (C - 1) representations, O(n C²) each.
  package init(
    _ readings: HeadReadings, teacher t: Int, student s: Int, blocks: RandomStream
  ) throws {
    let rows = readings.commonRows(t, s)
    let truth = rows.map { readings.labels[$0] }
    let classCount = readings.classCount
    var counts = [Int](repeating: 0, count: classCount)
    for label in truth { counts[label] += 1 }
    let shared = SharedInformation(readings, teacher: t, student: s, rows, counts: counts)
    let terms = rows.map { readings.labelTerms[s][$0] }
    let difference = try BlockJackknife(rowCount: rows.count, stream: blocks) { kept in
      shared.nats(kept) - mean(kept.map { terms[$0] })
    }
    let predicted = [t, s].map { argmaxRows(readings.posteriors[$0].selecting(rows: rows)) }
    @Sendable func skill(_ kept: [Int]) -> Double {
      let scores = predicted.map { classes in
        macroF1(
          truth: kept.map { truth[$0] }, predicted: kept.map { classes[$0] },
          classCount: classCount)
      }
      return scores[0] - scores[1]
    }
    let skillError = try BlockJackknife(rowCount: rows.count, stream: blocks) { skill($0) }
      .standardError
    self.init(
      teacher: readings.modalities[t], student: readings.modalities[s], commonCount: rows.count,
      labelledCount: readings.labels.count, unlabelledCount: readings.unlabelledPairs[t][s],
      labelEntropy: readings.labelEntropy,
      teacherStudent: shared.nats(Array(rows.indices)), studentLabel: mean(terms),
      teacherLabel: mean(rows.map { readings.labelTerms[t][$0] }),
      differenceStandardError: difference.standardError,
      skill: Difference(
        skill(Array(rows.indices)), standardError: skillError),
      isReliable: rows.count >= 50 && (counts.min() ?? 0) >= 5,
      isSufficient: readings.isSufficient(t) && readings.isSufficient(s))
  }
}

/// Mean, 0 of nothing.
private func mean(_ values: [Double]) -> Double { values.isEmpty ? 0 : orderedMean(values) }

/// I(H_t; H_s) on any part of the common patients.
private struct SharedInformation: Sendable {
  let teacher: Matrix
  let student: Matrix
  let estimator: CorrelationInformation

  init(
    _ readings: HeadReadings, teacher t: Int, student s: Int, _ rows: [Int], counts: [Int]
  ) {
    var columns = Array(counts.indices)
    switch readings.representation {
    case .leadingComponents:
      estimator = CorrelationInformation(maximumDimension: max(1, counts.count - 1))
    case .withoutLargestClass:
      estimator = CorrelationInformation()
      let largest = columns.max { (counts[$0], -$0) < (counts[$1], -$1) }
      columns.removeAll { $0 == largest }
    }
    func representation(_ m: Int) -> Matrix {
      centeredLogProbabilities(readings.posteriors[m].selecting(rows: rows))
        .selecting(columns: columns)
    }
    teacher = representation(t)
    student = representation(s)
  }

  /// Too few patients to estimate anything count as no information.
  func nats(_ kept: [Int]) -> Double {
    (try? estimator.estimate(teacher.selecting(rows: kept), student.selecting(rows: kept)))?
      .information ?? 0
  }
}
