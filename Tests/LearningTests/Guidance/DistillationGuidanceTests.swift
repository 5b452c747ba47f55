import Learning
import LinearAlgebra
import Testing
import _TestSupport

@Suite struct DistillationGuidanceTests {
  @Test func goldenGate() {
    let golden = Golden.shared["cch_gate"]
    let gate = ComplementarityGate(
      teacherStudent: golden["I_ts"].double, studentLabel: golden["I_sy"].double,
      standardError: golden["se"].double, largestWeight: golden["lambda_max"].double)
    #expect(abs(gate.gate - golden["g"].double) < 1e-12)
    #expect(abs(gate.lossWeight - golden["lambda_s"].double) < 1e-12)
    #expect(gate.decision == .distil)
  }

  @Test func decisionsAndSkill() {
    func gate(_ difference: Double, skill: (Double, Double)? = nil) -> ComplementarityGate {
      ComplementarityGate(
        teacherStudent: 0.5 + difference, studentLabel: 0.5, standardError: 0.1, skill: skill)
    }
    #expect(gate(0.5).decision == .distil)
    #expect(gate(0).decision == .uncertain)
    #expect(gate(-0.5).decision == .no)
    #expect(gate(0.5, skill: (-0.2, 0.05)).decision == .no)
    #expect(abs(gate(0.5, skill: (0, 0.05)).gate - gate(0.5).gate / 2) < 1e-12)
    let gates = stride(from: -0.5, through: 0.5, by: 0.01).map { gate($0).gate }
    #expect(zip(gates, gates.dropFirst()).allSatisfy { $0 < $1 })
  }

  @Test func noSpreadAndUnreliable() {
    func sharp(_ teacherStudent: Double) -> Double {
      ComplementarityGate(
        teacherStudent: teacherStudent, studentLabel: 0.3, standardError: 0
      ).gate
    }
    #expect(sharp(0.4) == 1 && sharp(0.3) == 0.5 && sharp(0.2) == 0)
    let unreliable = ComplementarityGate(
      teacherStudent: 9, studentLabel: 0, standardError: 0.1, isReliable: false,
      largestWeight: 0.9)
    #expect(unreliable.gate == 0.5 && unreliable.lossWeight == 0.25)
    #expect(unreliable.decision == .uncertain)
  }

  @Test func gapTimesSupplyNeedsUnlabelledPatients() {
    #expect(
      abs(
        gapTimesSupply(teacherLabel: 0.9, studentLabel: 0.4, unlabelled: 609, labelled: 80)
          - 0.5 * 609 / 80) < 1e-12)
    #expect(gapTimesSupply(teacherLabel: 0.9, studentLabel: 0.4, unlabelled: 0, labelled: 80) == 0)
    #expect(gapTimesSupply(teacherLabel: 0.2, studentLabel: 0.4, unlabelled: 9, labelled: 9) < 0)
    #expect(gapTimesSupply(teacherLabel: 0.9, studentLabel: 0.4, unlabelled: 9, labelled: 0) == 0)
  }

  private static func goldenRisk() -> LinearDistillationRisk {
    let golden = Golden.shared["linear_gaussian_kd"]
    return LinearDistillationRisk(
      patientCount: golden["n"].int, degreesOfFreedom: golden["d"].double,
      teacherBias: golden["B"].double, labelVariance: golden["sy2"].double,
      teacherVariance: golden["st2"].double, covariance: golden["c"].double)
  }

  @Test func goldenLinearRisk() {
    let risk = Self.goldenRisk()
    let golden = Golden.shared["linear_gaussian_kd"]
    let extra = Golden.shared["linear_gaussian_kd_extra"]
    #expect(abs(risk.risk(teacherShare: 0) - golden["R0"].double) < 1e-12)
    #expect(abs(risk.bestTeacherShare - golden["a_star"].double) < 1e-12)
    #expect(abs(risk.risk(teacherShare: risk.bestTeacherShare) - extra["R_star"].double) < 1e-12)
    #expect(abs(risk.risk(teacherShare: 1) - extra["R1"].double) < 1e-12)
    #expect(risk.helps)
  }

  @Test func bestShareIsAMinimumAndSignTellsHelp() {
    var stream = RandomStream(seed: 1, name: "risk")
    for _ in 0..<200 {
      let (sy, st) = (0.2 + stream.uniform(), 0.2 + stream.uniform())
      let covariance = (2 * stream.uniform() - 1) * (sy * st).squareRoot()
      let risk = LinearDistillationRisk(
        patientCount: 30, degreesOfFreedom: Double(1 + stream.below(20)),
        teacherBias: stream.uniform(),
        labelVariance: sy, teacherVariance: st, covariance: covariance)
      let best = risk.bestTeacherShare
      #expect((best > 0) == risk.helps)
      for step in [-0.1, 0.1] {
        #expect(risk.risk(teacherShare: best) <= risk.risk(teacherShare: best + step))
      }
    }
  }

  @Test func simulationAgreesWithTheClosedForm() throws {
    let risk = Self.goldenRisk()
    let (n, d, draws) = (risk.patientCount, Int(risk.degreesOfFreedom), 2_000)
    let shares = [0, risk.bestTeacherShare, 1]
    var totals = [0.0, 0.0, 0.0]
    var stream = RandomStream(seed: 1, name: "simulation/risk")
    // Truth 0; the teacher's projection is √B along the first feature.
    let slope = risk.covariance / risk.labelVariance
    let rest = (risk.teacherVariance - slope * risk.covariance).squareRoot()
    for _ in 0..<draws {
      let features = stream.normalMatrix(rows: n, columns: d)
      var targets = Matrix(rows: n, columns: 2)
      for i in 0..<n {
        let residual = risk.labelVariance.squareRoot() * stream.normal()
        targets[i, 0] = residual
        targets[i, 1] =
          risk.teacherBias.squareRoot() * features[i, 0] + slope * residual
          + rest * stream.normal()
      }
      let normal = features.product(features, transposingSelf: true)
      let solution = try CholeskyFactor(normal).solve(
        features.product(targets, transposingSelf: true))
      for (k, a) in shares.enumerated() {
        for j in 0..<d {
          let weight = (1 - a) * solution[j, 0] + a * solution[j, 1]
          totals[k] += weight * weight
        }
      }
    }
    for (k, a) in shares.enumerated() {
      let expected = risk.risk(teacherShare: a)
      #expect(abs(totals[k] / Double(draws) - expected) < 0.05 * expected)
    }
  }

  @Test func simulationAgreesOnUnlabelledPatients() throws {
    let risk = LinearDistillationRisk(
      patientCount: 30, unlabelledCount: 60, degreesOfFreedom: 8, teacherBias: 0.3,
      labelVariance: 1, teacherVariance: 0.5, covariance: 0.4)
    let d = Int(risk.degreesOfFreedom)
    let draws = 2_000
    let shares = [0, risk.bestTeacherShare, 0.5, 1]
    var totals = [Double](repeating: 0, count: shares.count)
    var stream = RandomStream(seed: 1, name: "simulation/risk/unlabelled")
    func solution(_ n: Int, slope: Double, deviation: Double) throws -> Matrix {
      let features = stream.normalMatrix(rows: n, columns: d)
      var targets = Matrix(rows: n, columns: 1)
      for i in 0..<n { targets[i, 0] = slope * features[i, 0] + deviation * stream.normal() }
      return try CholeskyFactor(features.product(features, transposingSelf: true))
        .solve(features.product(targets, transposingSelf: true))
    }
    for _ in 0..<draws {
      // Truth 0; the teacher's projection is √B along the first feature.
      let own = try solution(30, slope: 0, deviation: 1)
      let taught = try solution(60, slope: 0.3.squareRoot(), deviation: 0.5.squareRoot())
      for (k, a) in shares.enumerated() {
        for j in 0..<d {
          let weight = (1 - a) * own[j, 0] + a * taught[j, 0]
          totals[k] += weight * weight
        }
      }
    }
    for (k, a) in shares.enumerated() {
      let expected = risk.risk(teacherShare: a)
      #expect(abs(totals[k] / Double(draws) - expected) < 0.05 * expected)
    }
    #expect(risk.helps)
    #expect(risk.risk(teacherShare: risk.bestTeacherShare) < risk.risk(teacherShare: 0))
  }
}
