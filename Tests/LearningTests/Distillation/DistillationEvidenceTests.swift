import Learning
import LinearAlgebra
import Testing

@Suite struct DistillationEvidenceTests {
  private static let labels = (0..<300).map { $0 % 3 }

  private static func pair(
    _ representation: HeadReadings.Representation = .leadingComponents, teacherKnows: Bool = true,
    nearCopy: Bool = false
  ) -> MadeUpReadings {
    var stream = RandomStream(seed: 3, name: "evidence")
    let teacher = MadeUpReadings.predictive(
      labels, classCount: 3, strength: teacherKnows ? 2 : 0, stream: &stream)
    var student = MadeUpReadings.predictive(
      labels, classCount: 3, strength: 2, stream: &stream)
    if nearCopy {
      student = teacher
      student.add(stream.normalMatrix(rows: labels.count, columns: 3), times: 1e-3)
    }
    var made = MadeUpReadings(labels: labels, classCount: 3, teacher: teacher, student: student)
    made.representation = representation
    return made
  }

  @Test(
    "A student that nearly copies a predictive teacher opens the paper's gate",
    arguments: [HeadReadings.Representation.leadingComponents, .withoutLargestClass])
  func nearCopy(_ representation: HeadReadings.Representation) throws {
    let evidence = try Self.pair(representation, nearCopy: true).evidence()
    let decision = DistillationRule.complementarity.decision(on: evidence)
    #expect(decision.gate > 0.95 && decision.verdict == .distil)
    #expect(evidence.teacherStudent > evidence.studentLabel)
  }

  @Test(
    "A teacher independent of a predictive student closes it",
    arguments: [HeadReadings.Representation.leadingComponents, .withoutLargestClass])
  func independentTeacher(_ representation: HeadReadings.Representation) throws {
    let evidence = try Self.pair(representation, teacherKnows: false).evidence()
    let decision = DistillationRule.complementarity.decision(on: evidence)
    #expect(decision.gate < 0.05 && decision.verdict == .no)
    #expect(evidence.skill.value < 0 && evidence.gapSupply < 0)
  }

  @Test(
    "Names of classes do not matter",
    arguments: [HeadReadings.Representation.leadingComponents, .withoutLargestClass])
  func classNames(_ representation: HeadReadings.Representation) throws {
    let made = Self.pair(representation)
    let evidence = try made.evidence()
    for order in [[1, 2, 0], [2, 1, 0]] {
      // Equal class counts: which column is dropped may change, what the others span may not.
      let renamed = try made.renamed(order).evidence()
      for (a, b) in [
        (evidence.studentLabel, renamed.studentLabel),
        (evidence.teacherLabel, renamed.teacherLabel),
        (evidence.skill.value, renamed.skill.value),
        (evidence.skill.standardError, renamed.skill.standardError),
        (evidence.labelEntropy, renamed.labelEntropy),
      ] {
        #expect(abs(a - b) < 1e-9)
      }
      // Normal scores are taken column by column, so that dropping another column is not quite the
      // same; the components of all columns are.
      let tolerance = representation == .leadingComponents ? 1e-9 : 0.02
      #expect(abs(evidence.teacherStudent - renamed.teacherStudent) < tolerance)
    }
  }

  @Test("Only patients who have both modalities count")
  func missingRows() throws {
    var made = Self.pair()
    for i in stride(from: 0, to: 300, by: 4) { made.isMeasured[0][i] = false }
    for i in stride(from: 1, to: 300, by: 5) { made.isMeasured[1][i] = false }
    let evidence = try made.evidence()
    #expect(evidence.commonCount == 180 && evidence.labelledCount == 300)
    var scrambled = made
    for i in 0..<300 where !made.isMeasured[0][i] || !made.isMeasured[1][i] {
      for m in 0..<2 { scrambled.logits[m].setRow(i, [9, -9, 0]) }
    }
    #expect(try scrambled.evidence() == evidence)
  }

  @Test("Too few patients: unreliable below 50, insufficient below 10 or two per class")
  func few() throws {
    func evidence(_ count: Int) throws -> DistillationEvidence {
      var made = Self.pair()
      for i in count..<300 { made.isMeasured[0][i] = false }
      return try made.evidence()
    }
    let (enough, few, tooFew) = (try evidence(51), try evidence(48), try evidence(9))
    #expect(enough.isReliable && enough.isSufficient)
    #expect(!few.isReliable && few.isSufficient)
    #expect(!tooFew.isSufficient)
    #expect(DistillationRule.complementarity.decision(on: few).gate == 0.5)
    for rule in DistillationRule.allCases {
      let decision = rule.decision(on: tooFew)
      #expect(decision.verdict == .no && decision.gate == 0 && decision.lossWeight == 0)
      #expect(decision.reason.contains("too few"))
    }
    let nobody = try evidence(0)
    #expect(nobody.teacherStudent == 0 && nobody.studentLabel == 0 && nobody.skill.value == 0)
  }
}
