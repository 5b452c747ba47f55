/// What a robustness study is asked for, beside the options of any study.
public struct RobustnessOptions: Codable, Equatable, Sendable {
  /// What is varied.
  public var kind: RobustnessKind
  /// Settings as in column `setting`; empty: those that suit the cohort.
  public var settings: [String]
  /// Independent draws of labelled patients for settings with `n=`, ≥ 1.
  public var draws: Int

  /// Options; the defaults are the command line's.
  public init(kind: RobustnessKind, settings: [String] = [], draws: Int = 30) {
    self.kind = kind
    self.settings = settings
    self.draws = draws
  }
}
