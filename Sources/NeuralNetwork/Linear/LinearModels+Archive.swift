import LinearAlgebra

extension SoftmaxRegression.Model {
  /// Writes weights and biases.
  public func archive(to writer: inout ArchiveWriter) {
    writer.write("weights", weights)
    writer.write("biases", biases)
  }

  /// Reads what ``archive(to:)`` wrote, for so many features and classes.
  ///
  /// - Throws: ``ArchiveError`` for a part that is absent or of another shape.
  public init(from reader: ArchiveReader, features: Int, classes: Int) throws(ArchiveError) {
    self.init(
      weights: try reader.matrix("weights", rows: features, columns: classes),
      biases: try reader.vector("biases", count: classes))
  }
}
