import Evaluation
import LinearAlgebra
import NeuralNetwork

/// Fits a student on labelled rows and on unlabelled pairs with the teacher's predicted class, each
/// group's class-balanced weights summing to ½, λ = 10/(n + ½ #unlabelled).
///
/// The student stays in the span of the labelled rows, which measured better than the full one.
struct StudentTrainer {
  private let pair: TeacherCandidate
  private let fitted: ModalityHeads
  private let labelled: LabelledRows
  private let unlabelledTeacher: Matrix
  private let unlabelledStudent: Matrix

  init(
    _ pair: TeacherCandidate, _ features: RelationalFeatures, _ fitted: ModalityHeads,
    _ labelled: LabelledRows
  ) {
    self.pair = pair
    self.fitted = fitted
    self.labelled = labelled
    func coordinates(_ m: Int) -> Matrix {
      fitted.spans[m].project(features.features[m].selecting(rows: pair.unlabelledPairs))
    }
    unlabelledTeacher = coordinates(pair.teacher)
    unlabelledStudent = coordinates(pair.student)
  }

  /// Macro-F1 of the student out of fold minus that of the plain head.
  func innerGain() throws -> Double {
    var predicted = [Int](repeating: 0, count: labelled.rows.count)
    for fold in 0..<labelled.innerFoldCount {
      let (fitRows, heldRows) = labelled.split(fold)
      guard !fitRows.isEmpty, !heldRows.isEmpty else { continue }
      let model = try student(on: fitRows, fold: fold)
      let held = fitted.coordinates[pair.student].selecting(rows: heldRows)
      for (position, row) in heldRows.enumerated() {
        predicted[row] = argmaxRows(model.logits(held))[position]
      }
    }
    let taught = macroF1(
      truth: labelled.labels, predicted: predicted, classCount: labelled.classCount)
    return taught - fitted.signals[pair.student].macroF1
  }

  /// The student fitted on the given labelled positions, its teacher on the same ones.
  func student(on positions: [Int], fold: Int?) throws -> SoftmaxRegression.Model {
    let teacher =
      fold.map { fitted.foldHeads[pair.teacher][$0] } ?? fitted.heads[pair.teacher]
    let taught = argmaxRows(teacher.logits(unlabelledTeacher))
    var taughtCounts = [Int](repeating: 0, count: labelled.classCount)
    for label in taught { taughtCounts[label] += 1 }
    let present = Double(taughtCounts.filter { $0 > 0 }.count)
    let balanced = labelled.balancedWeights(of: positions)
    var targets = Matrix(rows: positions.count + taught.count, columns: labelled.classCount)
    var weights: [Double] = []
    for (i, position) in positions.enumerated() {
      targets[i, labelled.labels[position]] = 1
      weights.append(0.5 * balanced[position])
    }
    for (i, label) in taught.enumerated() {
      targets[positions.count + i, label] = 1
      weights.append(0.5 / (present * Double(taughtCounts[label])))
    }
    let rows = Matrix.vertical([
      fitted.coordinates[pair.student].selecting(rows: positions), unlabelledStudent,
    ])
    let size = Double(positions.count) + 0.5 * Double(taught.count)
    return try SoftmaxRegression(penalty: ModalityHeads.penaltyNumerator / size).fit(
      features: rows, targets: targets, rowWeights: weights)
  }
}
