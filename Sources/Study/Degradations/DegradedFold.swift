import LinearAlgebra

/// All that a degradation may know of a replicate: who may train and with which label, who is
/// tested, and the streams to draw from. It holds no label of a tested patient.
package struct DegradedFold: Sendable {
  /// Rows on the training side, ascending: labelled, with or without their label in the study, and
  /// unlabelled ones.
  package let trainingRows: [Int]
  /// True class of each training row, -1 where unlabelled.
  package let trainingLabels: [Int]
  /// Class names.
  package let classes: [String]
  /// Rows to be predicted, ascending.
  package let testRows: [Int]
  /// Streams of the replicate.
  package let streams: RandomStreams

  /// A replicate as degradations see it.
  package init(
    trainingRows: [Int], trainingLabels: [Int], classes: [String], testRows: [Int],
    streams: RandomStreams
  ) {
    precondition(trainingRows.count == trainingLabels.count, "one label per training row")
    self.trainingRows = trainingRows
    self.trainingLabels = trainingLabels
    self.classes = classes
    self.testRows = testRows
    self.streams = streams
  }

  /// The stream of a degradation; the same at every strength.
  package func stream(of degradation: some Degradation, _ part: String = "") -> RandomStream {
    let name = "degradation/\(type(of: degradation).word):\(degradation.modality)"
    return streams.stream(part.isEmpty ? name : "\(name)/\(part)")
  }

  /// The first of the measured rows in random order: a share of them, larger shares holding smaller
  /// ones.
  package func share(
    _ share: Double, ofMeasured rows: [Int], isMeasured: [Bool], _ stream: RandomStream
  ) -> [Int] {
    var stream = stream
    var order = rows.filter { isMeasured[$0] }
    stream.shuffle(&order)
    return Array(order.prefix(Int((share * Double(order.count)).rounded())))
  }
}
