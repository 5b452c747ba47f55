import Learning
import Testing

@Suite("Audit: questions")
struct AuditQuestionTests {
  private func terms(_ question: AuditQuestion, _ measured: [Int]) -> AuditQuestion.Terms? {
    question.terms(measured: measured, modalityCount: 3)
  }

  @Test("A patient is asked about what he has, among those who have the same")
  func measured() {
    #expect(terms(.alone(1), [0, 2]) == nil)
    #expect(terms(.alone(1), [0, 1]) == .init(inputs: [1], joint: [], stratum: [1]))
    #expect(terms(.together, []) == nil)
    #expect(terms(.together, [2]) == .init(inputs: [2], joint: [], stratum: [2]))
    #expect(
      terms(.together, [0, 2]) == .init(inputs: [0, 2], joint: [0, 1, 2], stratum: [0, 2]))
    // Without its only modality a patient has nothing left, among those who have that one.
    #expect(terms(.without(2), [2]) == .init(inputs: [], joint: [], stratum: [2]))
    #expect(
      terms(.without(1), [0, 1, 2]) == .init(inputs: [0, 2], joint: [0, 2], stratum: [0, 1, 2]))
    #expect(terms(.both(0, 2), [0, 1]) == nil)
    #expect(terms(.beside(2, other: 0), [0, 2]) == .init(inputs: [2], joint: [], stratum: [0, 2]))
  }

  @Test("Clinical columns come after the modalities")
  func clinical() {
    #expect(terms(.clinical, []) == .init(inputs: [3], joint: [], stratum: []))
    #expect(terms(.clinicalBeside, [1]) == .init(inputs: [3], joint: [], stratum: [1]))
    #expect(
      terms(.clinicalAndTogether, [0, 1])
        == .init(inputs: [0, 1, 3], joint: [0, 1, 2], stratum: [0, 1]))
  }
}
