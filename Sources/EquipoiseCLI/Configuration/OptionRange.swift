/// Ranges of whole-number options, by their key: far beyond what is of use, and small enough that no
/// sum or allocation made from them overflows.
enum OptionRange {
  /// Least and largest value of each option.
  static let all: [String: ClosedRange<Int>] = [
    "threads": 1...1024,
    "folds": 2...1000,
    "innerFolds": 2...100,
    "repeats": 1...1000,
    "draws": 1...10_000,
    "neighbors": 1...1_000_000,
    "iterations": 1...10_000,
    "clusters": 1...10_000,
    "permutations": 0...1_000_000,
    "top": 1...1_000_000,
    "preprocessing.keep": 1...10_000_000,
  ]

  /// What is expected of an option, in words; nil if it is none of these.
  static func words(_ key: String) -> String? {
    if key == "seed" { return "a whole number from 0 to \(UInt64.max)" }
    guard let range = all[key] else { return nil }
    let words = "a whole number from \(range.lowerBound) to \(range.upperBound)"
    return key == "repeats" || key == "clusters" ? words + ", or auto" : words
  }

  /// The value, if it is within the option's range.
  ///
  /// - Throws: ``Failure`` 64 with option, found and expected.
  static func checked(_ value: Int, _ key: String) throws(Failure) -> Int {
    if let range = all[key], !range.contains(value) { throw failure(key, "\(value)") }
    return value
  }

  /// A value outside its range.
  static func failure(_ key: String, _ found: String) -> Failure {
    Failure(
      .usage, "an option is out of range", at: key, found: found,
      expected: words(key) ?? "a whole number")
  }
}
