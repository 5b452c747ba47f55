import Learning
import LinearAlgebra
import MutualInformation

/// Readings of two heads, `teacher` and `student`, with logits made by hand.
struct MadeUpReadings {
  var labels: [Int]
  var classCount: Int
  var logits: [Matrix]
  var isMeasured: [[Bool]]
  var unlabelled = 100
  var representation = HeadReadings.Representation.leadingComponents

  init(labels: [Int], classCount: Int, teacher: Matrix, student: Matrix) {
    self.labels = labels
    self.classCount = classCount
    logits = [teacher, student]
    isMeasured = [labels.map { _ in true }, labels.map { _ in true }]
  }

  /// Logits strength · [c = y] + noise.
  static func predictive(
    _ labels: [Int], classCount: Int, strength: Double, stream: inout RandomStream
  ) -> Matrix {
    var logits = stream.normalMatrix(rows: labels.count, columns: classCount)
    for (i, label) in labels.enumerated() { logits[i, label] += strength }
    return logits
  }

  /// The same patients with class c called `order[c]`.
  func renamed(_ order: [Int]) -> MadeUpReadings {
    var result = self
    result.labels = labels.map { order[$0] }
    for m in logits.indices {
      for i in labels.indices {
        for c in 0..<classCount { result.logits[m][i, order[c]] = logits[m][i, c] }
      }
    }
    return result
  }

  var readings: HeadReadings {
    let posteriors = logits.map(softmaxRows)
    var shares = [Double](repeating: 0, count: classCount)
    for label in labels { shares[label] += 1 / Double(labels.count) }
    return HeadReadings(
      modalities: ["teacher", "student"], labels: labels, classCount: classCount,
      isMeasured: isMeasured, posteriors: posteriors,
      labelTerms: posteriors.map { posterior in
        labels.indices.map {
          logarithm(posterior[$0, labels[$0]]) - logarithm(shares[labels[$0]])
        }
      },
      unlabelledPairs: [[unlabelled, unlabelled], [unlabelled, unlabelled]],
      representation: representation)
  }

  func evidence(teacher: Int = 0, student: Int = 1) throws -> DistillationEvidence {
    try DistillationEvidence(
      readings, teacher: teacher, student: student,
      blocks: RandomStream(seed: 1, name: "blocks"))
  }
}
