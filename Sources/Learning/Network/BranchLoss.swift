import Evaluation
import LinearAlgebra
import NeuralNetwork

/// Labels that a loss may see: class of each patient of a graph, -1 where there is none or where it
/// is kept from weight updates.
package struct LossLabels: Sendable {
  /// One per patient of the graph.
  package let labels: [Int]
  /// ω of each class, from the counts of all labels.
  package let classWeights: [Double]

  package init(_ labels: [Int], classCount: Int, weighting: ClassWeighting) {
    self.labels = labels
    var counts = [Int](repeating: 0, count: classCount)
    for label in labels where label >= 0 { counts[label] += 1 }
    classWeights = weighting.weights(counts: counts)
  }

  /// λ of the objective's (λ/2) Σ ‖W‖²: the configured number over that of labelled patients.
  func penalty(_ configuration: RelationalNetworkConfiguration) -> Double {
    configuration.penaltyNumerator / Double(max(labels.count { $0 >= 0 }, 1))
  }

  /// One-hot rows; zero where there is no label.
  package var targets: Matrix {
    var result = Matrix(rows: labels.count, columns: classWeights.count)
    for (i, label) in labels.enumerated() where label >= 0 { result[i, label] = 1 }
    return result
  }

  /// ω_{y_i} over its sum, of labelled patients that `isCounted` holds for; 0 elsewhere.
  package func rowWeights(isCounted: [Bool]) -> [Double] {
    let raw = zip(labels, isCounted).map { $0 >= 0 && $1 ? classWeights[$0] : 0 }
    let total = orderedSum(raw)
    return total > 0 ? raw.map { $0 / total } : raw
  }
}

/// What a student is taught: soft targets on the patients of a graph.
package struct Teaching: Sendable, Equatable {
  /// λ_s of the student's loss.
  package let share: Double
  /// Mixed teachers' probabilities at temperature T; zero where no teacher was measured.
  package let teacher: Matrix
  /// λ_is/λ_s on labelled patients, 0…1; 0 where no teacher was measured.
  package let labelledShares: [Double]
  /// Weight of each unlabelled patient, 1 - H(p_t)/ln C; 0 for others.
  package let unlabelledWeights: [Double]

  /// Soft targets, one row and weight per patient of the graph.
  package init(
    share: Double, teacher: Matrix, labelledShares: [Double], unlabelledWeights: [Double]
  ) {
    self.share = share
    self.teacher = teacher
    self.labelledShares = labelledShares
    self.unlabelledWeights = unlabelledWeights
  }
}

/// L_m on a tape: Σ ω CE/Σ ω, where taught Σ ω [(1-λ) CE + λ T² KL]/Σ ω, and on unlabelled patients
/// the mean of λ (1 - H/ln C) T² KL.
package struct BranchLoss: Sendable {
  /// The loss, a scalar.
  package let total: Tape.Variable
  private let isTaught: Bool

  package init(
    logits: Tape.Variable, labels: LossLabels, isMeasured: [Bool], teaching: Teaching?,
    temperature: Double, on tape: inout Tape
  ) {
    let weights = labels.rowWeights(isCounted: isMeasured)
    let targets = labels.targets
    let plain = tape.crossEntropy(logits, targets: targets, rowWeights: weights)
    guard let teaching else {
      total = tape.scale(plain, by: 1)
      isTaught = false
      return
    }
    let taughtWeights = zip(weights, teaching.labelledShares).map { $0 * $1 }
    let unlabelled = zip(teaching.unlabelledWeights, isMeasured).map { $1 ? $0 : 0 }
    let unlabelledCount = Double(max(unlabelled.count { $0 > 0 }, 1))
    let divergenceWeights = zip(taughtWeights, unlabelled).map { $0 + $1 / unlabelledCount }
    let replaced = tape.crossEntropy(logits, targets: targets, rowWeights: taughtWeights)
    let divergence = tape.distillation(
      logits, teacher: teaching.teacher, temperature: temperature, rowWeights: divergenceWeights)
    total = tape.weightedSum(
      [plain, replaced, divergence], coefficients: [1, -teaching.share, teaching.share])
    isTaught = true
  }

  /// Sets the teachers' share λ; 0 leaves plain cross-entropy, bit for bit.
  package func setShare(_ share: Double, on tape: inout Tape) {
    if isTaught { tape.setCoefficients([1, -share, share], of: total) }
  }
}
