import LinearAlgebra
import NeuralNetwork

/// Derivatives of a fit's answer by the standardised rows, neighbors held as they are.
///
/// Each function takes the derivative of some sum by an output and gives it by the input.
extension EquipoiseFit {
  /// The answer for placed patients, and for the probability of a class, after a temperature, its
  /// derivative by each patient's standardised rows.
  func answerAndGradients(
    _ placed: PlacedPatients, class target: Int, temperature: Double
  ) -> (probabilities: [Double], gradients: [Matrix]) {
    let said = base.members.map { $0.posteriors(placed) }
    let mean = base.answer(said)
    let whole = components?.joined(to: mean, placed) ?? mean
    let cooled = Sharpening(exponent: 1 / temperature)
    let answer = cooled(whole)
    var seed = Matrix(rows: answer.rowCount, columns: answer.columnCount)
    for i in 0..<seed.rowCount { seed[i, target] = 1 }
    var rows = placed.rows.map { Matrix(rows: $0.rowCount, columns: $0.columnCount) }
    var gradient = cooled.gradient(at: whole, seed)
    if let components { gradient = components.gradient(gradient, placed, adding: &rows) }
    base.addGradient(gradient, placed, to: &rows)
    return (answer.column(target), placement.modalities.gradient(rows))
  }
}

extension Sharpening {
  /// Through q ∝ p^e: ∂/∂p = e · (∂/∂s through the softmax) / p.
  func gradient(at posteriors: Matrix, _ output: Matrix) -> Matrix {
    guard exponent != 1 else { return output }
    var result = softmaxGradient(self(posteriors), output)
    for (index, p) in posteriors.values.enumerated() {
      result.values[index] *= exponent / max(p, Double.leastNormalMagnitude)
    }
    return result
  }
}

extension LabelledMembers {
  func addGradient(_ output: Matrix, _ placed: PlacedPatients, to rows: inout [Matrix]) {
    let count = answer == .average ? 2 * members.count + 1 : members.count
    var part = output
    part.scale(by: 1 / Double(count))
    for (k, member) in members.enumerated() {
      let isLast = k == members.count - 1
      member.addGradient(
        joint: part, late: answer == .average ? part : nil,
        best: answer == .average && isLast ? part : nil, placed, to: &rows)
    }
  }
}

extension ComponentMembers {
  /// Adds what its own members hear to `rows`; gives the derivative by the base answer.
  func gradient(
    _ output: Matrix, _ placed: PlacedPatients, adding rows: inout [Matrix]
  ) -> Matrix {
    var part = output
    part.scale(by: share / Double(2 + discriminants.count))
    relational.addGradient(joint: part, late: part, best: nil, placed, to: &rows)
    for discriminant in discriminants { discriminant.addGradient(part, placed, to: &rows) }
    var base = output
    base.scale(by: 1 - share)
    return base
  }
}

extension ServedMember {
  func addGradient(
    joint jointOutput: Matrix, late: Matrix?, best: Matrix?, _ placed: PlacedPatients,
    to rows: inout [Matrix]
  ) {
    let said = posteriors(placed)
    let features = input.features(placed)
    let fused = softmaxGradient(said.joint, jointOutput)
    let pooled = late.map { softmaxGradient(said.late, $0) }
    for m in features.indices {
      var gradient = fused.fixedOrderProduct(transposed: joint[m].weights)
      gradient.scale(by: emphasis[m])
      // A modality that a patient lacks has no part in the answer.
      for i in 0..<gradient.rowCount where !placed.isUsable[m][i] {
        for j in 0..<gradient.columnCount { gradient[i, j] = 0 }
      }
      if pooled != nil || best != nil {
        for i in 0..<gradient.rowCount where placed.isUsable[m][i] {
          let model = servingModel(m, placed.isMeasured, row: i)
          let logits = model.logits(features[m].selecting(rows: [i]))
          let posterior = softmaxRows(logits)
          var byLog = Matrix(rows: 1, columns: posterior.columnCount)
          if let pooled { byLog.add(pooled.selecting(rows: [i]), times: pooling.weights[m]) }
          if let best, m == self.best(placed.isMeasured, placed.isUsable, row: i) {
            for c in 0..<posterior.columnCount { byLog[0, c] += best[i, c] * posterior[0, c] }
          }
          let own = logSoftmaxGradient(posterior, byLog).fixedOrderProduct(
            transposed: model.weights)
          for j in 0..<gradient.columnCount { gradient[i, j] += own[0, j] }
        }
      }
      rows[m].add(input.gradient(gradient, m), times: 1)
    }
  }

  /// The head that serves a patient: the student where its teacher is missing.
  private func servingModel(
    _ m: Int, _ isMeasured: [[Bool]], row: Int
  ) -> SoftmaxRegression.Model {
    guard let student = students[m], isMeasured[m][row], !isMeasured[student.teacher][row] else {
      return heads[m]
    }
    return student.head
  }
}

extension SmoothedDiscriminant {
  func addGradient(_ output: Matrix, _ placed: PlacedPatients, to rows: inout [Matrix]) {
    let features = input.features(placed)
    let pooled = softmaxGradient(posteriors(placed), output)
    for m in features.indices {
      let posterior = softmaxRows(models[m].logits(features[m]))
      var byLog = pooled
      byLog.scale(by: pooling.weights[m])
      for i in 0..<byLog.rowCount where !placed.isUsable[m][i] {
        for c in 0..<byLog.columnCount { byLog[i, c] = 0 }
      }
      let gradient = logSoftmaxGradient(posterior, byLog)
        .fixedOrderProduct(transposed: models[m].weights)
      rows[m].add(input.gradient(gradient, m), times: 1)
    }
  }
}

extension RelationalInput {
  /// From B_m to the patient's own standardised row: what neighbors bring stays as it is.
  func gradient(_ output: Matrix, _ m: Int) -> Matrix {
    let width = maps[m].basis?.columnCount ?? output.columnCount / (choice.partCount)
    var own = output.selecting(columns: Array(0..<width))
    if choice == .fusedMean { own.scale(by: 0.5) }
    return maps[m].basis.map { own.fixedOrderProduct(transposed: $0) } ?? own
  }
}

extension RelationChoice {
  /// Blocks of columns that it puts side by side.
  var partCount: Int {
    switch self {
    case .none, .fusedMean: 1
    case .own: 2
    case .ownAndFused: 3
    }
  }
}

extension PreparedModalities {
  /// From all rows to those of modalities that are not imputed; the others have none.
  func gradient(_ rows: [Matrix]) -> [Matrix] {
    guard !imputers.isEmpty else { return rows }
    var result = rows
    let sources = rows.indices.filter { imputers[$0] == nil }
    for m in rows.indices {
      guard let imputer = imputers[m] else { continue }
      let back = rows[m].fixedOrderProduct(transposed: imputer.weights)
      var start = 0
      for source in sources {
        let end = start + rows[source].columnCount
        result[source].add(back.selecting(columns: Array(start..<end)), times: 1)
        start = end
      }
      result[m].scale(by: 0)
    }
    return result
  }
}

/// Through a softmax: p_c (g_c − Σ p g).
private func softmaxGradient(_ p: Matrix, _ output: Matrix) -> Matrix {
  var result = output
  for i in 0..<p.rowCount {
    let mean = zip(p.row(i), output.row(i)).reduce(0) { $0 + $1.0 * $1.1 }
    for c in 0..<p.columnCount { result[i, c] = p[i, c] * (output[i, c] - mean) }
  }
  return result
}

/// Through its logarithm: g_c − p_c Σ g.
private func logSoftmaxGradient(_ p: Matrix, _ output: Matrix) -> Matrix {
  var result = output
  for i in 0..<p.rowCount {
    let sum = output.row(i).reduce(0, +)
    for c in 0..<p.columnCount { result[i, c] -= p[i, c] * sum }
  }
  return result
}
