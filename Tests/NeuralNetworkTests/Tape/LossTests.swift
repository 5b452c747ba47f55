import LinearAlgebra
import NeuralNetwork
import Testing
import _TestSupport

@Suite("Losses on a tape")
struct LossTests {
  private let golden = Golden.shared["kd"]

  /// (1-λ) CE + λ T² KL of the golden rows, averaged.
  private func recorded(
    share: Double
  ) -> (tape: Tape, logits: Tape.Variable, plain: Tape.Variable, total: Tape.Variable, kl: Double) {
    let temperature = golden["T"].double
    let student = golden["student_logits"].matrix
    let teacher = softmaxRows((1 / temperature) * golden["teacher_logits"].matrix)
    var targets = Matrix(rows: 2, columns: 3)
    for (i, label) in golden["labels"].ints.enumerated() { targets[i, label] = 1 }
    var tape = Tape()
    let logits = tape.leaf(student)
    let plain = tape.crossEntropy(logits, targets: targets, rowWeights: [0.5, 0.5])
    let taught = tape.distillation(
      logits, teacher: teacher, temperature: temperature, rowWeights: [0.5, 0.5])
    let total = tape.weightedSum([plain, taught], coefficients: [1 - share, share])
    let divergence = tape.scalar(of: taught) / (temperature * temperature)
    return (tape, logits, plain, total, divergence)
  }

  @Test("Distillation agrees with the reference")
  func distillation() {
    let (tape, logits, plain, total, divergence) = recorded(share: golden["lam"].double)
    #expect(abs(tape.scalar(of: plain) - golden["ce"].double) < 1e-10)
    #expect(abs(divergence - golden["kl"].double) < 1e-10)
    #expect(abs(tape.scalar(of: total) - golden["loss"].double) < 1e-10)
    let gradient = tape.gradients(of: total, for: [logits])[0]
    #expect(gradient.maximumDifference(from: golden["grad_student_logits"].matrix) < 1e-10)
  }

  @Test("Without weight, distillation is plain cross-entropy, bit for bit")
  func unweighted() {
    let (tape, logits, plain, total, _) = recorded(share: 0)
    #expect(tape.scalar(of: total) == tape.scalar(of: plain))
    #expect(
      tape.gradients(of: total, for: [logits]) == tape.gradients(of: plain, for: [logits]))
  }

  @Test("A teacher that agrees gives no gradient")
  func agreement() {
    var stream = RandomStream(seed: 2, name: "agreement")
    let student = stream.normalMatrix(rows: 4, columns: 3)
    var tape = Tape()
    let logits = tape.leaf(student)
    let loss = tape.distillation(
      logits, teacher: softmaxRows(0.5 * student), temperature: 2,
      rowWeights: [Double](repeating: 0.25, count: 4))
    let zero = Matrix(rows: 4, columns: 3)
    #expect(abs(tape.scalar(of: loss)) < 1e-14)
    #expect(tape.gradients(of: loss, for: [logits])[0].maximumDifference(from: zero) < 1e-15)
  }

  @Test("At high temperature the gradient is that of matching centred logits")
  func highTemperature() {
    var stream = RandomStream(seed: 2, name: "high temperature")
    let (student, teacher) = (
      stream.normalMatrix(rows: 1, columns: 3), stream.normalMatrix(rows: 1, columns: 3)
    )
    var tape = Tape()
    let logits = tape.leaf(student)
    let temperature = 1e4
    let loss = tape.distillation(
      logits, teacher: softmaxRows((1 / temperature) * teacher), temperature: temperature,
      rowWeights: [1])
    func centred(_ m: Matrix) -> Matrix {
      let mean = m.values.reduce(0, +) / 3
      return m.mapValues { $0 - mean }
    }
    let expected = (1.0 / 3) * (centred(student) - centred(teacher))
    #expect(tape.gradients(of: loss, for: [logits])[0].maximumDifference(from: expected) < 1e-3)
  }

  @Test("Dropout keeps an entry where its draw is at least the rate, row by row")
  func dropout() {
    let streams = RandomStreams(seed: 4, prefix: "epoch=3")
    var tape = Tape()
    let input = tape.leaf(Matrix(rows: 20, columns: 7, repeating: 1))
    let output = tape.dropout(input, rate: 0.3, name: "input")
    #expect(tape.value(of: output) == tape.value(of: input))
    tape.evaluate(dropout: streams)
    var stream = streams.stream("input")
    let expected = (0..<140).map { _ in stream.uniform() >= 0.3 ? 1 / 0.7 : 0 }
    #expect(tape.value(of: output).values == expected)
    tape.evaluate(dropout: nil)
    #expect(tape.value(of: output) == tape.value(of: input))
  }
}
