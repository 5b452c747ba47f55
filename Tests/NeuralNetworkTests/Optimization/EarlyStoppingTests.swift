import NeuralNetwork
import Testing

@Suite("Early stopping")
struct EarlyStoppingTests {
  @Test("The better score is kept, on ties of the first part by the second")
  func stopping() {
    var stopping = EarlyStopping<String>(patience: 10)
    stopping.note(score: [0.5, -1], epoch: 5, "a")
    stopping.note(score: [0.5, -0.9], epoch: 10, "b")
    stopping.note(score: [0.5, -0.9], epoch: 15, "c")
    stopping.note(score: [0.4, -0.1], epoch: 19, "d")
    #expect(stopping.best == "b" && !stopping.isOver(epoch: 19) && stopping.isOver(epoch: 20))
  }

  @Test("A score that is no number is no better than one that is")
  func notANumber() {
    var stopping = EarlyStopping<String>(patience: 10)
    stopping.note(score: [0], epoch: 1, "a")
    stopping.note(score: [.nan], epoch: 2, "b")
    #expect(stopping.best == "a")
  }
}
