import Evaluation
import LinearAlgebra
import Testing
import _TestSupport

@Suite("Metrics")
struct MetricsTests {
  private let golden = Golden.shared["metrics"]
  private var truth: [Int] { golden["y"].ints }
  private var probabilities: Matrix { softmaxRows(golden["logits"].matrix) }
  private var rows: ScoredRows { ScoredRows(truth: truth, probabilities: probabilities) }

  @Test("Order and names of results.csv")
  func names() {
    let expected = [
      "macro_f1", "accuracy", "weighted_f1", "balanced_error_rate", "mcc", "auroc", "log_loss",
      "brier", "ece",
    ]
    #expect(MetricRegistry.all.map(\.name) == expected)
    #expect(MetricRegistry.metric(named: "mcc")?.isLargerBetter == true)
    #expect(MetricRegistry.metric(named: "speed") == nil)
  }

  @Test(
    "Values of scikit-learn",
    arguments: [
      ("macro_f1", "macro_f1_zd0"), ("accuracy", "accuracy"), ("accuracy", "micro_f1"),
      ("weighted_f1", "weighted_f1_zd0"), ("balanced_error_rate", "ber"), ("mcc", "mcc"),
      ("auroc", "auc_ovr_macro"), ("log_loss", "log_loss"),
      ("brier", "brier_sum_over_classes"), ("ece", "ece_10bins_right_closed"),
    ])
  func values(name: String, key: String) throws {
    let value = try #require(MetricRegistry.metric(named: name)?.value(of: rows))
    #expect(abs(value - golden[key].double) <= 1e-12)
  }

  @Test("Confusion matrix, F1 per class, other averages")
  func details() throws {
    #expect(rows.predicted == golden["pred"].ints)
    let confusion = rows.confusion
    #expect(confusion.counts == golden["confusion_rows_true"].items.flatMap(\.ints))
    for (value, expected) in zip(confusion.f1PerClass, golden["f1_per_class_zd0"].doubles) {
      #expect(abs(value - expected) <= 1e-12)
    }
    let error = try #require(confusion.balancedErrorRate)
    #expect(abs(1 - error - golden["balanced_accuracy"].double) <= 1e-12)
    #expect(
      abs(
        macroF1(truth: truth, predicted: rows.predicted, classCount: 4)
          - golden["macro_f1_zd0"].double) <= 1e-12)
    for (averaging, key) in [
      (AUROCAveraging.oneVersusRestWeighted, "auc_ovr_weighted"), (.oneVersusOne, "auc_ovo_macro"),
    ] {
      let value = try #require(
        auroc(truth: truth, probabilities: probabilities, averaging: averaging))
      #expect(abs(value - golden[key].double) <= 1e-12)
    }
  }

  @Test("Undefined values are nil")
  func undefined() {
    let one = ScoredRows(truth: [1, 1], probabilities: Matrix([[0.4, 0.6], [0.7, 0.3]]))
    #expect(MetricRegistry.metric(named: "auroc")?.value(of: one) == nil)
    #expect(one.confusion.matthewsCorrelation == 0)
    // Both classes occur: one in truth, both among predictions.
    #expect(one.confusion.macroF1 == 1.0 / 3)
    let none = ScoredRows(truth: [], probabilities: Matrix(rows: 0, columns: 3))
    for metric in MetricRegistry.all { #expect(metric.value(of: none) == nil, "\(metric.name)") }
  }

  @Test("Area under ROC equals the count over pairs, ties one half")
  func areaOracle() throws {
    var stream = RandomStream(seed: 5)
    let scores = (0..<60).map { _ in Double(stream.below(12)) }
    let positive = (0..<60).map { _ in stream.below(3) == 0 }
    var sum = 0.0
    for i in 0..<60 where positive[i] {
      for j in 0..<60 where !positive[j] {
        sum += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0
      }
    }
    let pairs = Double(positive.count { $0 } * positive.count { !$0 })
    #expect(try #require(areaUnderROC(scores: scores, isPositive: positive)) == sum / pairs)
  }

  @Test("Renaming classes changes no averaged metric")
  func renaming() throws {
    let order = [2, 0, 3, 1]
    var renamed = [Int](repeating: 0, count: 4)
    for (new, old) in order.enumerated() { renamed[old] = new }
    let other = ScoredRows(
      truth: truth.map { renamed[$0] }, probabilities: probabilities.selecting(columns: order))
    for metric in MetricRegistry.all {
      let (a, b) = (try #require(metric.value(of: rows)), try #require(metric.value(of: other)))
      #expect(abs(a - b) <= 1e-12, "\(metric.name)")
    }
  }

  @Test("Class weights")
  func classWeights() {
    let golden = Golden.shared["class_weights"]
    let counts = golden["counts"].ints
    let beta = golden["effective_beta"].double
    for (weighting, key) in [
      (ClassWeighting.balanced, "balanced"),
      (.effectiveNumber(beta: beta), "effective_normalised_mean1"),
    ] {
      for (value, expected) in zip(weighting.weights(counts: counts), golden[key].doubles) {
        #expect(abs(value - expected) <= 1e-12)
      }
    }
    #expect(ClassWeighting.balanced.weights(counts: [3, 0, 1]) == [4.0 / 6, 0, 2])
    let weights = ClassWeighting.balanced.rowWeights(labels: [0, -1, 0, 1], classCount: 2)
    #expect(weights == [0.25, 0, 0.25, 0.5])
  }
}
