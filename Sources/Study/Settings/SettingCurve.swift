#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Settings that differ by the strength of one condition alone, in order of strength.
struct SettingCurve {
  /// The condition: `n`, `missing`, or word and modality such as `noise:mrna`.
  let condition: String
  /// The setting without it.
  let under: StudySetting
  /// Title of the axis.
  let axis: String
  /// Whether steps of equal ratio are equally long.
  let isLogarithmic: Bool
  /// Strengths, ascending, each with its settings.
  let points: [(x: Double, settings: [StudySetting])]

  /// Share of each point in the area: by the trapezoidal rule over strengths (their logarithms where
  /// so measured), divided by the width. They sum to 1.
  var weights: [Double] {
    let places = points.map { isLogarithmic ? log($0.x) : $0.x }
    guard let first = places.first, let last = places.last, last > first else { return [] }
    return places.indices.map { index in
      let before = places[max(0, index - 1)]
      let after = places[min(places.count - 1, index + 1)]
      return (after - before) / (2 * (last - first))
    }
  }

  /// All curves of at least two points that can be drawn through some settings, in order of first
  /// appearance.
  static func curves(through settings: [StudySetting]) -> [SettingCurve] {
    var order = [String]()
    var families = [String: (first: Strength, members: [(x: Double, setting: StudySetting)])]()
    for setting in settings {
      for strength in strengths(of: setting) {
        let key = strength.condition + "\n" + strength.under.name
        if families[key] == nil {
          order.append(key)
          families[key] = (strength, [])
        }
        families[key]?.members.append((strength.x, setting))
      }
    }
    return order.compactMap { key in
      guard let family = families[key] else { return nil }
      var members = family.members
      if let none = family.first.none, settings.contains(family.first.under) {
        members.append((none, family.first.under))
      }
      let places = Set(members.map(\.x)).sorted()
      guard places.count > 1 else { return nil }
      return SettingCurve(
        condition: family.first.condition, under: family.first.under, axis: family.first.axis,
        isLogarithmic: family.first.isLogarithmic,
        points: places.map { x in (x, members.filter { $0.x == x }.map(\.setting)) })
    }
  }

  /// One condition of a setting as a strength.
  private struct Strength {
    let condition: String
    let x: Double
    /// The strength of the setting without the condition; nil where it is on no scale with it.
    let none: Double?
    let axis: String
    let isLogarithmic: Bool
    let under: StudySetting
  }

  private static func strengths(of setting: StudySetting) -> [Strength] {
    var result = [Strength]()
    if let count = setting.labelledCount {
      result.append(
        Strength(
          condition: "n", x: Double(count), none: nil, axis: "labelled training patients",
          isLogarithmic: true,
          under: StudySetting(labelledCount: nil, degradations: setting.degradations)))
    }
    for (index, degradation) in setting.degradations.enumerated() {
      guard let level = degradation.level else { continue }
      var others = setting.degradations
      others.remove(at: index)
      result.append(
        Strength(
          condition: "\(type(of: degradation).word):\(degradation.modality)", x: level.value,
          none: level.none, axis: level.axis, isLogarithmic: level.isLogarithmic,
          under: StudySetting(labelledCount: setting.labelledCount, degradations: others)))
    }
    let missing = setting.degradations.count { $0 is MissingAtPrediction }
    if missing > 0 {
      result.append(
        Strength(
          condition: MissingAtPrediction.word, x: Double(missing), none: 0,
          axis: "modalities missing in tested patients", isLogarithmic: false,
          under: StudySetting(
            labelledCount: setting.labelledCount,
            degradations: setting.degradations.filter { !($0 is MissingAtPrediction) })))
    }
    return result
  }
}
