import Cohort
import Evaluation
import LinearAlgebra
import Testing

@testable import Study

@Suite struct SettingCurveTests {
  private func curves(_ names: [String], _ kind: RobustnessKind = .information) throws
    -> [SettingCurve]
  {
    let parser = SettingParser(
      modalities: [("a", 64), ("b", 8), ("c", 2)].map { name, count in
        ModalityTable(
          name: name, featureNames: (0..<count).map { "f\($0)" },
          values: Matrix(rows: 1, columns: count))
      }, classes: ["x", "y"], kind: kind, sizes: .range(4...500))
    return SettingCurve.curves(through: try parser.settings(names))
  }

  @Test func strengthsStandInOrderFromTheCleanSetting() throws {
    let curves = try curves(["noise:a=4", "full", "noise:a=1", "features:a=16", "replace:a"])
    #expect(curves.map(\.condition) == ["noise:a", "features:a"])
    #expect(curves[0].points.map(\.x) == [0, 1, 4])
    #expect(
      curves[0].points.map { $0.settings.map(\.name) } == [["full"], ["noise:a=1"], ["noise:a=4"]])
    #expect(curves[1].points.map(\.x) == [16, 64])
    #expect(curves[1].isLogarithmic)
  }

  @Test func areasFollowTheTrapezoidalRule() throws {
    let noise = try curves(["full", "noise:a=1", "noise:a=4"])[0]
    // ∫ over 0…4 of a piecewise linear function through (0, 3), (1, 5), (4, 1), divided by 4.
    let area = zip(noise.weights, [3.0, 5, 1]).map(*).reduce(0, +)
    #expect(abs(area - (4 + 9) / 4.0) < 1e-12)
    let labels = try curves(["n=20", "n=40", "n=160"], .samples)[0]
    #expect(labels.condition == "n")
    // Logarithms to base two: steps of 1 and 2.
    for (weight, expected) in zip(labels.weights, [1.0 / 6, 3.0 / 6, 2.0 / 6]) {
      #expect(abs(weight - expected) < 1e-12)
    }
  }

  @Test func settingsDifferInOneConditionAlone() throws {
    let curves = try curves([
      "n=40", "n=80", "n=40+replace:b", "n=80+replace:b", "n=40+noise:a=2", "full",
    ])
    #expect(curves.map(\.under.name) == ["full", "replace:b", "n=40"])
    #expect(curves.map(\.condition) == ["n", "n", "noise:a"])
    // All labels are not on the scale of drawn ones.
    #expect(curves[0].points.map(\.x) == [40, 80])
    #expect(try self.curves(["noise:a=2", "replace:b"]).isEmpty)
  }

  @Test func missingModalitiesAreCounted() throws {
    let curves = try curves(
      ["full", "missing:a", "missing:b", "missing:a+missing:b", "gaps:c=0.5"], .missing)
    #expect(curves.map(\.condition) == ["missing", "gaps:c"])
    #expect(curves[0].points.map(\.x) == [0, 1, 2])
    #expect(curves[0].points[1].settings.map(\.name) == ["missing:a", "missing:b"])
  }
}
