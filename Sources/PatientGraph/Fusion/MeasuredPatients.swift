/// Which patients each modality measured.
package struct MeasuredPatients: Equatable, Sendable {
  /// Patients in the cohort.
  package let patientCount: Int
  /// Measured patients of each modality, ascending.
  package let patients: [[Int]]
  /// Pattern of measured modalities of each patient; patterns are numbered by first appearance.
  let patterns: [Int]
  /// Number of distinct patterns.
  let patternCount: Int
  /// Modalities that measured a patient of one pattern and a patient of another, pattern × pattern.
  let jointCounts: [Int]

  /// From one list of flags, per patient, for each modality.
  package init(_ isMeasured: [[Bool]]) {
    let count = isMeasured.first?.count ?? 0
    precondition(
      isMeasured.allSatisfy { $0.count == count }, "every modality needs one flag per patient")
    patientCount = count
    patients = isMeasured.map { flags in flags.indices.filter { flags[$0] } }
    var numbers: [[Bool]: Int] = [:]
    var distinct = [[Bool]]()
    var numbered = [Int]()
    for patient in 0..<count {
      let pattern = isMeasured.map { $0[patient] }
      if let number = numbers[pattern] {
        numbered.append(number)
      } else {
        numbers[pattern] = distinct.count
        numbered.append(distinct.count)
        distinct.append(pattern)
      }
    }
    patterns = numbered
    patternCount = distinct.count
    jointCounts = distinct.flatMap { a in
      distinct.map { b in zip(a, b).count { $0 && $1 } }
    }
  }

  /// Modalities.
  var modalityCount: Int { patients.count }

  /// Whether every modality measured every patient.
  var isComplete: Bool { patients.allSatisfy { $0.count == patientCount } }

  /// Modalities that measured both patients.
  func jointCount(_ i: Int, _ j: Int) -> Int {
    jointCounts[patterns[i] * patternCount + patterns[j]]
  }

  /// For each pair of patterns 1 / (modalities measuring both, less one), 0 where there is no other.
  var shares: [Double] { jointCounts.map { $0 > 1 ? 1 / Double($0 - 1) : 0 } }
}
