internal import KMeansLinearAlgebra

/// The type of the values in a binary file.
struct NumberType: Hashable {
  enum Kind {
    case boolean, integer, unsigned, float
    /// The upper half of a 32-bit float.
    case bfloat
  }

  let kind: Kind
  /// The size of a number in bytes: 1, 2, 4 or 8.
  let size: Int
  let isBigEndian: Bool

  /// Whether the bytes of a value are those of `Scalar` in memory.
  func matches<Scalar: ReadableScalar>(_ scalar: Scalar.Type) -> Bool {
    kind == .float && size == MemoryLayout<Scalar>.size && !needsSwap
  }

  /// Whether the bytes of a value are in the other order than this machine's.
  var needsSwap: Bool { isBigEndian == (1.littleEndian == 1) && size > 1 }

  /// The type that holds every value, as nearly as one of the two can.
  var precision: VectorFileInfo.Precision {
    switch kind {
    case .float: size <= 4 ? .float : .double
    case .boolean, .integer, .unsigned, .bfloat: size <= 2 ? .float : .double
    }
  }
}

extension NumberType {
  /// The type that numpy writes as `<f4` or `|u1`; `nil` for a type that is not a plain number.
  init?(numpy name: String) {
    var rest = Substring(name)
    var isBigEndian = 1.bigEndian == 1
    switch rest.first {
    case "<": isBigEndian = false
    case ">": isBigEndian = true
    case "=", "|": break
    default: rest = " " + rest
    }
    rest = rest.dropFirst()
    let kinds: [Character: (Kind, [Int])] = [
      "b": (.boolean, [1]), "i": (.integer, [1, 2, 4, 8]), "u": (.unsigned, [1, 2, 4, 8]),
      "f": (.float, [2, 4, 8]),
    ]
    guard let letter = rest.first, let (kind, sizes) = kinds[letter],
      let size = sizes.first(where: { String($0) == rest.dropFirst() })
    else { return nil }
    self.init(kind: kind, size: size, isBigEndian: isBigEndian)
  }
}

/// A scalar that rows are read into: conversions from the numbers of files, each rounded once, and
/// the measures of its binary format.
protocol ReadableScalar: MatrixScalar {
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
