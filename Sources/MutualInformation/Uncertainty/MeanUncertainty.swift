import LinearAlgebra

/// Standard error sd/√n (divisor n - 1) of a mean; nil below 2 values.
func meanStandardError(_ values: [Double]) -> Double? {
  guard values.count >= 2 else { return nil }
  let mean = orderedMean(values)
  let variance =
    orderedSum(values.map { ($0 - mean) * ($0 - mean) }) / Double(values.count - 1)
  return (variance / Double(values.count)).squareRoot()
}

/// Interval of a mean: normal from 100 values, below that percentiles of 2,000 bootstrap means.
func meanInterval(
  _ values: [Double], confidence: Double, stream: RandomStream
) -> (Double, Double)? {
  guard let error = meanStandardError(values) else { return nil }
  let mean = orderedMean(values)
  if values.count >= 100 {
    let width = normalQuantile(0.5 + confidence / 2) * error
    return (mean - width, mean + width)
  }
  var stream = stream
  let count = values.count
  let means = (0..<2000).map { _ in
    (0..<count).reduce(0.0) { sum, _ in sum + values[stream.below(count)] } / Double(count)
  }.sorted()
  func quantile(_ probability: Double) -> Double {
    let position = probability * Double(means.count - 1)
    let below = min(max(Int(position), 0), means.count - 2)
    return means[below] + (position - Double(below)) * (means[below + 1] - means[below])
  }
  return (quantile((1 - confidence) / 2), quantile((1 + confidence) / 2))
}
