internal import KMeansLinearAlgebra

/// A scalar that rows are read into: conversions from the numbers of files, each rounded once, and
/// the measures of its binary format.
protocol ReadableScalar: BLASScalar {
  init(_ value: Int32)
  init(_ value: Int64)
  init(_ value: UInt64)
  init(_ value: Float)
  init(_ value: Double)

  /// The value with these bits, of which the upper ones are zero where the type is shorter.
  init(bits: UInt64)
  /// The number of stored bits of the significand.
  static var significandBits: Int { get }
  /// The exponent that a biased exponent of zero stands for, less one.
  static var minimumExponent: Int { get }
  /// The biased exponent of infinity.
  static var infiniteExponent: Int { get }
  /// The powers of ten that can make a half-way case of 64-bit integers.
  static var tiePowers: ClosedRange<Int> { get }
  /// The powers of ten below which all is zero and above which all is infinite.
  static var powers: ClosedRange<Int> { get }
}

extension Float: ReadableScalar {
  init(bits: UInt64) { self.init(bitPattern: UInt32(truncatingIfNeeded: bits)) }
  static var significandBits: Int { 23 }
  static var minimumExponent: Int { -127 }
  static var infiniteExponent: Int { 0xff }
  static var tiePowers: ClosedRange<Int> { -17...10 }
  static var powers: ClosedRange<Int> { -65...38 }
}

extension Double: ReadableScalar {
  init(bits: UInt64) { self.init(bitPattern: bits) }
  static var significandBits: Int { 52 }
  static var minimumExponent: Int { -1023 }
  static var infiniteExponent: Int { 0x7ff }
  static var tiePowers: ClosedRange<Int> { -4...23 }
  static var powers: ClosedRange<Int> { -342...308 }
}
