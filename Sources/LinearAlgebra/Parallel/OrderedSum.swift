/// Sum with a fixed tree: leaves of 256 consecutive elements, each left to right, then pairs of
/// neighbors, an odd one passing up. The result does not depend on thread counts.
public func orderedSum(_ values: some RandomAccessCollection<Double>) -> Double {
  var partial = [Double]()
  var leaf = 0.0
  var inLeaf = 0
  for value in values {
    leaf += value
    inLeaf += 1
    if inLeaf == 256 {
      partial.append(leaf)
      leaf = 0
      inLeaf = 0
    }
  }
  if inLeaf > 0 { partial.append(leaf) }
  while partial.count > 1 {
    var next = [Double]()
    next.reserveCapacity(partial.count / 2 + 1)
    for i in stride(from: 0, to: partial.count, by: 2) {
      next.append(i + 1 < partial.count ? partial[i] + partial[i + 1] : partial[i])
    }
    partial = next
  }
  return partial.first ?? 0
}

/// Mean by ``orderedSum(_:)``; NaN for no values.
public func orderedMean(_ values: some RandomAccessCollection<Double>) -> Double {
  orderedSum(values) / Double(values.count)
}
