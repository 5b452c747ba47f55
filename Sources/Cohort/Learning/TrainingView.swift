/// All that a learner may see while it is fitted: training patients and their labels.
///
/// The first `trainingCount` patients of ``table`` are the training patients T (labelled and
/// unlabelled). Only in transductive mode do further rows follow: features, never labels, of the
/// patients to be predicted, for the patient graph alone.
///
/// Whatever order its parts are given in, a view has training patients, patients to be predicted,
/// modalities and columns in the order of their names. So inner folds, initial weights, random
/// streams, ties and sums of every learner follow names, and no order of a cohort changes a number.
public struct TrainingView: Sendable {
  /// Training patients, then (transductive mode only) the patients to be predicted, each part in
  /// the order of their identifiers.
  public let table: PatientTable
  /// Class index of each training patient, -1 where unlabelled; `trainingCount` entries.
  public let labels: [Int]
  /// Class names in sorted order; labels index into them.
  public let classes: [String]
  /// Group of each training patient, where patients of a group must stay together in inner folds.
  public let groups: [String]?

  /// Creates a view; `labels` covers the first rows of `table`, in whatever order.
  ///
  /// - Complexity: O(patients + columns) where the table is in order, else a copy of it.
  public init(table: PatientTable, labels: [Int], classes: [String], groups: [String]? = nil) {
    precondition(labels.count <= table.patientCount, "labels must not exceed patients")
    precondition(groups == nil || groups?.count == labels.count, "one group per training patient")
    let trained = nameOrder(Array(table.patients.prefix(labels.count)))
    let others = nameOrder(Array(table.patients.dropFirst(labels.count)))
    let rows = trained + others.map { $0 + labels.count }
    let columns = table.orderingColumns()
    self.table = rows == Array(table.patients.indices) ? columns : columns.selecting(rows: rows)
    self.labels = trained.map { labels[$0] }
    self.classes = classes
    self.groups = groups.map { groups in trained.map { groups[$0] } }
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
