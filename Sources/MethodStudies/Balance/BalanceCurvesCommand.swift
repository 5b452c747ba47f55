import ArgumentParser
import Cohort
import Foundation
import Learning
import Study

/// `balance-curves`: what happens in joint training, look by look.
struct BalanceCurvesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "balance-curves",
    abstract: "Macro-F1 of all heads and loss weights over joint training, as CSV.")

  @Argument(help: "Cohort folder or demo:NAME; its first replicate is taken.")
  var cohort: String

  @Option(help: "One setting (default: full).")
  var setting = "full"

  @Option(help: "Methods and variants, as in comparison, with commas.")
  var methods: String

  @Option(help: "Seed of all random streams (default: 1).")
  var seed: UInt64 = 1

  func run() throws {
    var options = StudyOptions(methods: methods.split(separator: ",").map(String.init))
    options.seed = seed
    options.robustness = RobustnessOptions(kind: .information, settings: [setting], draws: 1)
    let plan = try StudyPlan(
      cohort: try readCohort(CohortRequest(cohort)).cohort, options: options,
      providers: MethodProvider.all + [.networkVariants])
    let material = plan.material(of: plan.fits[0])
    let context = FitContext(streams: material.streams)
    let names = plan.cohort.table.modalities.map(\.name)
    print("method,epoch,head,validation_f1,training_f1,weight")
    for learner in plan.learners {
      guard let network = learner as? PipelineLearner, case .network = network.configuration else {
        throw ValidationError("\(learner.name) is no relational network")
      }
      _ = try network.fit(material.training, context) { look, balancer in
        let training = look.training()
        func line(_ head: String, _ scores: (HeadScore?, HeadScore?), _ weight: Double?) {
          let numbers = [scores.0?.macroF1, scores.1?.macroF1, weight]
            .map { $0.map { String(format: "%.4f", $0) } ?? "" }
          print(([learner.name, "\(look.epoch)", head] + numbers).joined(separator: ","))
        }
        line("fused", (look.validation.fused, training.fused), nil)
        for m in look.validation.modalities.indices {
          line(
            names[m], (look.validation.modalities[m], training.modalities[m]),
            balancer.trajectory.isEmpty ? nil : balancer.trajectory[m].last)
        }
      }
    }
  }
}
