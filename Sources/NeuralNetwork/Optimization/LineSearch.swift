import LinearAlgebra

/// Strong Wolfe line search along a descent direction.
struct LineSearch {
  struct Found {
    var step: Double
    var point: [Double]
    var value: Double
    var gradient: [Double]
  }

  private let point: [Double]
  private let direction: [Double]
  private let value: Double
  private let slope: Double
  private let sufficientDecrease = 1e-4
  private let curvature = 0.9

  init(point: [Double], direction: [Double], value: Double, slope: Double) {
    self.point = point
    self.direction = direction
    self.value = value
    self.slope = slope
  }

  typealias Objective = (_ point: [Double], _ gradient: inout [Double]) -> Double

  private func evaluate(_ step: Double, _ objective: Objective) -> (Found, slope: Double) {
    var moved = point
    addScaled(&moved, direction, step)
    var gradient = [Double](repeating: 0, count: point.count)
    let value = objective(moved, &gradient)
    let found = Found(step: step, point: moved, value: value, gradient: gradient)
    return (found, dot(gradient, direction))
  }

  /// A step that meets both conditions, or the best one that decreases; nil if none does.
  mutating func run(firstStep: Double, _ objective: Objective) -> Found? {
    var previousStep = 0.0
    var previousValue = value
    var previousSlope = slope
    var step = firstStep
    for iteration in 0..<30 {
      let (trial, trialSlope) = evaluate(step, objective)
      let tooHigh =
        !trial.value.isFinite || trial.value > value + sufficientDecrease * step * slope
        || (iteration > 0 && trial.value >= previousValue)
      if tooHigh {
        return zoom(
          (previousStep, previousValue, previousSlope), (step, trial.value), objective)
      }
      if abs(trialSlope) <= -curvature * slope { return trial }
      if trialSlope >= 0 {
        return zoom((step, trial.value, trialSlope), (previousStep, previousValue), objective)
      }
      previousStep = step
      previousValue = trial.value
      previousSlope = trialSlope
      step *= 2
    }
    return nil
  }

  private func zoom(
    _ first: (step: Double, value: Double, slope: Double), _ second: (step: Double, value: Double),
    _ objective: Objective
  ) -> Found? {
    var low = first
    var high = second
    var best: Found?
    for _ in 0..<40 {
      let width = high.step - low.step
      // Quadratic through value and slope at the low end, kept inside the interval.
      let bend = high.value - low.value - low.slope * width
      var step = low.step + width / 2
      if bend.isFinite, bend > 0 {
        let guess = -low.slope * width * width / (2 * bend)
        let margin = 0.1 * abs(width)
        if abs(guess) > margin, abs(width) - abs(guess) > margin, guess * width > 0 {
          step = low.step + guess
        }
      }
      let (trial, trialSlope) = evaluate(step, objective)
      if !trial.value.isFinite || trial.value > value + sufficientDecrease * step * slope
        || trial.value >= low.value
      {
        high = (step, trial.value)
      } else {
        best = trial
        if abs(trialSlope) <= -curvature * slope { return trial }
        if trialSlope * (high.step - low.step) >= 0 { high = (low.step, low.value) }
        low = (step, trial.value, trialSlope)
      }
      if abs(high.step - low.step) < 1e-16 * max(1, abs(low.step)) { break }
    }
    if let best, best.value < value { return best }
    return nil
  }
}
