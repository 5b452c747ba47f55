/// All that a learner may see while it is fitted: training patients and their labels.
///
/// The first `trainingCount` patients of ``table`` are the training patients T (labelled and
/// unlabelled). Only in transductive mode do further rows follow: features, never labels, of the
/// patients to be predicted, for the patient graph alone.
public struct TrainingView: Sendable {
  /// Training patients, then (transductive mode only) the patients to be predicted.
  public let table: PatientTable
  /// Class index of each training patient, -1 where unlabelled; `trainingCount` entries.
  public let labels: [Int]
  /// Class names in sorted order; labels index into them.
  public let classes: [String]
  /// Group of each training patient, where patients of a group must stay together in inner folds.
  public let groups: [String]?

  /// Creates a view; `labels` covers the first rows of `table`.
  public init(table: PatientTable, labels: [Int], classes: [String], groups: [String]? = nil) {
    precondition(labels.count <= table.patientCount, "labels must not exceed patients")
    precondition(groups == nil || groups?.count == labels.count, "one group per training patient")
    self.table = table
    self.labels = labels
    self.classes = classes
    self.groups = groups
  }

  /// Number of training patients, #T.
  public var trainingCount: Int { labels.count }
  /// Number of classes, C.
  public var classCount: Int { classes.count }
  /// Whether features of the patients to be predicted are in ``table``.
  public var isTransductive: Bool { table.patientCount > labels.count }
  /// Rows of labelled training patients T_l, ascending.
  public var labelledRows: [Int] { labels.indices.filter { labels[$0] >= 0 } }
}
