import ArgumentParser
import Boundary
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
      ReportCommand.self, ConvertCommand.self,
    ])

  /// Names of the verbs.
  static var verbs: [String] {
    configuration.subcommands.compactMap { $0.configuration.commandName }
  }

  static func main() {
    // Before anything is opened: no file may take the number of a standard stream.
    StandardStreams.secure()
    let arguments = Array(CommandLine.arguments.dropFirst())
    let console = Console(isColored: !arguments.contains("--no-color"))
    SignalWatch.begin {
      ProcessEnding.shared.end { aftermath in
        let failure = Failure(interruption: aftermath)
        console.show(failure)
        return failure.exitCode
      }
    }
    do {
      try run(arguments)
    } catch {
      let failure = Failure(error, arguments: arguments)
      console.show(failure)
      exit(withError: ExitCode(failure.exitCode))
    }
  }

  /// Runs a verb, or shows help or the version.
  private static func run(_ arguments: [String]) throws {
    do {
      var command = try parseAsRoot(arguments)
      try command.run()
    } catch let error where exitCode(for: error) == .success {
      try Answer.write(fullMessage(for: error) + "\n")
    }
  }
}
