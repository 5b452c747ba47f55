/// Text with everything unseen made visible: names come from files, and must neither steer a
/// terminal nor reorder or hide what is read around them.
///
/// Control characters (also line breaks and tabs), formatting marks (bidirectional overrides and
/// isolates, zero-width characters, byte-order marks, soft hyphens, tags), and line and paragraph
/// separators are written as `\u{202E}`. Everything else stays as it is, so that visible text
/// is unchanged.
///
/// - Parameter kept: characters that stay although they are unseen, such as line breaks in text of
///   several lines.
/// - Complexity: O(n); text that has nothing unseen is returned without a copy.
package func visibleText(_ text: String, keeping kept: String = "") -> String {
  guard text.unicodeScalars.contains(where: { isUnseen($0) }) else { return text }
  var result = ""
  result.reserveCapacity(text.utf8.count + 16)
  for scalar in text.unicodeScalars {
    if isUnseen(scalar) && !kept.unicodeScalars.contains(scalar) {
      result += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
    } else {
      result.unicodeScalars.append(scalar)
    }
  }
  return result
}

/// Whether a character is not seen where it stands, or changes how others are seen.
private func isUnseen(_ scalar: Unicode.Scalar) -> Bool {
  // The fast way for nearly all text.
  if scalar.value >= 0x20 && scalar.value < 0x7F { return false }
  switch scalar.properties.generalCategory {
  case .control, .format, .lineSeparator, .paragraphSeparator: return true
  default: return false
  }
}

/// JSON whose formatting marks are written as JSON's own escapes (`\u202e`): equal for every program
/// that reads it, and harmless on a terminal.
///
/// Such marks can only be within strings; line breaks between values, and tabs, stay.
package func visibleJSON(_ json: String) -> String {
  func isHidden(_ scalar: Unicode.Scalar) -> Bool { scalar.value > 0x1F && isUnseen(scalar) }
  guard json.unicodeScalars.contains(where: isHidden) else { return json }
  var result = ""
  result.reserveCapacity(json.utf8.count + 64)
  for scalar in json.unicodeScalars {
    guard isHidden(scalar) else {
      result.unicodeScalars.append(scalar)
      continue
    }
    for unit in String(scalar).utf16 {
      let digits = String(unit, radix: 16)
      result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }
  }
  return result
}
