import ArgumentParser
import Cohort
import Evaluation
import Foundation
import Learning
import LinearAlgebra
import Study

/// `comparison`: methods and variants of a network on the replicates of some settings.
struct ComparisonCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "comparison",
    abstract: "Scores of methods on every replicate of some settings of a cohort.",
    discussion: """
      Folds, draws and streams are those of equipoise robustness. Writes one CSV file a replicate \
      below --out, the first replicates of all settings first, and goes on from those it finds.

      Beside methods, variants of relational networks: METHOD@KEY=VALUE@…, keys \
      \(NetworkVariant.keys.joined(separator: ", ")).
      """)

  @Argument(help: "Cohort folder or demo:NAME.")
  var cohort: String

  @Option(help: "Settings, with commas.")
  var settings = "full"

  @Option(help: "Methods and variants, with commas.")
  var methods: String

  @Option(help: "Draws of settings with n= (default: 5).")
  var draws = 5

  @Option(help: "Repeats of five folds (default: 1).")
  var repeats = 1

  @Option(help: "Work on at most this many replicates of each setting (default: all).")
  var most: Int?

  @Option(help: "At most this many unlabelled training patients (default: all).")
  var unlabelled: Int?

  @Option(help: "Seed of all random streams (default: 1).")
  var seed: UInt64 = 1

  @Option(help: "Folder of the replicates.")
  var out: String

  func run() throws {
    var options = StudyOptions(methods: methods.split(separator: ",").map(String.init))
    options.repeats = repeats
    options.seed = seed
    options.robustness = RobustnessOptions(
      kind: .information, settings: settings.split(separator: ",").map(String.init), draws: draws)
    let plan = try StudyPlan(
      cohort: try readCohort(CohortRequest(cohort)).cohort, options: options,
      providers: MethodProvider.all + [.networkVariants])
    let name = cohort.split(whereSeparator: { $0 == "/" || $0 == ":" }).last.map(String.init) ?? ""
    // A run that ends early has then compared all settings on the replicates it reached.
    let ranked = plan.settings.map { setting in
      plan.fits.filter { $0.settings.contains(setting) }.prefix(most ?? .max)
    }
    let fits = (0..<(ranked.map(\.count).max() ?? 0)).flatMap { index in
      ranked.compactMap { $0.dropFirst(index).first }
    }
    let unlabelled = unlabelled ?? .max
    try DrawFiles(folder: out).fill(fits.map { Self.file(name, $0) }) { k in
      try ["cohort,setting,repeat,fold,method,macro_f1,log_loss,seconds"]
        + Self.lines(of: fits[k], plan, cohort: name, unlabelled: unlabelled)
    }
  }

  private static func file(_ cohort: String, _ fit: StudyFit) -> String {
    let setting = fit.settings[0].name.replacingOccurrences(of: ":", with: "-")
    return "\(cohort)-\(setting)-r\(fit.replicate.repeatIndex)-f\(fit.replicate.fold)"
  }

  private static func lines(
    of fit: StudyFit, _ plan: StudyPlan, cohort: String, unlabelled: Int
  ) throws -> [String] {
    let material = plan.material(of: fit)
    let truth = material.testRows.map { plan.outcome.labels[$0] }
    let context = FitContext(streams: material.streams)
    let training = material.training.keeping(unlabelled: unlabelled, material.streams)
    return try plan.learners.flatMap { learner in
      let start = DispatchTime.now().uptimeNanoseconds
      let fitted = try learner.fit(training, context)
      return try zip(fit.settings, material.tests).map { setting, test in
        let predictions = try fitted.predict(test)
        let seconds = Double(DispatchTime.now().uptimeNanoseconds - start) / 1e9
        let f1 = macroF1(
          truth: truth, predicted: predictions.classes, classCount: plan.outcome.classes.count)
        let loss = logLoss(truth: truth, probabilities: predictions.probabilities) ?? .nan
        return [
          cohort, setting.name, "\(fit.replicate.repeatIndex)", "\(fit.replicate.fold)",
          learner.name, String(format: "%.6f", f1), String(format: "%.6f", loss),
          String(format: "%.1f", seconds),
        ].joined(separator: ",")
      }
    }
  }
}

extension TrainingView {
  /// The same with at most `count` unlabelled patients, drawn from a stream of the replicate.
  func keeping(unlabelled count: Int, _ streams: RandomStreams) -> TrainingView {
    var open = labels.indices.filter { labels[$0] < 0 }
    guard open.count > count else { return self }
    var stream = streams.stream("comparison/unlabelled")
    stream.shuffle(&open)
    let dropped = Set(open.dropFirst(count))
    let rows = labels.indices.filter { !dropped.contains($0) }
    return TrainingView(
      table: table.selecting(rows: rows), labels: rows.map { labels[$0] }, classes: classes,
      groups: groups.map { groups in rows.map { groups[$0] } })
  }
}
