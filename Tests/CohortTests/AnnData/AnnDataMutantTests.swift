import Foundation
import HDF5
import Testing

@testable import Cohort

/// Damaged files end in an error or in values, never in a trap or a hang.
///
/// The number of mutants is small here; `EQUIPOISE_MUTANTS=20000` tries as many, and
/// `EQUIPOISE_MUTANT_LOG=FILE` keeps the number of the last one, so that a trap can be repeated with
/// `EQUIPOISE_MUTANT_FIRST`.
@Suite struct AnnDataMutantTests {
  @Test func mutants() throws {
    let environment = ProcessInfo.processInfo.environment
    let count = environment["EQUIPOISE_MUTANTS"].flatMap(Int.init) ?? 2_400
    let first = environment["EQUIPOISE_MUTANT_FIRST"].flatMap(Int.init) ?? 0
    let log = environment["EQUIPOISE_MUTANT_LOG"].flatMap { FileHandle(forWritingAtPath: $0) }
    let files = (AnnDataExpectation.files(".h5ad") + AnnDataExpectation.files(".h5mu"))
    let contents = try files.map { try AnnDataExpectation.bytes(of: $0) }
    var failures = 0
    for number in first..<first + count {
      log?.write(Data("\(number) \(files[number % files.count])\n".utf8))
      var mutant = contents[number % files.count]
      ByteMutation(seed: UInt64(number)).apply(to: &mutant)
      do {
        try readEverything(mutant)
      } catch {
        failures += 1
      }
    }
    // Damage to unused bytes goes unseen; most of the rest does not.
    #expect(failures > count / 20)
  }

  private func readEverything(_ bytes: [UInt8]) throws {
    let root = try HDF5File(bytes).root
    if try MuDataContent.isMuData(root) {
      _ = try MuDataContent(root, .main)
      return
    }
    _ = try AnnDataContent(root, .main)
    for layer in try root.group("layers")?.names ?? [] {
      _ = try AnnDataContent(root, .layer(layer))
    }
    for embedding in try root.group("obsm")?.names ?? [] {
      _ = try AnnDataContent(root, .embedding(embedding))
    }
  }
}

/// A repeatable change of some bytes.
struct ByteMutation {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9e37_79b9_7f4a_7c15 &+ 1 }

  /// SplitMix64.
  private mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  private mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(max(1, bound))) }

  /// One to four changes: a bit, a byte, an eight-byte field, a block of zeros, a copied block, a cut.
  func apply(to bytes: inout [UInt8]) {
    var generator = self
    for _ in 0...generator.below(4) where bytes.count > 64 { generator.change(&bytes) }
  }

  private mutating func change(_ bytes: inout [UInt8]) {
    let place = below(bytes.count - 32)
    switch below(16) {
    case 0..<5: bytes[place] ^= 1 << UInt8(below(8))
    case 5..<9: bytes[place] = UInt8(below(256))
    case 9..<12:
      let extremes: [UInt64] = [
        0, 1, .max, 1 << 63, 1 << 31, 1 << 32, UInt64(bytes.count), UInt64(place), 0xffff,
      ]
      let value = extremes[below(extremes.count)]
      let width = [2, 4, 8][below(3)]
      for offset in 0..<width {
        bytes[place + offset] = UInt8(truncatingIfNeeded: value >> (8 * offset))
      }
    case 12: for offset in 0..<below(32) { bytes[place + offset] = 0 }
    case 13..<15:
      let source = below(bytes.count - 32)
      for offset in 0..<1 + below(31) { bytes[place + offset] = bytes[source + offset] }
    default: if below(4) == 0 { bytes.removeLast(below(bytes.count / 2)) }
    }
  }
}
