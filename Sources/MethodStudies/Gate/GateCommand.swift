import ArgumentParser
import Cohort
import Evaluation
import Foundation
import Learning
import LinearAlgebra
import Study

/// `gate`: what distillation brings on real cohorts, beside what every gate says of it.
struct GateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gate",
    abstract: "Gain of distillation for every ordered pair of a cohort, draw by draw.",
    discussion: """
      Writes one CSV file a draw below --out and goes on from those it finds; the bytes do not \
      depend on threads or on where a run was interrupted.
      """)

  @Argument(help: "Cohort folder or demo:NAME.")
  var cohort: String

  @Option(help: "Labelled training patients, all for every one; the others are unlabelled.")
  var supplies = "all"

  @Option(help: "At most this many training patients a draw (default: all of the fold).")
  var limit: Int?

  @Option(help: "Repeats of five folds (default: 3).")
  var repeats = 3

  @Option(help: "Neighbors heard by teachers and students: none, ownAndFused (default: none).")
  var relations = "none"

  @Option(help: "Seed of all random streams (default: 1).")
  var seed: UInt64 = 1

  @Option(help: "Folder of the draws.")
  var out: String

  func validate() throws {
    _ = try parsedSupplies()
    guard RelationChoice(rawValue: relations) != nil else {
      throw ValidationError("--relations is none, own or ownAndFused, not \(relations)")
    }
  }

  private func parsedSupplies() throws -> [(name: String, count: Int?)] {
    try supplies.split(separator: ",").map { text in
      if text == "all" { return ("all", nil) }
      guard let count = Int(text), count > 0 else {
        throw ValidationError("--supplies is a list of numbers or all, not \(text)")
      }
      return (String(text), count)
    }
  }

  func run() throws {
    let reading = try readCohort(CohortRequest(cohort))
    guard case .nominal(let outcome)? = reading.cohort.outcome,
      let choice = RelationChoice(rawValue: relations)
    else { throw ValidationError("\(cohort) has no classes to learn") }
    let table = reading.cohort.table
    let name = cohort.split(whereSeparator: { $0 == "/" || $0 == ":" }).last.map(String.init) ?? ""
    let streams = RandomStreams(seed: seed)
    let plan = FoldPlan(labels: outcome.labels, repeats: repeats, streams: streams)
    let (limit, supplies) = (limit, try parsedSupplies())
    let tasks = (0..<repeats).flatMap { index in
      (0..<plan.foldCount(repeat: index)).flatMap { fold in
        supplies.map { (supply: $0, index: index, fold: fold) }
      }
    }
    try DrawFiles(folder: out).fill(
      tasks.map { "\(name)-\(relations)-n\($0.supply.name)-r\($0.index)-f\($0.fold)" }
    ) { k in
      let task = tasks[k]
      let scope = streams.scoped("repeat=\(task.index)/fold=\(task.fold)")
      let draw = GateDraw(
        labels: outcome.labels, plan: plan,
        fold: Replicate(repeatIndex: task.index, fold: task.fold), supply: task.supply.count,
        limit: limit, streams: scope)
      return GateRow.table(
        of: try GateMeasurement(
          key: [name, choice.rawValue, task.supply.name, "\(task.index)", "\(task.fold)"],
          training: TrainingView(
            table: table.selecting(rows: draw.training), labels: draw.labels,
            classes: outcome.classes),
          test: table.selecting(rows: draw.test), testLabels: draw.test.map { outcome.labels[$0] },
          streams: scope.scoped("n=\(task.supply.name)"), relations: choice
        ).rows())
    }
  }
}
