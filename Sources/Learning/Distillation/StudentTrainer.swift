import Evaluation
import LinearAlgebra
import NeuralNetwork

/// Fits a linear student on labelled patients and, by its teacher, on unlabelled ones who have both
/// modalities: each group's class-balanced weights sum to its share, λ = 10/(n + share · #unlabelled).
///
/// The student stays in the span of the labelled patients, which measured better than the full one.
package struct StudentTrainer: Sendable {
  /// What a teacher says of an unlabelled patient.
  package enum Lesson: String, Sendable {
    /// Its predicted class.
    case classes
    /// Its posterior, T = 1.
    case posteriors
  }

  private let teacher: Int
  private let student: Int
  private let heads: ModalityHeads
  private let labelled: LabelledRows
  /// Positions of labelled patients who have the student's modality.
  private let isMeasured: Set<Int>
  private let unlabelledTeacher: Matrix
  private let unlabelledStudent: Matrix

  /// A trainer of one ordered pair.
  ///
  /// - Parameter pairs: rows of unlabelled training patients who have both modalities.
  package init(
    teacher: Int, student: Int, pairs: [Int], _ features: RelationalFeatures,
    _ heads: ModalityHeads, _ labelled: LabelledRows
  ) {
    self.teacher = teacher
    self.student = student
    self.heads = heads
    self.labelled = labelled
    isMeasured = Set(heads.measured[student])
    func coordinates(_ m: Int) -> Matrix {
      heads.spans[m].project(features.features[m].selecting(rows: pairs))
    }
    unlabelledTeacher = coordinates(teacher)
    unlabelledStudent = coordinates(student)
  }

  /// Out-of-fold log-posteriors of the taught student, labelled patients × classes: the student of
  /// each inner fold has seen the labels of the others, as has its teacher.
  package func outOfFold(_ lesson: Lesson = .classes) throws -> Matrix {
    var result = Matrix(rows: labelled.rows.count, columns: labelled.classCount)
    for fold in 0..<labelled.innerFoldCount {
      let (fitRows, heldRows) = labelled.split(fold)
      guard !fitRows.isEmpty, !heldRows.isEmpty else { continue }
      let model = try fit(on: fitRows.filter(isMeasured.contains), fold: fold, lesson)
      let posteriors = logSoftmaxRows(
        model.logits(heads.coordinates[student].selecting(rows: heldRows)))
      for (position, row) in heldRows.enumerated() {
        result.setRow(row, posteriors.row(position))
      }
    }
    return result
  }

  /// The student fitted on all labelled patients, in the coordinates of their span.
  package func student(_ lesson: Lesson = .classes) throws -> SoftmaxRegression.Model {
    try fit(on: heads.measured[student], fold: nil, lesson)
  }

  /// The student fitted on the given labelled positions, its teacher on the same ones.
  private func fit(
    on positions: [Int], fold: Int?, _ lesson: Lesson
  ) throws -> SoftmaxRegression.Model {
    let teacherHead = fold.map { heads.foldHeads[teacher][$0] } ?? heads.heads[teacher]
    let said = teacherHead.logits(unlabelledTeacher)
    let classes = argmaxRows(said)
    let posteriors = softmaxRows(said)
    var taughtCounts = [Int](repeating: 0, count: labelled.classCount)
    for label in classes { taughtCounts[label] += 1 }
    let present = Double(taughtCounts.count { $0 > 0 })
    let balanced = labelled.balancedWeights(of: positions)
    var targets = Matrix(rows: positions.count + classes.count, columns: labelled.classCount)
    var weights: [Double] = []
    for (i, position) in positions.enumerated() {
      targets[i, labelled.labels[position]] = 1
      weights.append(0.5 * balanced[position])
    }
    for (i, label) in classes.enumerated() {
      switch lesson {
      case .classes: targets[positions.count + i, label] = 1
      case .posteriors: targets.setRow(positions.count + i, Array(posteriors.row(i)))
      }
      weights.append(0.5 / (present * Double(taughtCounts[label])))
    }
    let rows = Matrix.vertical([
      heads.coordinates[student].selecting(rows: positions), unlabelledStudent,
    ])
    let size = Double(positions.count) + 0.5 * Double(classes.count)
    return try SoftmaxRegression(penalty: ModalityHeads.penaltyNumerator / size).fit(
      features: rows, targets: targets, rowWeights: weights)
  }
}
