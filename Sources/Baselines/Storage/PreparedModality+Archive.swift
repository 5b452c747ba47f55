import Cohort
import LinearAlgebra

extension PreparedModality {
  /// Writes name and preprocessing.
  func archive(to writer: inout ArchiveWriter) {
    writer.write("name", texts: [name])
    if let preprocessor { writer.scoped("reading") { preprocessor.archive(to: &$0) } }
  }

  /// Reads what ``archive(to:)`` wrote.
  init(from reader: ArchiveReader) throws(ArchiveError) {
    let name = try reader.texts("name", count: 1)[0]
    self.init(
      name: name,
      preprocessor: reader.hasScope("reading")
        ? try FittedPreprocessor(from: reader.scoped("reading"), modality: name) : nil)
  }
}

extension SeenClasses {
  /// Writes the classes that occur.
  func archive(to writer: inout ArchiveWriter) { writer.write("seen", integers: classes) }

  /// Reads what ``archive(to:)`` wrote.
  init(from reader: ArchiveReader, classCount: Int) throws(ArchiveError) {
    let classes = try reader.ascendingIntegers("seen", in: 0..<classCount)
    guard !classes.isEmpty else {
      throw reader.error(.badValue, "seen", expected: "at least one class")
    }
    self.init(classes: classes, classCount: classCount)
  }
}
