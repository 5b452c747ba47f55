import ArgumentParser
import Foundation
import Study

/// The program.
@main
struct EquipoiseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "equipoise",
    abstract: "Balanced multimodal learning on patient graphs.",
    discussion: """
      EXAMPLES:
        equipoise study --demo --methods quick
        equipoise inspect path/to/cohort
      """,
    version: BuildFacts.version,
    subcommands: [
      InspectCommand.self, StudyCommand.self, RobustnessCommand.self, AuditCommand.self,
      FuseCommand.self, InformationCommand.self, TrainCommand.self, PredictCommand.self,
      ValidateCommand.self, ExplainCommand.self,
      ReportCommand.self,
    ])

  /// Names of the verbs.
  static var verbs: [String] {
    configuration.subcommands.compactMap { $0.configuration.commandName }
  }

  static func main() {
    let arguments = Array(CommandLine.arguments.dropFirst())
    do {
      var command = try parseAsRoot(arguments)
      try command.run()
    } catch {
      if exitCode(for: error) == .success {
        print(fullMessage(for: error))
        return
      }
      let failure = Failure(error, arguments: arguments)
      Console(isColored: !arguments.contains("--no-color")).show(failure)
      exit(withError: ExitCode(failure.exitCode))
    }
  }
}
