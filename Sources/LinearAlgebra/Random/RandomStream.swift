/// A reproducible stream of random numbers: xoshiro256** (Blackman & Vigna 2018), seeded through
/// SplitMix64 by a seed and a name, never by order of use.
public struct RandomStream: Sendable {
  private var state: (UInt64, UInt64, UInt64, UInt64)

  /// A stream from four state words, not all zero.
  public init(state: (UInt64, UInt64, UInt64, UInt64)) {
    precondition(
      state.0 | state.1 | state.2 | state.3 != 0, "the state must not be zero throughout")
    self.state = state
  }

  /// A stream whose state is four successive SplitMix64 outputs from `seed`.
  public init(seed: UInt64) {
    var mixer = SplitMix64(state: seed)
    state = (mixer.next(), mixer.next(), mixer.next(), mixer.next())
  }

  /// The stream called `name` under `seed`; distinct names give independent streams.
  public init(seed: UInt64, name: String) {
    self.init(seed: RandomStream.streamSeed(seed: seed, name: name))
  }

  /// splitmix(splitmix(seed) XOR FNV-1a-64(UTF-8 name)).
  public static func streamSeed(seed: UInt64, name: String) -> UInt64 {
    var first = SplitMix64(state: seed)
    var second = SplitMix64(state: first.next() ^ fnv1a64(name))
    return second.next()
  }

  /// The next 64 random bits.
  public mutating func next() -> UInt64 {
    let result = rotate(state.1 &* 5, by: 7) &* 9
    let shifted = state.1 << 17
    state.2 ^= state.0
    state.3 ^= state.1
    state.1 ^= state.2
    state.0 ^= state.3
    state.2 ^= shifted
    state.3 = rotate(state.3, by: 45)
    return result
  }

  /// Uniform in [0, 1), 53 random bits.
  public mutating func uniform() -> Double {
    Double(next() >> 11) * 0x1p-53
  }

  /// Uniform integer in 0..<bound, without bias; bound ≥ 1.
  public mutating func below(_ bound: Int) -> Int {
    precondition(bound >= 1, "bound must be positive")
    let n = UInt64(bound)
    let threshold = (0 &- n) % n
    while true {
      let x = next()
      if x >= threshold { return Int(x % n) }
    }
  }

  /// Standard normal by inversion, one draw each.
  public mutating func normal() -> Double {
    normalQuantile((Double(next() >> 12) + 0.5) * 0x1p-52)
  }

  /// Fisher–Yates shuffle in place, from the last position down.
  public mutating func shuffle<Element>(_ elements: inout [Element]) {
    guard elements.count > 1 else { return }
    for i in stride(from: elements.count - 1, through: 1, by: -1) {
      elements.swapAt(i, below(i + 1))
    }
  }

  /// A random permutation of 0..<count.
  public mutating func permutation(_ count: Int) -> [Int] {
    var indices = Array(0..<count)
    shuffle(&indices)
    return indices
  }

  /// rows × columns of standard normal draws, row-major.
  public mutating func normalMatrix(rows: Int, columns: Int) -> Matrix {
    Matrix(rows: rows, columns: columns, values: (0..<(rows * columns)).map { _ in normal() })
  }
}

private func rotate(_ x: UInt64, by count: UInt64) -> UInt64 {
  (x << count) | (x >> (64 - count))
}
