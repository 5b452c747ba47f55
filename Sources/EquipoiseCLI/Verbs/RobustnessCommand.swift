import ArgumentParser

/// `equipoise robustness`.
struct RobustnessCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "robustness",
    abstract: "Compare methods with fewer labels, poorer information or missing modalities.",
    discussion: """
      SETTINGS:
        full                   nothing changed
        n=40                   40 labelled training patients, in --draws draws
        noise:mrna=4           noise of 4 standard deviations on every value
        replace:cnv            noise alone
        features:rppa=16       16 features, at random
        permute:cnv=0.5        half of the patients with another's values
        missing:mrna           missing in tested patients
        gaps:mrna=0.3          missing in 30 % of training patients
        class-gaps:mrna=LumA   missing in training patients of a class
        n=160+replace:cnv      several at once

      EXAMPLES:
        equipoise robustness --demo --kind samples --methods quick
        equipoise robustness path/to/cohort --kind information \\
          --settings full,replace:cnv,noise:mrna=4
      """)

  @OptionGroup(title: "Cohort") var cohort: CohortOptions
  @OptionGroup(title: "Robustness") var robustness: RobustnessFlags
  @OptionGroup(title: "Study") var study: StudyFlags
  @OptionGroup(title: "Output") var output: OutputOptions
  @OptionGroup(title: "Output") var resume: ResumeOptions
  @OptionGroup(title: "Output") var tables: TableOptions
  @OptionGroup(title: "Run") var runtime: RunOptions

  func run() throws {
    let keys =
      CohortOptions.keys + RobustnessFlags.keys + StudyFlags.keys + OutputOptions.keys
      + ResumeOptions.keys + TableOptions.keys + RunOptions.keys
    try StudyJob(
      settings: Settings(runtime, keys: keys), cohort: cohort, study: study,
      robustness: robustness, output: output, resume: resume, tables: tables,
      runtime: runtime
    ).run()
  }
}
