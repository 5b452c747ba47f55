import LinearAlgebra

/// Damages files the way disks, editors and attackers do; the same seed and index give the same bytes.
public struct Mutator {
  /// Seed of all mutations.
  public let seed: UInt64
  /// Texts that are put where the format may have a number, a name or a path.
  private static let tokens: [String] = [
    "", "NA", "nan", "inf", "-1", "0", "1e308", "-1.7e308", "1e999", "9223372036854775807",
    "99999999999999999999", "4294967296", "-0", "0x10", "1,5", "\"", "\"\"", "'", "\t", "\t\t",
    ",", ";", "\n", "\r", "\r\n\r\n", "\0", "#", "#1.3", "{", "}", "[", "]", "&a [*a,*a]", "*a",
    "../../etc/passwd", "\u{202E}", "\u{FEFF}", "é", "💥", "TCGA-A1-A0SB-11", "sample", "label",
    "data_type", "true", ">8", "(4294967296, 4294967296)", "|O", "<f8", "\\u0000", "null", "-",
  ]

  /// A mutator.
  public init(seed: UInt64) { self.seed = seed }

  /// Files with one of them damaged: one to four changes of bytes, lines or fields.
  ///
  /// - Returns: the files, and the name of the damaged one.
  public func mutant(
    of files: [String: [UInt8]], index: Int, name: String
  ) -> (files: [String: [UInt8]], damaged: String) {
    let names = files.keys.sorted()
    guard !names.isEmpty else { return (files, "") }
    var random = RandomStream(seed: seed, name: "\(name)/\(index)")
    let damaged = names[random.below(names.count)]
    var bytes = files[damaged] ?? []
    for _ in 0...random.below(4) {
      let other = files[names[random.below(names.count)]] ?? []
      bytes = change(bytes, other, &random)
    }
    var result = files
    result[damaged] = bytes
    return (result, damaged)
  }

  private func change(
    _ bytes: [UInt8], _ other: [UInt8], _ random: inout RandomStream
  ) -> [UInt8] {
    guard !bytes.isEmpty else { return Array(other.prefix(64)) }
    var result = bytes
    let place = random.below(bytes.count)
    let range = place..<min(bytes.count, place + 1 + random.below(64))
    switch random.below(12) {
    case 0: result[place] ^= 1 << UInt8(random.below(8))
    case 1: result[place] = UInt8(random.below(256))
    case 2: result.removeSubrange(place...)
    case 3: result.removeSubrange(range)
    case 4: result.insert(contentsOf: bytes[range], at: random.below(bytes.count))
    case 5:
      // Numbers at their limits, as lengths and offsets of binary formats are.
      let fill: UInt8 = [0, 0xff, 0x7f, 0x80][random.below(4)]
      for index in place..<min(bytes.count, place + [1, 2, 4, 8][random.below(4)]) {
        result[index] = fill
      }
    case 6: result.insert(contentsOf: token(&random), at: place)
    case 7: result.replaceSubrange(field(bytes, around: place), with: token(&random))
    case 8: result.removeSubrange(line(bytes, around: place))
    case 9: result.insert(contentsOf: bytes[line(bytes, around: place)], at: place)
    case 10: result.replaceSubrange(range, with: other.prefix(random.below(256)))
    default:
      let (first, second) = (line(bytes, around: place), line(bytes, around: bytes.count / 2))
      if first.upperBound <= second.lowerBound {
        let text = bytes[first]
        result.replaceSubrange(first, with: bytes[second])
        result.append(contentsOf: text)
      } else {
        result.reverse()
      }
    }
    return result
  }

  private func token(_ random: inout RandomStream) -> [UInt8] {
    Array(Self.tokens[random.below(Self.tokens.count)].utf8)
  }

  private func span(_ bytes: [UInt8], around place: Int, _ ends: Set<UInt8>) -> Range<Int> {
    var (low, high) = (place, place)
    while low > 0, !ends.contains(bytes[low - 1]) { low -= 1 }
    while high < bytes.count, !ends.contains(bytes[high]) { high += 1 }
    return low..<high
  }

  private func line(_ bytes: [UInt8], around place: Int) -> Range<Int> {
    let range = span(bytes, around: place, [0x0a])
    return range.lowerBound..<min(bytes.count, range.upperBound + 1)
  }

  private func field(_ bytes: [UInt8], around place: Int) -> Range<Int> {
    span(bytes, around: place, [0x0a, 0x0d, 0x09, 0x2c, 0x3a, 0x3b, 0x20])
  }
}
