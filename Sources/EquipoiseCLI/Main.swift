import ArgumentParser

@main
struct EquipoiseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "equipoise", abstract: "Balanced multimodal learning on patient graphs.")
}
