import Cohort
import Evaluation
import LinearAlgebra
import Testing

@testable import Study

@Suite struct DefaultSettingsTests {
  private func names(
    _ kind: RobustnessKind, modalities: [(String, Int)] = [("a", 100), ("b", 3)],
    sizes: LabelDraws.Sizes = .range(4...200)
  ) -> [String] {
    DefaultSettings(
      modalities: modalities.map { name, count in
        ModalityTable(
          name: name, featureNames: (0..<count).map { "f\($0)" },
          values: Matrix(rows: 1, columns: count))
      }, outcome: NominalOutcome(column: "label", texts: ["x", "y", "y", nil]), sizes: sizes
    ).names(kind)
  }

  @Test func labelsDoubleFromTwenty() {
    #expect(names(.samples) == ["n=20", "n=40", "n=80", "n=160", "full"])
    #expect(names(.samples, sizes: .range(24...100)) == ["n=40", "n=80", "full"])
    #expect(names(.samples, sizes: .range(4...18)) == ["n=9", "full"])
    #expect(names(.samples, sizes: .range(4...4)) == ["full"])
    #expect(names(.samples, sizes: .list([40, 80])) == ["n=40", "n=80", "full"])
  }

  @Test func everyModalityIsMadeWorse() {
    #expect(
      names(.information) == [
        "full", "noise:a=1", "noise:a=2", "noise:a=4", "replace:a", "features:a=5",
        "features:a=25", "permute:a=0.5", "noise:b=1", "noise:b=2", "noise:b=4", "replace:b",
        "features:b=1", "permute:b=0.5",
      ])
  }

  @Test func everyProperSubsetIsMissing() {
    #expect(
      names(.missing) == [
        "full", "missing:a", "missing:b", "gaps:a=0.5", "gaps:b=0.5", "class-gaps:a=y",
        "class-gaps:b=y",
      ])
    func subsets(_ count: Int) -> [String] {
      names(.missing, modalities: (0..<count).map { ("m\($0)", 2) })
        .filter { $0.hasPrefix("missing:") }
    }
    #expect(subsets(1).isEmpty)
    #expect(subsets(3).count == 6)
    #expect(subsets(4).count == 14)
    #expect(Set(subsets(4)).count == 14)
    #expect(subsets(5).count == 10)
    #expect(subsets(5).last == "missing:m0+missing:m1+missing:m2+missing:m3")
  }

  @Test func defaultsCanBeStudied() throws {
    for kind in RobustnessKind.allCases {
      var options = quickOptions()
      options.robustness = RobustnessOptions(kind: kind, draws: 2)
      let plan = try StudyPlan(cohort: smallCohort(), options: options, providers: [.forTests])
      #expect(plan.settings.contains(.full))
      #expect(plan.settings.count > 1)
    }
  }
}
