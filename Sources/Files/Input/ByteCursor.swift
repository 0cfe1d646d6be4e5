/// A cursor that takes numbers and texts from bytes; `nil` where too few bytes are left.
struct ByteCursor {
  let bytes: [UInt8]
  var offset = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// A little-endian number.
  mutating func number<Number: FixedWidthInteger>(_ type: Number.Type) -> Number? {
    guard let taken = take(MemoryLayout<Number>.size) else { return nil }
    return taken.reversed().reduce(0) { ($0 << 8) | Number(truncatingIfNeeded: $1) }
  }

  /// UTF-8 after its length in 16 bits.
  mutating func text() -> String? {
    guard let length = number(UInt16.self), let taken = take(Int(length)) else { return nil }
    return String(validating: taken, as: UTF8.self)
  }

  private mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
    guard count <= bytes.count - offset else { return nil }
    defer { offset += count }
    return bytes[offset..<offset + count]
  }
}
