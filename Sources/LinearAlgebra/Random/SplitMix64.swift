/// SplitMix64 (Steele, Lea & Flood 2014): turns a seed into well-mixed words.
public struct SplitMix64: Sendable {
  private var state: UInt64

  /// A generator at the given state.
  public init(state: UInt64) {
    self.state = state
  }

  /// The next word.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// FNV-1a hash, 64 bits, of the UTF-8 bytes of a text.
public func fnv1a64(_ text: String) -> UInt64 {
  var hash: UInt64 = 0xCBF2_9CE4_8422_2325
  for byte in text.utf8 {
    hash ^= UInt64(byte)
    hash &*= 0x0000_0100_0000_01B3
  }
  return hash
}
