/// Conversion of the bytes of a binary file into scalars.
package enum Conversion {
  /// Converts `count` values that lie one after another into values that lie `stride` apart.
  ///
  /// - Complexity: O(count).
  static func convert<Scalar: ReadableScalar>(
    _ source: UnsafeRawPointer, _ type: NumberType, count: Int,
    to target: UnsafeMutablePointer<Scalar>, stride: Int = 1
  ) {
    let swaps = type.needsSwap
    switch (type.kind, type.size) {
    case (.boolean, _):
      each(UInt8.self, source, count, false, target, stride) { $0 == 0 ? 0 : 1 }
    case (.integer, 1):
      each(UInt8.self, source, count, false, target, stride) { Scalar(Int32(Int8(bitPattern: $0))) }
    case (.integer, 2):
      each(UInt16.self, source, count, swaps, target, stride) {
        Scalar(Int32(Int16(bitPattern: $0)))
      }
    case (.integer, 4):
      each(UInt32.self, source, count, swaps, target, stride) { Scalar(Int32(bitPattern: $0)) }
    case (.integer, _):
      each(UInt64.self, source, count, swaps, target, stride) { Scalar(Int64(bitPattern: $0)) }
    case (.unsigned, 1):
      each(UInt8.self, source, count, false, target, stride) { Scalar(Int32($0)) }
    case (.unsigned, 2):
      each(UInt16.self, source, count, swaps, target, stride) { Scalar(Int32($0)) }
    case (.unsigned, 4):
      each(UInt32.self, source, count, swaps, target, stride) { Scalar(Int64($0)) }
    case (.unsigned, _):
      each(UInt64.self, source, count, swaps, target, stride) { Scalar($0) }
    case (.bfloat, _):
      each(UInt16.self, source, count, swaps, target, stride) {
        Scalar(Float(bitPattern: UInt32($0) << 16))
      }
    case (.float, 2):
      each(UInt16.self, source, count, swaps, target, stride) { Scalar(float(half: $0)) }
    case (.float, 4):
      each(UInt32.self, source, count, swaps, target, stride) { Scalar(Float(bitPattern: $0)) }
    case (.float, _):
      each(UInt64.self, source, count, swaps, target, stride) { Scalar(Double(bitPattern: $0)) }
    }
  }

  /// The loops; one for contiguous targets, which the compiler vectorises.
  @inline(__always)
  private static func each<Raw: FixedWidthInteger, Scalar: ReadableScalar>(
    _ raw: Raw.Type, _ source: UnsafeRawPointer, _ count: Int, _ swaps: Bool,
    _ target: UnsafeMutablePointer<Scalar>, _ stride: Int, _ convert: (Raw) -> Scalar
  ) {
    @inline(__always) func load(_ index: Int) -> Raw {
      source.loadUnaligned(fromByteOffset: index * MemoryLayout<Raw>.size, as: Raw.self)
    }
    switch (swaps, stride) {
    case (false, 1): for i in 0..<count { target[i] = convert(load(i)) }
    case (true, 1): for i in 0..<count { target[i] = convert(load(i).byteSwapped) }
    case (false, _): for i in 0..<count { target[i * stride] = convert(load(i)) }
    case (true, _): for i in 0..<count { target[i * stride] = convert(load(i).byteSwapped) }
    }
  }

  /// The value of IEEE 754 half-precision bits, exactly. (`Float16` is not on every platform.)
  package static func float(half bits: UInt16) -> Float {
    let sign = UInt32(bits & 0x8000) << 16
    let exponent = UInt32(bits >> 10) & 0x1f
    let fraction = UInt32(bits & 0x3ff)
    switch exponent {
    case 0:
      // A multiple of 2^-24, which a float holds exactly.
      let magnitude = Float(fraction) * 0x1p-24
      return Float(bitPattern: magnitude.bitPattern | sign)
    case 0x1f: return Float(bitPattern: sign | 0x7f80_0000 | fraction << 13)
    default: return Float(bitPattern: sign | (exponent + 112) << 23 | fraction << 13)
    }
  }
}
