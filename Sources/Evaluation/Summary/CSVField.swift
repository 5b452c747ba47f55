/// A field of a comma-separated file (RFC 4180): quoted where it must be.
package func csvField(_ text: String) -> String {
  let special: [UInt8] = [0x22, 0x2C, 0x0A, 0x0D]
  guard text.utf8.contains(where: special.contains) else { return text }
  let doubled = text.split(separator: "\"", omittingEmptySubsequences: false)
    .joined(separator: "\"\"")
  return "\"\(doubled)\""
}

/// A number in shortest round-trip form; empty where undefined.
package func csvNumber(_ value: Double?) -> String {
  guard let value, !value.isNaN else { return "" }
  return value.description
}
