import LinearAlgebra

/// Exponential moving average of parameters over steps, which wavers less than the parameters do
/// (Polyak & Juditsky 1992).
package struct ParameterAverage: Sendable {
  /// The average, one matrix per parameter.
  package private(set) var values: [Matrix]
  private let decay: Double
  private var stepCount = 0

  /// An average that starts at the given parameters; `decay` within 0..<1, 0 keeps the latest.
  ///
  /// Early on the decay is lower, t/(t + 10) at step t, so that the start is soon forgotten.
  package init(_ start: [Matrix], decay: Double) {
    precondition(decay >= 0 && decay < 1, "a decay lies in 0..<1")
    values = start
    self.decay = decay
  }

  /// Takes in the parameters after one more step.
  package mutating func add(_ parameters: [Matrix]) {
    stepCount += 1
    let kept = min(decay, Double(stepCount) / Double(stepCount + 10))
    for k in values.indices {
      values[k].scale(by: kept)
      values[k].add(parameters[k], times: 1 - kept)
    }
  }
}
