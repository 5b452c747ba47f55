import Evaluation
import LinearAlgebra
import Testing
import _TestSupport

@Suite("Calibration")
struct CalibrationTests {
  @Test("Temperature of the reference logits")
  func golden() throws {
    let golden = Golden.shared["metrics"]
    let logits = golden["logits"].matrix
    let truth = golden["y"].ints
    let temperature = Temperature(fitting: logits, labels: truth)
    #expect(abs(temperature.value - golden["temperature_star"].double) <= 1e-6)
    let loss = try #require(logLoss(truth: truth, probabilities: temperature.probabilities(logits)))
    #expect(abs(loss - golden["log_loss_at_T_star"].double) <= 1e-10)
  }

  @Test("Scaled logits give a scaled temperature and equal probabilities")
  func scaling() {
    let golden = Golden.shared["metrics"]
    let logits = golden["logits"].matrix
    let truth = golden["y"].ints
    let once = Temperature(fitting: logits, labels: truth)
    let thrice = Temperature(fitting: 3 * logits, labels: truth)
    #expect(abs(thrice.value - 3 * once.value) <= 1e-5)
    // Unlabelled rows and zero weights are left out.
    let more = Matrix.vertical([logits, logits])
    let none = [Int](repeating: -1, count: truth.count)
    #expect(Temperature(fitting: more, labels: truth + none) == once)
    let weights = truth.map { _ in 2.0 } + truth.map { _ in 0.0 }
    let weighted = Temperature(
      fitting: more, labels: truth + truth.map { 3 - $0 }, rowWeights: weights)
    #expect(abs(weighted.value - once.value) <= 1e-6)
    #expect(Temperature(fitting: logits, labels: none).value == 1)
  }

  @Test("Bins hold every row once; edges belong below")
  func bins() throws {
    let probabilities = Matrix([[0.5, 0.5], [0.6, 0.4], [0.61, 0.39], [1, 0], [0.2, 0.8]])
    let bins = ReliabilityBins(truth: [0, 0, 1, 0, 0], probabilities: probabilities)
    #expect(bins.bins.map(\.count) == [0, 0, 0, 0, 1, 1, 1, 1, 0, 1])
    #expect(bins.bins[6].accuracy == 0 && bins.bins[6].confidence == 0.61)
    let expected = (0.5 + 0.4 + 0.61 + 0.8 + 0) / 5
    #expect(abs(try #require(bins.expectedCalibrationError) - expected) <= 1e-12)
  }
}
