import Boundary

/// HTML or SVG text. What stands in a literal is markup; whatever is interpolated is escaped, unless
/// it is markup itself, so that no name or note of a user can become an element.
package struct Markup: ExpressibleByStringInterpolation, Equatable, Sendable {
  /// The markup.
  package private(set) var text: String

  /// No markup.
  package init() { text = "" }

  /// Takes text for markup as it stands; only for text made here.
  package init(trusted text: String) { self.text = text }

  /// Markup as written in the source.
  package init(stringLiteral text: String) { self.text = text }

  /// Markup with escaped values in it.
  package init(stringInterpolation: Interpolation) { text = stringInterpolation.text }

  /// Builds markup from pieces.
  package struct Interpolation: StringInterpolationProtocol {
    fileprivate var text = ""

    /// Starts with room for the text.
    package init(literalCapacity: Int, interpolationCount: Int) {
      text.reserveCapacity(literalCapacity + 16 * interpolationCount)
    }
    /// Markup of the source.
    package mutating func appendLiteral(_ literal: String) { text += literal }
    /// Escaped text.
    package mutating func appendInterpolation(_ value: String) { text += Markup.escape(value) }
    /// A whole number.
    package mutating func appendInterpolation(_ value: Int) { text += String(value) }
    /// Markup.
    package mutating func appendInterpolation(_ value: Markup) { text += value.text }
    /// Pieces of markup, one after another.
    package mutating func appendInterpolation(_ values: [Markup]) {
      for value in values { text += value.text }
    }
    /// A coordinate in SVG, to a hundredth.
    package mutating func appendInterpolation(at value: Double) { text += coordinate(value) }
  }

  /// Joins two pieces.
  package static func + (a: Markup, b: Markup) -> Markup { Markup(trusted: a.text + b.text) }

  /// Appends a piece.
  package static func += (a: inout Markup, b: Markup) { a.text += b.text }

  /// Text that shows as it is within elements and attribute values, well-formed in HTML and XML.
  /// Control characters and formatting marks, which would hide or reorder what is read, are written
  /// out, such as `\u{202E}`.
  package static func escape(_ text: String) -> String {
    var escaped = ""
    escaped.reserveCapacity(text.utf8.count)
    for scalar in visibleText(text, keeping: "\t\n\r").unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      case "\u{FFFE}", "\u{FFFF}": escaped += "\u{FFFD}"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}

extension [Markup] {
  /// Pieces one after another, with a separator between them.
  package func joined(separator: Markup = "") -> Markup {
    Markup(trusted: map(\.text).joined(separator: separator.text))
  }
}

/// A coordinate to a hundredth of a pixel, without needless zeros.
private func coordinate(_ value: Double) -> String {
  let rounded = (value * 100).rounded() / 100
  let text = (rounded == 0 ? 0 : rounded).description
  return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
}
