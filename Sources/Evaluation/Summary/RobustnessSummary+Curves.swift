extension RobustnessSummary {
  /// Settings that differ by the strength of one condition alone, in order of strength.
  public struct Curve: Codable, Equatable, Sendable {
    /// The condition: `n`, `missing`, or word and modality such as `noise:mrna`.
    public var condition: String
    /// The setting without the condition, which all points have in common.
    public var under: String
    /// Title of the axis of strengths.
    public var axis: String
    /// Whether steps of equal ratio are equally long, in the chart and in the area.
    public var logarithmic: Bool
    /// Points by strength, ascending.
    public var points: [Point]
    /// Area under the macro-F1 of each method, in the order of the study.
    public var areas: [Area]
    /// Areas of methods against `joint`, and against the best single modality.
    public var comparisons: [StudySummary.PairedComparison]
    /// The method on a single modality whose area is largest, chosen after the fact.
    @NullableField public var bestSingle: String?

    enum CodingKeys: String, CodingKey {
      case condition, under, axis, logarithmic, points, areas, comparisons
      case bestSingle = "best_single"
    }

    /// A curve.
    public init(
      condition: String, under: String, axis: String, logarithmic: Bool, points: [Point],
      areas: [Area], comparisons: [StudySummary.PairedComparison], bestSingle: String?
    ) {
      self.condition = condition
      self.under = under
      self.axis = axis
      self.logarithmic = logarithmic
      self.points = points
      self.areas = areas
      self.comparisons = comparisons
      self.bestSingle = bestSingle
    }
  }

  /// One strength of a condition.
  public struct Point: Codable, Equatable, Sendable {
    /// The strength.
    public var x: Double
    /// Settings of that strength, of which the point is the mean: more than one where several
    /// choices of modalities are equally many.
    public var settings: [String]

    /// A point.
    public init(x: Double, settings: [String]) {
      self.x = x
      self.settings = settings
    }
  }

  /// Area under a method's macro-F1 over strengths, divided by the width: its mean along the curve.
  public struct Area: Codable, Equatable, Sendable {
    /// Method name.
    public var method: String
    /// Mean over replicates of the area in each.
    @NullableField public var mean: Double?
    /// Standard deviation over replicates.
    @NullableField public var sd: Double?
    /// 95 % interval of the mean under the design.
    @NullableField public var ci95: StudySummary.Bounds?

    /// An area.
    public init(method: String, mean: Double?, sd: Double?, ci95: StudySummary.Bounds?) {
      let spread = StudySummary.MetricSpread(mean: mean, sd: sd, ci95: ci95)
      self.method = method
      self.mean = spread.mean
      self.sd = spread.sd
      self.ci95 = spread.ci95
    }
  }
}
