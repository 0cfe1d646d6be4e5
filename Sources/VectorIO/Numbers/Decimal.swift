/// A decimal number as it stands in a text: `w * 10^q`.
struct Decimal {
  /// The first 19 significant digits, or all.
  var significand: UInt64
  var exponent: Int
  var isNegative: Bool
  /// Whether digits other than zero may follow the first 19.
  var isCut: Bool

  /// Scans a number, `[+-] digits [. digits] [e [+-] digits]` with a digit on at least one side of
  /// the point, and moves the pointer behind it; `nil`, with the pointer at any place, for text
  /// that is not a number.
  ///
  /// - Parameter text: the number ends at the first byte that cannot belong to it, so such a byte
  ///   has to stand somewhere behind.
  @inline(__always)
  init?(scanning text: inout UnsafePointer<UInt8>) {
    var p = text
    isNegative = p.pointee == UInt8(ascii: "-")
    if isNegative || p.pointee == UInt8(ascii: "+") { p += 1 }
    let first = p
    var value: UInt64 = 0
    Decimal.scanDigits(&p, &value)
    var digitCount = p - first
    exponent = 0
    if p.pointee == UInt8(ascii: ".") {
      p += 1
      let point = p
      Decimal.scanDigits(&p, &value)
      exponent = point - p
      digitCount -= exponent
    }
    let end = p
    guard digitCount > 0 else { return nil }
    if p.pointee | 0x20 == UInt8(ascii: "e") {
      p += 1
      guard let written = Decimal.scanExponent(&p) else { return nil }
      exponent += written
    }
    significand = value
    isCut = false
    text = p
    if digitCount > 19 { cut(first, end) }
  }

  /// The digits from here on, added to a value that wraps around.
  @inline(__always)
  private static func scanDigits(_ p: inout UnsafePointer<UInt8>, _ value: inout UInt64) {
    while true {
      let digit = p.pointee &- 0x30
      if digit > 9 { return }
      value = value &* 10 &+ UInt64(digit)
      p += 1
    }
  }

  /// Scans a signed exponent; one too large for any number is kept at a value that stays so.
  @inline(__always)
  private static func scanExponent(_ p: inout UnsafePointer<UInt8>) -> Int? {
    let isNegative = p.pointee == UInt8(ascii: "-")
    if isNegative || p.pointee == UInt8(ascii: "+") { p += 1 }
    var digit = p.pointee &- 0x30
    guard digit <= 9 else { return nil }
    var value = 0
    while digit <= 9 {
      if value < 1 << 50 { value = value * 10 + Int(digit) }
      p += 1
      digit = p.pointee &- 0x30
    }
    return isNegative ? -value : value
  }

  /// Scans the digits again where there are more than 64 bits can hold: leading zeros do not count,
  /// and the number of those behind the first 19 goes into the exponent.
  @inline(never)
  private mutating func cut(_ first: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) {
    var value: UInt64 = 0
    var kept = 0
    var dropped = 0
    for offset in 0..<(end - first) where first[offset] != UInt8(ascii: ".") {
      let digit = UInt64(first[offset] - 0x30)
      if kept < 19 {
        value = value * 10 + digit
        if value > 0 { kept += 1 }
      } else {
        dropped += 1
        if digit > 0 { isCut = true }
      }
    }
    significand = value
    exponent += dropped
  }
}

extension Decimal {
  /// The nearest scalar, ties to even; infinite where the number is too large for the type.
  ///
  /// - Parameter text: the number as it was scanned, for the few of more than 19 digits that those
  ///   do not decide.
  @inline(__always)
  func value<Scalar: ReadableScalar>(
    _ scalar: Scalar.Type, _ text: UnsafeBufferPointer<UInt8>, _ powers: UnsafePointer<UInt64>
  ) -> Scalar {
    var magnitude: Scalar
    if exponent == 0, !isCut {
      magnitude = Scalar(significand)
    } else {
      let bits = EiselLemire.bits(significand, exponent, scalar, powers)
      magnitude = Scalar(bits: bits)
      if isCut, bits != EiselLemire.bits(significand + 1, exponent, scalar, powers) {
        magnitude = Decimal.valueOfManyDigits(scalar, text)
      }
    }
    return isNegative ? -magnitude : magnitude
  }

  /// The magnitude of a number of any length, by the standard library's exact conversion.
  ///
  /// The digits that count are few: the exact value of a number half-way between two doubles has
  /// at most 767 of them (that between two floats has 112). Of the digits behind it only matters
  /// whether it is zero, so the time is linear in the length.
  @inline(never)
  private static func valueOfManyDigits<Scalar: ReadableScalar>(
    _ scalar: Scalar.Type, _ text: UnsafeBufferPointer<UInt8>
  ) -> Scalar {
    var digits: [UInt8] = []
    var exponent = 0
    var isBehindPoint = false
    var hasMore = false
    var position = text.startIndex
    while position < text.endIndex, text[position] | 0x20 != UInt8(ascii: "e") {
      let byte = text[position]
      position += 1
      if byte == UInt8(ascii: ".") { isBehindPoint = true }
      guard byte >= 0x30, byte <= 0x39 else { continue }
      if isBehindPoint { exponent -= 1 }
      if digits.isEmpty, byte == 0x30 { continue }
      if digits.count < 800 {
        digits.append(byte)
      } else {
        exponent += 1
        if byte != 0x30 { hasMore = true }
      }
    }
    if position < text.endIndex {
      let written = text[(position + 1)...].filter { $0 != UInt8(ascii: "+") }
      exponent += Int(String(decoding: written, as: UTF8.self)) ?? 0
    }
    if hasMore {
      digits.append(0x31)
      exponent -= 1
    }
    let number = String(decoding: digits, as: UTF8.self) + "e\(exponent)"
    return Scalar(number)!
  }
}
