import LinearAlgebra

/// Limited-memory BFGS with a strong Wolfe line search (Nocedal & Wright 2006, algorithms 7.4, 7.5,
/// 3.5, 3.6), for smooth convex objectives; deterministic.
public struct LBFGS: Sendable {
  /// Number of correction pairs kept.
  public var memory: Int
  /// At most this many iterations.
  public var maximumIterations: Int
  /// Stops when the largest absolute gradient entry is at most this.
  public var gradientTolerance: Double
  /// Stops when the value changed by at most this share over one iteration.
  public var relativeTolerance: Double

  /// An optimiser that runs to convergence by default.
  public init(
    memory: Int = 20, maximumIterations: Int = 2_000, gradientTolerance: Double = 1e-6,
    relativeTolerance: Double = 1e-13
  ) {
    self.memory = memory
    self.maximumIterations = maximumIterations
    self.gradientTolerance = gradientTolerance
    self.relativeTolerance = relativeTolerance
  }

  /// Where a minimisation ended.
  public struct Outcome: Sendable {
    /// The point reached.
    public var point: [Double]
    /// The value there.
    public var value: Double
    /// Iterations made.
    public var iterations: Int
    /// Whether a tolerance was met (rather than the iteration limit).
    public var converged: Bool
  }

  /// Minimises `objective`, which returns the value at a point and writes the gradient.
  ///
  /// - Parameter curvatures: rough diagonal of the Hessian, > 0, to precondition with; nil for none.
  ///   It changes the path, never the minimum.
  public func minimize(
    from start: [Double], curvatures diagonal: [Double]? = nil,
    _ objective: (_ point: [Double], _ gradient: inout [Double]) -> Double
  ) -> Outcome {
    let preconditioner = diagonal.map { $0.map { 1 / $0 } }
    let count = start.count
    var point = start
    var gradient = [Double](repeating: 0, count: count)
    var value = objective(point, &gradient)
    var steps: [[Double]] = []
    var changes: [[Double]] = []
    var curvatures: [Double] = []
    for iteration in 0..<maximumIterations {
      if maximumMagnitude(gradient) <= gradientTolerance {
        return Outcome(point: point, value: value, iterations: iteration, converged: true)
      }
      var direction = descentDirection(gradient, steps, changes, curvatures, preconditioner)
      if dot(direction, gradient) >= 0 {
        steps.removeAll()
        changes.removeAll()
        curvatures.removeAll()
        direction = descentDirection(gradient, [], [], [], preconditioner)
      }
      let isUnscaled = steps.isEmpty && preconditioner == nil
      let firstStep = isUnscaled ? min(1, 1 / max(norm(gradient), 1e-300)) : 1
      var search = LineSearch(
        point: point, direction: direction, value: value, slope: dot(direction, gradient))
      guard let found = search.run(firstStep: firstStep, objective) else {
        if steps.isEmpty {
          return Outcome(point: point, value: value, iterations: iteration, converged: true)
        }
        steps.removeAll()
        changes.removeAll()
        curvatures.removeAll()
        continue
      }
      var step = direction
      var change = found.gradient
      for i in 0..<count {
        step[i] *= found.step
        change[i] -= gradient[i]
      }
      let curvature = dot(step, change)
      if curvature > 1e-300 {
        if steps.count == memory {
          steps.removeFirst()
          changes.removeFirst()
          curvatures.removeFirst()
        }
        steps.append(step)
        changes.append(change)
        curvatures.append(curvature)
      }
      let decrease = value - found.value
      point = found.point
      gradient = found.gradient
      value = found.value
      if decrease <= relativeTolerance * max(1, abs(value)) {
        return Outcome(point: point, value: value, iterations: iteration + 1, converged: true)
      }
    }
    return Outcome(
      point: point, value: value, iterations: maximumIterations, converged: false)
  }

  /// Two-loop recursion.
  private func descentDirection(
    _ gradient: [Double], _ steps: [[Double]], _ changes: [[Double]], _ curvatures: [Double],
    _ preconditioner: [Double]?
  ) -> [Double] {
    var direction = gradient.map { -$0 }
    var factors = [Double](repeating: 0, count: steps.count)
    for k in steps.indices.reversed() {
      factors[k] = dot(steps[k], direction) / curvatures[k]
      addScaled(&direction, changes[k], -factors[k])
    }
    var scaledChange = changes.last
    if let preconditioner {
      direction = multiplied(direction, by: preconditioner)
      scaledChange = scaledChange.map { multiplied($0, by: preconditioner) }
    }
    if let last = changes.last, let scaledChange, let curvature = curvatures.last {
      let scale = curvature / dot(last, scaledChange)
      for i in direction.indices { direction[i] *= scale }
    }
    for k in steps.indices {
      let factor = dot(changes[k], direction) / curvatures[k]
      addScaled(&direction, steps[k], factors[k] - factor)
    }
    return direction
  }
}
