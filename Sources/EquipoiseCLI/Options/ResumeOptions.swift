import ArgumentParser

/// Going on with a run.
struct ResumeOptions: ParsableArguments {
  @Flag(help: "Continue an interrupted run in the output folder.")
  var resume = false

  static let keys = ["resume"]
}
