import CCohorts

/// SHA-256 of a stream of bytes (NIST FIPS 180-4), for the provenance of inputs and outputs; by the
/// processor's own instructions where it has them (about five times faster), else in Swift.
package struct SHA256: Sendable {
  private var state: [UInt32] = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a,
    0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
  ]
  private var pending = [UInt8]()
  private var byteCount: UInt64 = 0

  private let isAccelerated: Bool

  /// An empty digest; `portable` keeps to Swift where the processor could help.
  package init(portable: Bool = false) {
    isAccelerated = !portable && Self.canAccelerate
  }

  private static let canAccelerate = eq_sha256_is_accelerated() != 0

  /// Digest of `bytes` in lowercase hexadecimal, 64 letters.
  package static func hexadecimal(of bytes: [UInt8]) -> String {
    var digest = SHA256()
    digest.update(bytes)
    return digest.hexadecimal()
  }

  /// Adds bytes; O(bytes).
  package mutating func update(_ bytes: [UInt8]) {
    byteCount &+= UInt64(bytes.count)
    var start = 0
    if !pending.isEmpty {
      start = min(64 - pending.count, bytes.count)
      pending.append(contentsOf: bytes[..<start])
      guard pending.count == 64 else { return }
      compress(pending, blocks: 0..<1)
      pending.removeAll(keepingCapacity: true)
    }
    let blocks = (bytes.count - start) / 64
    compress(bytes, blocks: 0..<blocks, offset: start)
    pending.append(contentsOf: bytes[(start + 64 * blocks)...])
  }

  /// The digest of all bytes so far in lowercase hexadecimal.
  package func hexadecimal() -> String {
    var last = self
    var tail: [UInt8] = [0x80]
    while (pending.count + tail.count) % 64 != 56 { tail.append(0) }
    let bits = byteCount &* 8
    for shift in stride(from: 56, through: 0, by: -8) {
      tail.append(UInt8(truncatingIfNeeded: bits >> UInt64(shift)))
    }
    last.update(tail)
    let digits = Array("0123456789abcdef".utf8)
    var text = [UInt8]()
    for word in last.state {
      for shift in stride(from: 28, through: 0, by: -4) {
        text.append(digits[Int(word >> UInt32(shift) & 15)])
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  private mutating func compress(_ bytes: [UInt8], blocks: Range<Int>, offset: Int = 0) {
    guard !blocks.isEmpty else { return }
    if isAccelerated {
      bytes.withUnsafeBufferPointer { source in
        guard let base = source.baseAddress else { return }
        eq_sha256_blocks(&state, Self.constants, base + offset, blocks.count)
      }
      return
    }
    bytes.withUnsafeBytes { raw in
      withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 64) { schedule in
        for block in blocks {
          let base = offset + 64 * block
          for t in 0..<16 {
            schedule[t] = UInt32(
              bigEndian: raw.loadUnaligned(fromByteOffset: base + 4 * t, as: UInt32.self))
          }
          for t in 16..<64 {
            let early = schedule[t - 15]
            let late = schedule[t - 2]
            let s0 = rotated(early, 7) ^ rotated(early, 18) ^ (early >> 3)
            let s1 = rotated(late, 17) ^ rotated(late, 19) ^ (late >> 10)
            schedule[t] = schedule[t - 16] &+ s0 &+ schedule[t - 7] &+ s1
          }
          mix(schedule)
        }
      }
    }
  }

  private mutating func mix(_ schedule: UnsafeMutableBufferPointer<UInt32>) {
    var (a, b, c, d) = (state[0], state[1], state[2], state[3])
    var (e, f, g, h) = (state[4], state[5], state[6], state[7])
    Self.constants.withUnsafeBufferPointer { constants in
      for t in 0..<64 {
        let s1 = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)
        let choice = (e & f) ^ (~e & g)
        let first = h &+ s1 &+ choice &+ constants[t] &+ schedule[t]
        let s0 = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)
        let majority = (a & b) ^ (a & c) ^ (b & c)
        (h, g, f, e) = (g, f, e, d &+ first)
        (d, c, b, a) = (c, b, a, first &+ s0 &+ majority)
      }
    }
    for (i, word) in [a, b, c, d, e, f, g, h].enumerated() { state[i] &+= word }
  }

  /// First 32 bits of the fractional parts of the cube roots of the first 64 primes.
  private static let constants: [UInt32] = {
    var primes = [UInt64]()
    var candidate: UInt64 = 2
    while primes.count < 64 {
      if primes.allSatisfy({ candidate % $0 != 0 }) { primes.append(candidate) }
      candidate += 1
    }
    return primes.map { UInt32(truncatingIfNeeded: scaledCubeRoot($0)) }
  }()

  /// ⌊2³² ∛x⌋ by bisection in whole numbers, so that no rounding enters.
  private static func scaledCubeRoot(_ x: UInt64) -> UInt64 {
    var (low, high): (UInt64, UInt64) = (0, 1 << 35)
    while high - low > 1 {
      let middle = (low + high) / 2
      if cubeIsAtMost(middle, x) { low = middle } else { high = middle }
    }
    return low
  }

  /// Whether r³ ≤ x·2⁹⁶, for r < 2³⁵.
  private static func cubeIsAtMost(_ r: UInt64, _ x: UInt64) -> Bool {
    let square = r.multipliedFullWidth(by: r)
    let low = square.low.multipliedFullWidth(by: r)
    let high = square.high * r + low.high  // r³ = high·2⁶⁴ + low.low, high < 2⁴²
    let bound = x << 32
    return high < bound || (high == bound && low.low == 0)
  }
}

@inline(__always)
private func rotated(_ word: UInt32, _ count: UInt32) -> UInt32 {
  word &>> count | word &<< (32 &- count)
}
