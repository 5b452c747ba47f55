/// Location and spread of one feature over its observed values.
enum ColumnStatistics {
  /// Sum in a fixed order: eight running sums, then the rest, then the eight in turn. O(n).
  @inline(__always)
  static func sum(
    _ count: Int, _ term: (Int) -> Double
  ) -> Double {
    var lanes = SIMD8<Double>.zero
    let whole = count / 8 * 8
    for start in stride(from: 0, to: whole, by: 8) {
      for lane in 0..<8 { lanes[lane] += term(start &+ lane) }
    }
    var rest = 0.0
    for i in whole..<count { rest += term(i) }
    for lane in 0..<8 { rest += lanes[lane] }
    return rest
  }

  /// Mean and variance (ddof 1) of values without gaps; variance exactly 0 for a constant. O(n).
  static func moments(
    _ values: UnsafeBufferPointer<Double>
  ) -> (mean: Double, variance: Double) {
    guard let first = values.first, values.count > 1 else { return (values.first ?? 0, 0) }
    // Rounding of the mean must not give a large constant a variance.
    guard values.contains(where: { $0 != first }) else { return (first, 0) }
    let mean = sum(values.count) { values[$0] } / Double(values.count)
    let squares = sum(values.count) { (values[$0] - mean) * (values[$0] - mean) }
    return (mean, squares / Double(values.count - 1))
  }

  /// Median, the mean of the middle two for an even count; reorders `values`. O(n) on average.
  static func median(_ values: UnsafeMutableBufferPointer<Double>) -> Double {
    let count = values.count
    guard count > 0 else { return 0 }
    let upper = count / 2
    place(upper, in: values)
    if count % 2 == 1 { return values[upper] }
    var lower = values[0]
    for i in 1..<max(upper, 1) { lower = max(lower, values[i]) }
    // Halved before adding, so that two huge values do not overflow.
    return lower / 2 + values[upper] / 2
  }

  /// Hoare's selection: afterwards the entry at `rank` is the one sorting would put there, with no
  /// larger one before it.
  private static func place(_ rank: Int, in values: UnsafeMutableBufferPointer<Double>) {
    var low = 0
    var high = values.count - 1
    while low < high {
      let pivot = middle(values[low], values[(low + high) / 2], values[high])
      var i = low
      var j = high
      while i <= j {
        while values[i] < pivot { i &+= 1 }
        while values[j] > pivot { j &-= 1 }
        if i <= j {
          values.swapAt(i, j)
          i &+= 1
          j &-= 1
        }
      }
      if rank <= j { high = j } else if rank >= i { low = i } else { return }
    }
  }

  private static func middle(_ a: Double, _ b: Double, _ c: Double) -> Double {
    max(min(a, b), min(max(a, b), c))
  }
}
