import Evaluation
import Report

/// A made-up study of three assays and four classes, for tests and for looking at the report. None of
/// its numbers was measured on anything.
struct ExampleStudy {
  var cohortName = "made-up"
  var classes = ["Alpha", "Beta", "Delta", "Gamma"]
  var classCounts = [210, 96, 41, 153]
  var modalities = ["methylation", "mrna", "protein"]
  var repeats = 3
  var folds = 5
  var primaryShift = 0.004
  var transductive = false

  /// Methods with the share of right predictions that they are given.
  var methods: [(name: String, skill: Double)] {
    [("majority", 0.0), ("logistic-balanced:clinical", 0.35)]
      + zip(modalities, [0.55, 0.8, 0.66]).map { ("logistic-balanced:\($0)", $1) }
      + [
        ("logistic-balanced:concat", 0.76), ("logistic-balanced:late-learned", 0.805),
        ("joint", 0.77), ("equipoise", 0.805 + primaryShift), ("paper", 0.74),
        ("lda:\(modalities[1])", 0.79), ("svm:\(modalities[1])", 0.775),
        ("equipoise-no-snf", 0.8), ("equipoise-no-distillation", 0.805 + primaryShift),
        ("snf-knn", 0.62), ("gcn:\(modalities[1])", 0.73),
      ]
  }

  /// The report's input, rebuilt from the texts of a run's files.
  func input() throws -> StudyReportInput {
    let rows = simulate()
    return try StudyReportInput(
      summary: summary(rows), results: results(rows), predictions: predictions(rows),
      command: "equipoise study \(cohortName) --label subtype --methods standard --seed 1")
  }

  /// A prediction: patient, fold and classes by index, and the probability of the predicted class.
  struct Row {
    var method: String
    var patient: Int
    var repeatIndex: Int
    var fold: Int
    var truth: Int
    var predicted: Int
    var top: Double
  }

  /// Predictions drawn from a fixed generator; all methods find the same patients hard.
  func simulate() -> [Row] {
    let labels = classCounts.enumerated().flatMap { Array(repeating: $0, count: $1) }
    var rows = [Row]()
    for (name, skill) in methods {
      for repeatIndex in 0..<repeats {
        for (patient, truth) in labels.enumerated() {
          let hardness = ExampleStudy.uniform(patient, 7)
          let luck = ExampleStudy.uniform(patient * 31 + repeatIndex, name.utf8.count + 11)
          let isRight = 0.8 * hardness + 0.2 * luck < skill - 0.1 * Double(truth % 3)
          let wrong = (truth + 1 + Int(luck * Double(classes.count - 1))) % classes.count
          let predicted = skill == 0 ? 0 : isRight ? truth : wrong == truth ? 0 : wrong
          let top = 0.3 + 0.69 * (isRight ? max(luck, 1 - hardness) : luck * 0.8)
          rows.append(
            Row(
              method: name, patient: patient, repeatIndex: repeatIndex,
              fold: (patient + repeatIndex) % folds, truth: truth, predicted: predicted,
              top: top))
        }
      }
    }
    return rows
  }

  /// A number in 0..<1 that depends on its two arguments alone (SplitMix64's mixing steps).
  static func uniform(_ index: Int, _ stream: Int) -> Double {
    var z = UInt64(truncatingIfNeeded: index &* 1_000_003 &+ stream) &* 0x9E37_79B9_7F4A_7C15
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return Double((z ^ (z >> 31)) >> 11) * 0x1p-53
  }

  /// Macro-F1 of a method in each fold, by repeat and fold.
  func foldScores(_ rows: [Row], _ method: String) -> [(repeatIndex: Int, fold: Int, f1: Double)] {
    var tested = [[Row]](repeating: [], count: repeats * folds)
    for row in rows where row.method == method {
      tested[row.repeatIndex * folds + row.fold].append(row)
    }
    return tested.enumerated().map { index, rows in
      let matrix = ConfusionMatrix(
        truth: rows.map(\.truth), predicted: rows.map(\.predicted), classCount: classes.count)
      return (index / folds, index % folds, matrix.macroF1 ?? 0)
    }
  }

  /// Text of `results.csv`.
  func results(_ rows: [Row]) -> String {
    let n = classCounts.reduce(0, +)
    var text = "method,repeat,fold,n_train,n_test,metric,value\n"
    for (name, _) in methods {
      for score in foldScores(rows, name) {
        let size = (0..<n).count { ($0 + score.repeatIndex) % folds == score.fold }
        let start = "\(quoted(name)),\(score.repeatIndex),\(score.fold),\(n - size),\(size)"
        text += "\(start),macro_f1,\(score.f1)\n\(start),auroc,\n"
      }
    }
    return text
  }

  /// Text of `predictions.csv`.
  func predictions(_ rows: [Row]) -> String {
    var text = "sample,method,repeat,fold,truth,predicted,"
    text += classes.map { quoted("p_\($0)") }.joined(separator: ",") + "\n"
    for row in rows {
      let rest = (1 - row.top) / Double(classes.count - 1)
      let probabilities = classes.indices.map { $0 == row.predicted ? row.top : rest }
      text += "P\(row.patient),\(quoted(row.method)),\(row.repeatIndex),\(row.fold),"
      text += "\(quoted(classes[row.truth])),\(quoted(classes[row.predicted])),"
      text += probabilities.map(\.description).joined(separator: ",") + "\n"
    }
    return text
  }

  private func quoted(_ text: String) -> String {
    "\"\(text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\""))\""
  }
}
