/// Split conformal with a quantile for each category of patients (Mondrian; Vovk et al. 2005), for
/// example each pattern of missing modalities, so that coverage holds within it.
public struct MondrianConformal: Equatable, Sendable {
  /// Calibration over all rows, for categories too small for their own.
  public let pooled: SplitConformal
  /// Calibration of each category with enough rows, by name in order of UTF-8 bytes.
  public let categories: [(name: String, conformal: SplitConformal)]
  /// Rows that a category needs for its own quantile.
  public let minimumCount: Int

  /// From calibration scores and the category of each.
  ///
  /// - Parameter minimumCount: default 20.
  public init(scores: [Double], categories names: [String], minimumCount: Int = 20) {
    precondition(scores.count == names.count, "one category per score")
    var byName = [String: [Double]]()
    for (score, name) in zip(scores, names) { byName[name, default: []].append(score) }
    pooled = SplitConformal(scores: scores)
    self.minimumCount = minimumCount
    categories = byName.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      .compactMap { name in
        guard let own = byName[name], own.count >= minimumCount else { return nil }
        return (name, SplitConformal(scores: own))
      }
  }

  /// The calibration for a category, and whether it is its own rather than the pooled one.
  public func conformal(for category: String) -> (conformal: SplitConformal, isOwn: Bool) {
    for entry in categories where entry.name == category { return (entry.conformal, true) }
    return (pooled, false)
  }

  /// Equal calibrations.
  public static func == (a: MondrianConformal, b: MondrianConformal) -> Bool {
    a.pooled == b.pooled && a.minimumCount == b.minimumCount
      && a.categories.elementsEqual(b.categories) { $0 == $1 }
  }
}
