/// How the patients of one modality's file join with those of the labels.
public struct FileJoin: Codable, Equatable, Sendable {
  /// File name.
  public let file: String
  /// Modality.
  public let modality: String
  /// Patients in the file.
  public let patientCount: Int
  /// Patients of the file that are not among the labels; 0 where there are no labels.
  public let absentFromLabels: Int
  /// Up to five of them.
  public let examples: [String]
  /// Patients of the labels that are not in the file.
  public let absentFromFile: Int

  /// Creates a record.
  public init(
    file: String, modality: String, patientCount: Int, absentFromLabels: Int, examples: [String],
    absentFromFile: Int
  ) {
    self.file = file
    self.modality = modality
    self.patientCount = patientCount
    self.absentFromLabels = absentFromLabels
    self.examples = examples
    self.absentFromFile = absentFromFile
  }

  /// Dots where there are more than the examples.
  var ellipsis: String { absentFromLabels > examples.count ? ", …" : "" }
}
