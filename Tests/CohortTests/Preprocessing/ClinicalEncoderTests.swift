import Cohort
import Testing

@Suite struct ClinicalEncoderTests {
  private let training = [
    Covariate(name: "age", values: .numeric([40, .nan, 50, 60])),
    Covariate(name: "sex", values: .categorical(["m", "f", nil, "m"])),
    Covariate(name: "site", values: .categorical(["a", "a", "a", "a"])),
    Covariate(name: "year", values: .numeric([2_000, 2_000, 2_000, 2_000])),
    Covariate(name: "empty", values: .numeric([.nan, .nan, .nan, .nan])),
  ]

  @Test func fillsStandardisesAndMarks() {
    let encoder = ClinicalEncoder(training: training, clip: 8)
    #expect(encoder.featureCount == 3)
    let features = encoder.features(training, patientCount: 4)
    // Filled 40, 50, 50, 60: mean 50, variance 200/3.
    let unit = 10 / (200.0 / 3).squareRoot()
    #expect(abs(features[0, 0] + unit) < 1e-12)
    #expect(features[1, 0] == 0 && features[2, 0] == 0)
    #expect(Array(features.row(0).dropFirst()) == [0, 1])
    #expect(Array(features.row(1).dropFirst()) == [1, 0])
    #expect(Array(features.row(2).dropFirst()) == [0, 0])
  }

  @Test func newPatientsAreCoded() {
    let encoder = ClinicalEncoder(training: training, clip: 2)
    let new = [
      Covariate(name: "sex", values: .categorical(["x", "f"])),
      Covariate(name: "age", values: .numeric([1_000, .nan])),
    ]
    let features = encoder.features(new, patientCount: 2)
    #expect(Array(features.row(0)) == [2, 0, 0])
    #expect(Array(features.row(1)) == [0, 1, 0])
    #expect(encoder.features([], patientCount: 1).values == [0, 0, 0])
    let otherKind = [Covariate(name: "age", values: .categorical(["old"]))]
    #expect(encoder.features(otherKind, patientCount: 1).values == [0, 0, 0])
  }
}
