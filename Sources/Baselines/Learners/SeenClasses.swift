import LinearAlgebra

/// Classes that occur among labelled training patients: models are fitted over these alone, and a
/// class never seen gets probability 0.
struct SeenClasses: Sendable {
  /// Class indices that occur, ascending.
  let classes: [Int]
  /// Number of all classes.
  let classCount: Int

  init(labels: [Int], classCount: Int) {
    let seen = Set(labels)
    classes = (0..<classCount).filter { seen.contains($0) }
    self.classCount = classCount
  }

  /// Given classes.
  init(classes: [Int], classCount: Int) {
    self.classes = classes
    self.classCount = classCount
  }

  /// Labels as positions in ``classes``.
  func compact(_ labels: [Int]) -> [Int] {
    var position = [Int](repeating: -1, count: classCount)
    for (index, label) in classes.enumerated() { position[label] = index }
    return labels.map { position[$0] }
  }

  /// Probabilities over seen classes, over all classes.
  func expand(_ probabilities: Matrix) -> Matrix {
    if classes.count == classCount { return probabilities }
    var result = Matrix(rows: probabilities.rowCount, columns: classCount)
    for i in 0..<result.rowCount {
      for (position, c) in classes.enumerated() { result[i, c] = probabilities[i, position] }
    }
    return result
  }
}
