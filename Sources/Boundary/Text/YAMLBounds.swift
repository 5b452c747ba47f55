/// Bounds of configuration files in YAML, checked before they are parsed.
///
/// An alias repeats what its anchor names, and aliases of aliases grow exponentially ("billion
/// laughs"): ten of them can multiply a file by at most e^(10/e) ≈ 40, and no configuration needs
/// more.
package enum YAMLBounds {
  /// Largest size of a file in bytes, 4 MiB.
  package static let byteLimit = 4 << 20
  /// Most aliases in a file.
  package static let aliasLimit = 10

  /// What is beyond the bounds, and what is within; nil where nothing is.
  package static func violation(_ text: String) -> (found: String, expected: String)? {
    if text.utf8.count > byteLimit {
      return ("\(text.utf8.count) bytes", "at most \(byteLimit)")
    }
    let count = aliasCount(text)
    if count > aliasLimit {
      return ("\(count) aliases (*name)", "at most \(aliasLimit)")
    }
    return nil
  }

  /// Aliases in a text: a star where a key or value may begin, followed by a name.
  ///
  /// Quotes and comments are not followed: a text made for it could hide aliases behind a quote that
  /// the real parser does not see. So a quoted list of starred words counts as well.
  static func aliasCount(_ text: String) -> Int {
    var count = 0
    var begins = true
    var isStar = false
    for byte in text.utf8 {
      if isStar && isNamePart(byte) { count += 1 }
      isStar = byte == 0x2A && begins
      let isBlank = byte == 0x20 || byte == 0x09 || byte == 0x0D
      let isLineEnd = byte == 0x0A
      // - : ? and [ { , ] } may all stand before a value.
      let opens: [UInt8] = [0x2D, 0x3A, 0x3F, 0x5B, 0x7B, 0x2C, 0x5D, 0x7D]
      begins = isLineEnd || opens.contains(byte) || (isBlank && begins)
    }
    return count
  }

  private static func isNamePart(_ byte: UInt8) -> Bool {
    byte > 0x20 && ![0x2C, 0x5B, 0x5D, 0x7B, 0x7D, 0x2A].contains(byte)
  }
}
