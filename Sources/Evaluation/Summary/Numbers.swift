/// Numbers, and lists, as sentences and the report show them: a point for decimals, whatever the
/// locale, and a true minus.
package enum Numbers {
  /// What stands for an undefined number.
  package static let undefined = "–"

  /// A number with that many decimals, halves away from zero; never minus zero.
  package static func fixed(_ value: Double?, _ decimals: Int = 3) -> String {
    guard let value, value.isFinite, value.magnitude < 1e12 else { return undefined }
    let scale = (0..<decimals).reduce(1.0) { scale, _ in scale * 10 }
    let units = Int((value.magnitude * scale).rounded(.toNearestOrAwayFromZero))
    let (whole, part) = units.quotientAndRemainder(dividingBy: Int(scale))
    let digits = String(part)
    let padding = String(repeating: "0", count: max(0, decimals - digits.count))
    let body = decimals == 0 ? String(whole) : "\(whole).\(padding)\(digits)"
    return value < 0 && units > 0 ? "\u{2212}\(body)" : body
  }

  /// A number with its sign, also where it is positive.
  package static func signed(_ value: Double?, _ decimals: Int = 3) -> String {
    let text = fixed(value, decimals)
    guard let value, value > 0, text.contains(where: { ("1"..."9").contains($0) }) else {
      return text
    }
    return "+" + text
  }

  /// An interval in words: `0.812 to 0.854`.
  package static func range(_ bounds: StudySummary.Bounds?, _ decimals: Int = 3) -> String {
    guard let bounds else { return undefined }
    return "\(fixed(bounds.lower, decimals)) to \(fixed(bounds.upper, decimals))"
  }

  /// An interval of differences in words: `−0.010 to +0.016`.
  package static func signedRange(_ bounds: StudySummary.Bounds?, _ decimals: Int = 3) -> String {
    guard let bounds else { return undefined }
    return "\(signed(bounds.lower, decimals)) to \(signed(bounds.upper, decimals))"
  }

  /// A p value: three decimals, or `< 0.001`.
  package static func p(_ value: Double?) -> String {
    guard let value else { return undefined }
    return value < 0.001 ? "< 0.001" : fixed(value)
  }

  /// A p value behind the letter: `p = 0.032`, `p < 0.001`.
  package static func pClause(_ value: Double?) -> String {
    guard let value else { return "p undefined" }
    return value < 0.001 ? "p < 0.001" : "p = \(fixed(value))"
  }

  /// A share as a percentage: `42 %`.
  package static func percent(_ share: Double?) -> String {
    share == nil ? undefined : "\(fixed(share.map { $0 * 100 }, 0))\u{202F}%"
  }

  /// A count with its noun: `1 patient`, `12 patients`.
  package static func count(_ number: Int, _ noun: String, plural: String? = nil) -> String {
    "\(grouped(number)) \(number == 1 ? noun : plural ?? noun + "s")"
  }

  /// A whole number with its thousands apart: `12,345`.
  package static func grouped(_ number: Int) -> String {
    let digits = Array(String(number.magnitude))
    var text = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index).isMultiple(of: 3) { text.append(",") }
      text.append(digit)
    }
    return number < 0 ? "\u{2212}\(text)" : text
  }

  /// A list in words: `a, b and c`.
  package static func list(_ items: [String]) -> String {
    guard let last = items.last, items.count > 1 else { return items.first ?? "" }
    return items.dropLast().joined(separator: ", ") + " and " + last
  }
}
