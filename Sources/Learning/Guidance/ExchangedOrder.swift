import LinearAlgebra

/// An order in which nobody keeps its place, for the control whose signals are exchanged among
/// modalities: one cycle, uniform among all (Sattolo 1986). A single modality stays.
///
/// - Parameter streams: stream `shuffled-guidance` below them, so that all parts of a fit exchange
///   alike.
func exchangedOrder(_ count: Int, _ streams: RandomStreams) -> [Int] {
  var stream = streams.stream("shuffled-guidance")
  var order = Array(0..<count)
  for i in stride(from: count - 1, through: 1, by: -1) {
    order.swapAt(i, stream.below(i))
  }
  return order
}
