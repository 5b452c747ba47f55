import Cohort

/// Training patients without a label through whom one modality can teach another.
package struct UnlabelledSupply: Sendable {
  /// Modality names.
  package let modalities: [String]
  /// Per modality, whether each training patient has it.
  package let isMeasured: [[Bool]]
  private let unlabelled: [Int]

  /// The supply of a training set.
  ///
  /// - Parameters:
  ///   - labels: class of each training patient, negative where unlabelled.
  ///   - isMeasured: per modality, of the training patients at least.
  package init(modalities: [String], labels: [Int], isMeasured: [[Bool]]) {
    self.modalities = modalities
    self.isMeasured = isMeasured
    unlabelled = labels.indices.filter { labels[$0] < 0 }
  }

  /// Rows of unlabelled training patients who have both modalities, ascending.
  package func pairs(_ teacher: Int, _ student: Int) -> [Int] {
    unlabelled.filter { isMeasured[teacher][$0] && isMeasured[student][$0] }
  }

  /// Their number, by teacher, then student.
  package var pairCounts: [[Int]] {
    modalities.indices.map { t in modalities.indices.map { s in pairs(t, s).count } }
  }
}
