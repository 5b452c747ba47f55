extension LabelDraws {
  /// Reads `labelled.csv`: columns `n`, `repeat`, `fold`, `sample` (in any order, others ignored),
  /// one line for each patient that keeps its label in a fold of a repeat.
  ///
  /// - Parameters:
  ///   - csv: text of the file, RFC 4180.
  ///   - folds: the folds that the draws belong to.
  ///   - patients: identifiers of the cohort's patients.
  /// - Throws: ``EvaluationError``: `.malformedDraws`, `.unknownDrawnSample`, `.drawOutsideTraining`,
  ///   `.wrongDrawSize`.
  public init(csv: String, folds: FoldPlan, patients: [String]) throws(EvaluationError) {
    let records = csvRecords(csv)
    guard let header = records.first else {
      throw .malformedDraws(line: 1, found: "an empty file")
    }
    let columns = ["n", "repeat", "fold", "sample"].compactMap { header.fields.firstIndex(of: $0) }
    guard columns.count == 4 else {
      throw .malformedDraws(
        line: header.line, found: "the header \(header.fields.joined(separator: ","))")
    }
    var rowOf = [String: Int]()
    for (row, patient) in patients.enumerated() { rowOf[patient] = row }
    let known = Set(folds.tasks.map { Replicate(repeatIndex: $0.repeat, fold: $0.fold) })
    var trainable = [Replicate: Set<Int>]()
    var drawn = [Int: [Replicate: Set<Int>]]()
    for record in records.dropFirst() {
      let numbers = columns.prefix(3).compactMap { column in
        record.fields.indices.contains(column) ? Int(record.fields[column]) : nil
      }
      guard record.fields.count == header.fields.count, numbers.count == 3, numbers[0] >= 1 else {
        throw .malformedDraws(line: record.line, found: record.fields.joined(separator: ","))
      }
      let sample = record.fields[columns[3]]
      guard let row = rowOf[sample] else {
        throw .unknownDrawnSample(sample, line: record.line)
      }
      let replicate = Replicate(repeatIndex: numbers[1], fold: numbers[2])
      if trainable[replicate] == nil, known.contains(replicate) {
        trainable[replicate] = Set(
          folds.trainingRows(
            repeat: replicate.repeatIndex, fold: replicate.fold, includingUnlabelled: false))
      }
      guard trainable[replicate]?.contains(row) == true,
        drawn[numbers[0], default: [:]][replicate, default: []].insert(row).inserted
      else { throw .drawOutsideTraining(sample, replicate, line: record.line) }
    }
    guard !drawn.isEmpty else {
      throw .malformedDraws(line: header.line, found: "a header without samples")
    }
    for (size, replicates) in drawn.sorted(by: { $0.key < $1.key }) {
      for (replicate, rows) in replicates.sorted(by: { $0.key < $1.key })
      where rows.count != size {
        throw .wrongDrawSize(size, replicate, found: rows.count)
      }
    }
    self.init(source: .given(drawn.mapValues { $0.mapValues { $0.sorted() } }))
  }

  /// Text of `labelled.csv` for some numbers of labels: by size, replicate and patient.
  public func csvText(sizes: [Int], patients: [String]) -> String {
    var text = "n,repeat,fold,sample\n"
    for size in sizes {
      for replicate in replicates(size: size) {
        let start = "\(size),\(replicate.repeatIndex),\(replicate.fold),"
        for row in labelledRows(size: size, replicate) {
          text += start + csvField(patients[row]) + "\n"
        }
      }
    }
    return text
  }
}
