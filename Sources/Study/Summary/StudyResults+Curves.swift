import Evaluation
import LinearAlgebra

extension StudyResults {
  /// Areas under macro-F1 over strengths, for every curve through the settings.
  func curves(_ scores: SettingScores) -> [RobustnessSummary.Curve] {
    SettingCurve.curves(through: plan.settings).compactMap { curve($0, scores) }
  }

  private func curve(
    _ curve: SettingCurve, _ scores: SettingScores
  ) -> RobustnessSummary.Curve? {
    let weighted = zip(curve.points, curve.weights).flatMap { point, weight in
      point.settings.compactMap { setting in
        plan.settings.firstIndex(of: setting).map {
          (setting: $0, weight: weight / Double(point.settings.count))
        }
      }
    }
    let areas = plan.methods.indices.compactMap { scores.mean(method: $0, over: weighted) }
    guard areas.count == plan.methods.count, let first = weighted.first else { return nil }
    func design(_ ratio: Double) -> ReplicateDesign {
      plan.design(of: plan.settings[first.setting], testTrainRatio: ratio)
    }
    let spreads = areas.map { FoldSpread(values: $0.values, design: design($0.testTrainRatio)) }
    let single = bestSingle(spreads)
    return RobustnessSummary.Curve(
      condition: curve.condition, under: curve.under.name, axis: curve.axis,
      logarithmic: curve.isLogarithmic,
      points: curve.points.map {
        RobustnessSummary.Point(x: $0.x, settings: $0.settings.map(\.name))
      },
      areas: zip(plan.methods, spreads).map { method, spread in
        RobustnessSummary.Area(
          method: method, mean: spread?.mean, sd: spread?.standardDeviation,
          ci95: spread?.interval.map(StudySummary.Bounds.init))
      },
      comparisons: [plan.methods.firstIndex(of: "joint"), single].compactMap { $0 }
        .flatMap { compare(areas, to: $0, design) },
      bestSingle: single.map { plan.methods[$0] })
  }

  /// The method on one modality with the largest area; the first on ties.
  private func bestSingle(_ spreads: [FoldSpread?]) -> Int? {
    let names = Set(plan.cohort.table.modalities.map(\.name))
    let single = plan.methods.indices.filter { index in
      let method = plan.methods[index]
      guard let colon = method.firstIndex(of: ":") else { return false }
      return names.contains(String(method[method.index(after: colon)...]))
    }
    return single.filter { spreads[$0] != nil }
      .max { (spreads[$0]?.mean ?? 0) < (spreads[$1]?.mean ?? 0) }
  }

  /// Every other method’s area minus that of one, with Holm’s correction over the methods.
  private func compare(
    _ areas: [SettingScores.Entry], to opponent: Int, _ design: (Double) -> ReplicateDesign
  ) -> [StudySummary.PairedComparison] {
    let others = areas.indices.filter { $0 != opponent }
    let tests = others.map { index in
      PairedTest(
        differences: areas[index].differences(to: areas[opponent]),
        design: design(areas[index].testTrainRatio))
    }
    let corrected = MultipleTesting.holm(tests.map { $0?.p ?? 1 })
    return others.indices.map { position in
      let (index, test) = (others[position], tests[position])
      return StudySummary.PairedComparison(
        a: plan.methods[index], b: plan.methods[opponent], metric: "macro_f1_area",
        difference: test?.difference, standardError: test?.standardError, p: test?.p,
        pHolm: test.map { _ in corrected[position] },
        ci95: test.map { StudySummary.Bounds($0.interval()) },
        bootstrapCI95: PatientBootstrap.interval(
          areas[index].resampled, minus: areas[opponent].resampled
        ).map(StudySummary.Bounds.init), detectable: test?.smallestDetectableDifference(),
        identical: areas[index].values == areas[opponent].values)
    }
  }
}
