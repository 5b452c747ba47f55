import LinearAlgebra
import Testing
import _TestSupport

@Suite("Random streams")
struct RandomStreamTests {
  private let golden = Golden.shared["rng"]

  private func word(_ text: String) -> UInt64 { UInt64(text.dropFirst(2), radix: 16) ?? 0 }

  @Test("SplitMix64 from zero")
  func splitMix() {
    var mixer = SplitMix64(state: 0)
    #expect(golden["splitmix64_seed0"].strings.map(word) == (0..<3).map { _ in mixer.next() })
  }

  @Test("xoshiro256** from seeds and from a given state", arguments: [0, 42])
  func xoshiro(seed: Int) {
    var stream = RandomStream(seed: UInt64(seed))
    let expected = golden["xoshiro256starstar_seed\(seed)_first4"].strings.map(word)
    #expect(expected == (0..<4).map { _ in stream.next() })
  }

  @Test("xoshiro256** from state (1, 2, 3, 4)")
  func state() {
    var stream = RandomStream(state: (1, 2, 3, 4))
    let expected: [UInt64] = [
      11520, 0, 1_509_978_240, 1_215_971_899_390_074_240, 1_216_172_134_540_287_360,
    ]
    #expect(expected == (0..<5).map { _ in stream.next() })
    #expect(golden["xoshiro_state_1_2_3_4_first5"].doubles == expected.map { Double($0) })
  }

  @Test("Uniform reals, bounded integers, shuffle")
  func draws() {
    var uniform = RandomStream(seed: 42)
    #expect(golden["uniform53_seed42_first3"].doubles == (0..<3).map { _ in uniform.uniform() })
    var bounded = RandomStream(seed: 42)
    #expect(golden["below10_seed42_first12"].ints == (0..<12).map { _ in bounded.below(10) })
    var shuffled = RandomStream(seed: 42)
    #expect(golden["fisher_yates_n10_seed42"].ints == shuffled.permutation(10))
  }

  @Test("Named streams")
  func named() {
    #expect(fnv1a64("") == word(golden["fnv1a64_empty"].string))
    #expect(fnv1a64("split/outer") == word(golden["fnv1a64_split/outer"].string))
    #expect(
      RandomStream.streamSeed(seed: 42, name: "split/outer")
        == word(golden["stream_seed_42_split/outer"].string))
    var stream = RandomStream(seed: 42, name: "split/outer")
    #expect(
      golden["stream_42_split/outer_first2"].strings.map(word) == (0..<2).map { _ in stream.next() }
    )
    var fresh = RandomStreams(seed: 42, prefix: "split").stream("outer")
    #expect(golden["stream_42_split/outer_perm8"].ints == fresh.permutation(8))
  }

  @Test("Normals by inversion")
  func normals() {
    var stream = RandomStream(seed: 42)
    for expected in golden["normal_inverse_cdf_seed42_first3"].doubles {
      #expect(abs(stream.normal() - expected) <= 1e-12)
    }
  }
}
