/// Reading decimal numbers from bytes, correctly rounded.
///
/// Three ways, fastest first: (1) mantissa ≤ 2⁵³ and |exponent| ≤ 22 need one exact multiplication
/// or division (Clinger, PLDI 1990); (2) up to 19 digits and |exponent| ≤ 27 are rounded from an
/// exact 128-bit product or quotient; (3) all else goes through the standard library.
enum DecimalNumber {
  /// Reads the longest number at `position` and moves there; nil (position untouched) if there is
  /// none. The value may be infinite where the text is too large.
  @inline(__always)
  static func read(
    _ position: inout UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>
  ) -> Double? {
    var p = position
    guard p < end else { return nil }
    // Signs are as good as random: no branch on them.
    let isNegative = p.pointee == UInt8(ascii: "-")
    p += isNegative || p.pointee == UInt8(ascii: "+") ? 1 : 0

    var mantissa: UInt64 = 0
    let digits = p
    readDigits(&p, end, &mantissa)
    var digitCount = p - digits
    var exponent = 0
    if p < end, p.pointee == UInt8(ascii: ".") {
      p += 1
      let fraction = p
      readDigits(&p, end, &mantissa)
      exponent = fraction - p
      digitCount -= exponent
    }
    guard digitCount > 0 else { return nil }
    if p < end, p.pointee | 0x20 == UInt8(ascii: "e") {
      guard let power = readExponent(&p, end) else { return nil }
      exponent += power
    }
    let start = position
    position = p
    if mantissa <= 1 << 53, digitCount <= 19, exponent >= -22, exponent <= 22 {
      let value = Double(mantissa)
      let scaled =
        exponent < 0 ? value / powersOfTen[-exponent] : value * powersOfTen[exponent]
      return Double(bitPattern: scaled.bitPattern | (isNegative ? 1 << 63 : 0))
    }
    return slowValue(mantissa, exponent, digitCount, isNegative, start, p)
  }

  /// Digits into `mantissa` (wrapping beyond 19 of them, which the caller sees by their count).
  ///
  /// Eight bytes at a time, whatever number of them are digits, since a branch for each digit would
  /// be mispredicted at the end of almost every cell.
  @inline(__always)
  private static func readDigits(
    _ p: inout UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>, _ mantissa: inout UInt64
  ) {
    while end - p >= 8 {
      let word = UInt64(littleEndian: UnsafeRawPointer(p).loadUnaligned(as: UInt64.self))
      let values = word ^ 0x3030_3030_3030_3030
      // The high bit of a byte is set from the first byte on that is no digit.
      let others = (values &+ 0x7676_7676_7676_7676 | values) & 0x8080_8080_8080_8080
      let count = others.trailingZeroBitCount / 8
      let digits = joined(values << UInt64(64 - 8 * count))
      mantissa = mantissa &* smallPowersOfTen(count) &+ digits
      p += count
      if count < 8 { return }
    }
    while p < end {
      let digit = p.pointee ^ UInt8(ascii: "0")
      guard digit < 10 else { return }
      mantissa = mantissa &* 10 &+ UInt64(digit)
      p += 1
    }
  }

  /// Value of eight digits, first one in the lowest byte: pairs, then fours, then eight are joined
  /// inside one word.
  @inline(__always)
  private static func joined(_ values: UInt64) -> UInt64 {
    let pairs = (values &* 10 &+ values >> 8) & 0x00ff_00ff_00ff_00ff
    let fours = (pairs &* 100 &+ pairs >> 16) & 0x0000_ffff_0000_ffff
    return (fours &* 10_000 &+ fours >> 32) & 0xffff_ffff
  }

  /// 10ᵏ for k ≤ 8, without a table's bounds check.
  @inline(__always)
  private static func smallPowersOfTen(_ exponent: Int) -> UInt64 {
    (exponent & 1 == 0 ? 1 : 10) &* (exponent & 2 == 0 ? 1 : 100)
      &* (exponent & 4 == 0 ? 1 : 10_000) &* (exponent & 8 == 0 ? 1 : 100_000_000)
  }

  private static func readExponent(
    _ p: inout UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>
  ) -> Int? {
    var q = p + 1
    var isNegative = false
    if q < end, q.pointee == UInt8(ascii: "-") || q.pointee == UInt8(ascii: "+") {
      isNegative = q.pointee == UInt8(ascii: "-")
      q += 1
    }
    let start = q
    var power = 0
    while q < end, q.pointee &- UInt8(ascii: "0") < 10 {
      power = min(power * 10 + Int(q.pointee &- UInt8(ascii: "0")), 1 << 20)
      q += 1
    }
    guard q > start else { return nil }
    p = q
    return isNegative ? -power : power
  }

  @inline(never)
  private static func slowValue(
    _ mantissa: UInt64, _ exponent: Int, _ digitCount: Int, _ isNegative: Bool,
    _ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>
  ) -> Double? {
    if digitCount <= 19, exponent >= -27, exponent <= 27 {
      let magnitude = rounded(mantissa, tenTo: exponent)
      return isNegative ? -magnitude : magnitude
    }
    // The library accepts more than decimal numbers, but here it gets nothing else.
    return Double(
      String(decoding: UnsafeBufferPointer(start: start, count: end - start), as: UTF8.self))
  }

  /// mantissa · 10ᵉ for |e| ≤ 27, correctly rounded: 5^|e| < 2⁶³ fits a word, so the product or
  /// quotient is exact in two words, and a sticky last bit keeps the rounding right.
  private static func rounded(_ mantissa: UInt64, tenTo exponent: Int) -> Double {
    guard mantissa != 0 else { return 0 }
    if exponent >= 0 {
      let product = mantissa.multipliedFullWidth(by: powersOfFive[exponent])
      guard product.high != 0 else { return scaled(product.low, by: exponent) }
      let shift = product.high.leadingZeroBitCount
      let low = product.low << UInt64(shift)
      var top = product.high << UInt64(shift)
      if shift > 0 { top |= product.low >> UInt64(64 - shift) }
      return scaled(top | (low == 0 ? 0 : 1), by: 64 - shift + exponent)
    }
    let power = powersOfFive[-exponent]
    let dividend = mantissa << UInt64(mantissa.leadingZeroBitCount)
    let divisor = power << UInt64(power.leadingZeroBitCount)
    // Half the dividend is below the divisor, so the quotient has 63 or 64 bits.
    let (quotient, remainder) = divisor.dividingFullWidth((dividend >> 1, dividend << 63))
    return scaled(
      quotient | (remainder == 0 ? 0 : 1),
      by: power.leadingZeroBitCount - mantissa.leadingZeroBitCount + exponent - 63)
  }

  /// word · 2ᵉ; the conversion rounds to nearest even, the scaling is exact.
  private static func scaled(_ word: UInt64, by exponent: Int) -> Double {
    Double(sign: .plus, exponent: exponent, significand: Double(word))
  }

  private static let powersOfFive: [UInt64] = (0...27).map { exponent in
    (0..<exponent).reduce(1) { power, _ in power * 5 }
  }

  /// 10⁰ … 10²², all exact.
  private static let powersOfTen: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
  ]
}
