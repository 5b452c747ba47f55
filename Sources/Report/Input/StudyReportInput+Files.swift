import Evaluation

extension StudyReportInput {
  /// Number of calibration bins between 0 and 1.
  static let binCount = 10

  /// Rebuilds the input from a run's files.
  ///
  /// - Parameters:
  ///   - summary: content of `summary.json`.
  ///   - results: text of `results.csv`.
  ///   - predictions: text of `predictions.csv`.
  ///   - command: command that repeats the study.
  /// - Complexity: O(bytes of the files).
  /// - Throws: ``ReportError`` `.malformedTable` where a file does not fit the summary.
  public init(
    summary: StudySummary, results: String, predictions: String, command: String
  ) throws(ReportError) {
    var folds = try StudyReportInput.folds(results)
    var tallies = try StudyReportInput.tallies(predictions, classes: summary.classes)
    let details = summary.methods.map { method in
      let tally = tallies.removeValue(forKey: method.name) ?? MethodTally()
      let values = (folds.removeValue(forKey: method.name) ?? [])
        .sorted { ($0.repeatIndex, $0.fold) < ($1.repeatIndex, $1.fold) }
      return MethodDetail(
        name: method.name, folds: values,
        confusions: tally.confusions(classCount: summary.classes.count),
        calibration: tally.bins.calibration)
    }
    self.init(summary: summary, command: command, details: details)
  }

  private static func folds(
    _ text: String
  ) throws(ReportError) -> [String: [MethodDetail.FoldValue]] {
    var rows = try CSVRows(text, name: "results.csv")
    let (method, metric, value) = (
      try rows.column("method"), try rows.column("metric"), try rows.column("value")
    )
    let integers = [
      try rows.column("repeat"), try rows.column("fold"), try rows.column("n_train"),
      try rows.column("n_test"),
    ]
    var folds = [String: [MethodDetail.FoldValue]]()
    while let fields = rows.next() {
      guard fields.count == rows.header.count else {
        throw rows.failure("\(fields.count) fields")
      }
      guard fields[metric] == "macro_f1" else { continue }
      let numbers = integers.compactMap { Int(fields[$0]) }
      guard numbers.count == 4 else { throw rows.failure("a count that is not an integer") }
      let number = Double(fields[value])
      guard number != nil || fields[value].isEmpty else { throw rows.failure(fields[value]) }
      folds[fields[method], default: []].append(
        MethodDetail.FoldValue(
          repeatIndex: numbers[0], fold: numbers[1], trainingCount: numbers[2],
          testCount: numbers[3], macroF1: number))
    }
    return folds
  }

  private static func tallies(
    _ text: String, classes: [String]
  ) throws(ReportError) -> [String: MethodTally] {
    var rows = try CSVRows(text, name: "predictions.csv")
    let (method, repeatColumn) = (try rows.column("method"), try rows.column("repeat"))
    let (truth, predicted) = (try rows.column("truth"), try rows.column("predicted"))
    var probability = [Int]()
    for name in classes { probability.append(try rows.column("p_\(name)")) }
    var index = [String: Int]()
    for (position, name) in classes.enumerated() { index[name] = position }
    var tallies = [String: MethodTally]()
    while let fields = rows.next() {
      guard fields.count == rows.header.count else {
        throw rows.failure("\(fields.count) fields")
      }
      guard let repeatIndex = Int(fields[repeatColumn]) else {
        throw rows.failure("repeat \(fields[repeatColumn])")
      }
      guard let t = index[fields[truth]], let p = index[fields[predicted]] else {
        throw rows.failure("class \(fields[truth]), predicted \(fields[predicted])")
      }
      guard let top = Double(fields[probability[p]]), (0...1.000001).contains(top) else {
        throw rows.failure("probability \(fields[probability[p]])")
      }
      tallies[fields[method], default: MethodTally()].add(
        truth: t, predicted: p, top: top, repeatIndex: repeatIndex)
    }
    return tallies
  }
}

/// One method's rows while `predictions.csv` is read.
private struct MethodTally {
  private var truth: [Int: [Int]] = [:]
  private var predicted: [Int: [Int]] = [:]
  var bins = BinTally()

  mutating func add(truth t: Int, predicted p: Int, top: Double, repeatIndex: Int) {
    truth[repeatIndex, default: []].append(t)
    predicted[repeatIndex, default: []].append(p)
    bins.add(top: top, isRight: t == p)
  }

  /// One matrix a repeat, in the order of repeats.
  func confusions(classCount: Int) -> [ConfusionMatrix] {
    truth.keys.sorted().map {
      ConfusionMatrix(
        truth: truth[$0] ?? [], predicted: predicted[$0] ?? [], classCount: classCount)
    }
  }
}

/// Sums of top probabilities and right predictions by bin (lo, hi].
struct BinTally {
  private var counts = [Int](repeating: 0, count: StudyReportInput.binCount)
  private var right = [Int](repeating: 0, count: StudyReportInput.binCount)
  private var sums = [Double](repeating: 0, count: StudyReportInput.binCount)

  /// Counts one prediction.
  mutating func add(top: Double, isRight: Bool) {
    let count = StudyReportInput.binCount
    let bin = (0..<count).first { top <= Double($0 + 1) / Double(count) } ?? count - 1
    counts[bin] += 1
    right[bin] += isRight ? 1 : 0
    sums[bin] += top
  }

  /// Bins that hold predictions, ascending.
  var calibration: [MethodDetail.CalibrationBin] {
    counts.indices.filter { counts[$0] > 0 }.map { bin in
      MethodDetail.CalibrationBin(
        lower: Double(bin) / Double(counts.count), upper: Double(bin + 1) / Double(counts.count),
        count: counts[bin], confidence: sums[bin] / Double(counts[bin]),
        accuracy: Double(right[bin]) / Double(counts[bin]))
    }
  }
}
