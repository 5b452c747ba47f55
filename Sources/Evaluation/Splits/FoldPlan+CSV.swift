extension FoldPlan {
  /// Reads `folds.csv`: columns `sample`, `repeat`, `fold` (in any order, others ignored), numbers
  /// from 0.
  ///
  /// - Parameters:
  ///   - csv: text of the file, RFC 4180.
  ///   - patients: identifiers of the cohort's patients.
  ///   - labels: class of each patient, negative where unlabelled.
  ///   - groups: group of each patient, or nil.
  /// - Throws: ``EvaluationError``: `.malformedFolds`, `.unknownSample`, `.duplicateSample`,
  ///   `.unlabelledSample`, `.emptyFold`, `.groupSpansFolds`.
  public init(
    csv: String, patients: [String], labels: [Int], groups: [String]? = nil
  ) throws(EvaluationError) {
    let records = csvRecords(csv)
    guard let header = records.first else {
      throw .malformedFolds(line: 1, found: "an empty file")
    }
    guard let sampleColumn = header.fields.firstIndex(of: "sample"),
      let repeatColumn = header.fields.firstIndex(of: "repeat"),
      let foldColumn = header.fields.firstIndex(of: "fold")
    else {
      throw .malformedFolds(
        line: header.line, found: "the header \(header.fields.joined(separator: ","))")
    }
    var rowOf = [String: Int]()
    for (row, patient) in patients.enumerated() { rowOf[patient] = row }
    var assignments = [[Int]]()
    for record in records.dropFirst() {
      guard record.fields.count == header.fields.count,
        let index = Int(record.fields[repeatColumn]), let fold = Int(record.fields[foldColumn]),
        // No gaps are allowed, so neither number can reach the number of lines.
        (0..<records.count).contains(index), (0..<records.count).contains(fold)
      else {
        throw .malformedFolds(
          line: record.line, found: record.fields.joined(separator: ","))
      }
      let sample = record.fields[sampleColumn]
      guard let row = rowOf[sample] else { throw .unknownSample(sample, line: record.line) }
      guard labels[row] >= 0 else { throw .unlabelledSample(sample, line: record.line) }
      while assignments.count <= index {
        assignments.append([Int](repeating: -1, count: patients.count))
      }
      guard assignments[index][row] < 0 else {
        throw .duplicateSample(sample, repeat: index, line: record.line)
      }
      assignments[index][row] = fold
    }
    guard !assignments.isEmpty else {
      throw .malformedFolds(line: header.line, found: "a header without samples")
    }
    self.init(assignments: assignments, labels: labels, groups: groups)
    try checkFolds()
  }

  /// Text of `folds.csv`: by repeat, within it in patient order; patients that are not tested are
  /// left out.
  public func csvText(patients: [String]) -> String {
    precondition(patients.count == patientCount, "one identifier per patient")
    var text = "sample,repeat,fold\n"
    for (index, assignment) in assignments.enumerated() {
      for (row, fold) in assignment.enumerated() where fold >= 0 {
        text += "\(csvField(patients[row])),\(index),\(fold)\n"
      }
    }
    return text
  }

  private func checkFolds() throws(EvaluationError) {
    for index in 0..<repeatCount {
      let folds = foldCount(repeat: index)
      guard folds >= 2 else { throw .emptyFold(repeat: index, fold: nil, folds: folds) }
      var isUsed = [Bool](repeating: false, count: folds)
      for fold in assignments[index] where fold >= 0 { isUsed[fold] = true }
      if let empty = isUsed.firstIndex(of: false) {
        throw .emptyFold(repeat: index, fold: empty, folds: folds)
      }
      guard let groups else { continue }
      var foldOf = [String: Int]()
      for (row, fold) in assignments[index].enumerated() where fold >= 0 {
        if let known = foldOf.updateValue(fold, forKey: groups[row]), known != fold {
          throw .groupSpansFolds(groups[row], repeat: index)
        }
      }
    }
  }
}
