import ArgumentParser

/// Studies of the method itself on simulated and real data: figures of `docs/results`, not a tool
/// for users. Run as `swift run -c release MethodStudies`.
@main
struct MethodStudies: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "MethodStudies",
    abstract: "Simulations and measurements behind docs/results.",
    subcommands: [
      DiscreteStudy.self, NeighborSearchStudy.self, NeuralStudy.self, EstimateStudy.self,
      GateCommand.self, GateSyntheticCommand.self, GateSummaryCommand.self, AuditStudy.self,
      CoverageStudy.self, UniformityStudy.self,
      ComparisonCommand.self, NetworkExportCommand.self, BalanceCurvesCommand.self,
      ReadStudy.self,
    ])
}
