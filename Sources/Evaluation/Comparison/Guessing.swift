/// What a guess that knows nothing of the patients can reach, and how sure it is that more was reached.
///
/// Of C classes with shares π, a guess that names class c with probability q_c has in the mean about
/// F1_c = 2 π_c q_c / (π_c + q_c). The mean over classes is concave in q with equal slopes at q = π,
/// so it is highest there, with F1_c = π_c: no guess has a macro-F1 above 1/C.
public enum Guessing {
  /// 1/C.
  public static func highestMacroF1(classCount: Int) -> Double { 1 / Double(max(classCount, 1)) }

  /// One-sided p that the mean is above `bound`, under the test of its replicates.
  ///
  /// - Parameter test: of the values themselves against 0. Where they do not vary, p is 0 above the
  ///   bound and 1 else.
  public static func p(_ test: PairedTest, above bound: Double) -> Double {
    guard test.standardError > 0 else { return test.difference > bound ? 0 : 1 }
    let t = (test.difference - bound) / test.standardError
    return 1 - StudentT(degreesOfFreedom: Double(test.degreesOfFreedom)).cumulative(t)
  }

  /// The same over resamples of patients: the share of defined ones that are not above `bound`, one
  /// added to both counts.
  public static func p(resampled: [Double], above bound: Double) -> Double {
    let defined = resampled.filter { !$0.isNaN }
    return Double(defined.count { $0 <= bound } + 1) / Double(defined.count + 1)
  }
}

extension [StudySummary.Method] {
  /// Whether methods were tried against guessing, and none was shown to be better.
  package var learnedNothing: Bool {
    let tried = compactMap(\.pAboveGuessing)
    return !tried.isEmpty && tried.allSatisfy { $0 >= 0.05 }
  }
}

extension StudySummary {
  /// The sentence for a study in which nothing was learned.
  package static func nothingLearned(label: String, classCount: Int) -> String {
    "Nothing was learned: no method is distinguishable from guessing \(label), "
      + "which reaches a macro-F1 of up to \(Numbers.fixed(Guessing.highestMacroF1(classCount: classCount)))."
  }
}
