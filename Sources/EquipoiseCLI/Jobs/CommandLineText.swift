import Study

/// The command as typed, quoted for a shell where need be.
func commandLine(_ arguments: [String] = CommandLine.arguments) -> String {
  (["equipoise"] + arguments.dropFirst()).map(shellQuoted).joined(separator: " ")
}

/// Says that files which are not the program's stay where they are.
func tellForeign(_ names: [String], _ console: Console) {
  guard !names.isEmpty else { return }
  console.warn(
    "the output folder holds files that are not a run's; they stay: "
      + names.joined(separator: ", "))
}
