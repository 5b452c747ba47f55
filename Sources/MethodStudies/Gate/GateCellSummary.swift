import Learning
import LinearAlgebra

/// Means over the draws of one pair.
struct GateCellSummary {
  /// Macro-F1 of the student left alone.
  let base: Double
  /// Gain of macro-F1 by distilling.
  let gain: Double
  /// Of the gain: √((1/J + 1/4) var) over J draws (Nadeau & Bengio), with the ratio of test to
  /// training patients of five folds.
  let standardError: Double
  /// Change of log loss by distilling; negative is better.
  let lossChange: Double
  /// Shares of draws in which the rules distil.
  let complementarityOpen: Double
  let gapSupplyOpen: Double
  let automaticOpen: Double
  /// Mean expected gain.
  let expected: Double

  init(_ cases: [GateCase]) {
    func mean(_ value: (GateCase) -> Double) -> Double { orderedMean(cases.map(value)) }
    func share(_ isOpen: (GateCase) -> Bool) -> Double { mean { isOpen($0) ? 1 : 0 } }
    base = mean { $0.value("base_f1") }
    let gains = cases.map(\.gain)
    let center = orderedMean(gains)
    gain = center
    let count = Double(gains.count)
    let variance =
      orderedSum(gains.map { ($0 - center) * ($0 - center) }) / max(count - 1, 1)
    standardError = ((1 / count + 0.25) * variance).squareRoot()
    lossChange = mean {
      $0.value($0.hasSupply ? "hard_loss" : "labels_loss") - $0.value("base_loss")
    }
    complementarityOpen = share { $0.value("i_ts") > $0.value("i_sy") }
    gapSupplyOpen = share {
      DistillationRule.gapSupply.decision(on: $0.evidence).verdict == .distil
    }
    automaticOpen = share {
      DistillationRule.automatic.decision(on: $0.evidence).verdict == .distil
    }
    expected = mean { DistillationRule.automatic.decision(on: $0.evidence).promise }
  }
}
