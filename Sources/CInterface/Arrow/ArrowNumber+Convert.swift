internal import Clustering
internal import VectorIO

extension ArrowNumber {
  /// Copies numbers as values of another type, to places that lie `stride` apart.
  ///
  /// - Parameters:
  ///   - base: numbers of this type.
  ///   - range: which of them.
  func convert<Scalar: ClusteringScalar>(
    _ base: UnsafeRawPointer, _ range: Range<Int>, to target: UnsafeMutablePointer<Scalar>,
    stride: Int
  ) {
    switch self {
    case .int8: Self.copy(base, range, Int8.self, target, stride) { Scalar($0) }
    case .uint8: Self.copy(base, range, UInt8.self, target, stride) { Scalar($0) }
    case .int16: Self.copy(base, range, Int16.self, target, stride) { Scalar($0) }
    case .uint16: Self.copy(base, range, UInt16.self, target, stride) { Scalar($0) }
    case .int32: Self.copy(base, range, Int32.self, target, stride) { Scalar($0) }
    case .uint32: Self.copy(base, range, UInt32.self, target, stride) { Scalar($0) }
    case .int64: Self.copy(base, range, Int64.self, target, stride) { Scalar($0) }
    case .uint64: Self.copy(base, range, UInt64.self, target, stride) { Scalar($0) }
    case .float16:
      Self.copy(base, range, UInt16.self, target, stride) { Scalar(Conversion.float(half: $0)) }
    case .float32: Self.copy(base, range, Float.self, target, stride) { Scalar($0) }
    case .float64: Self.copy(base, range, Double.self, target, stride) { Scalar($0) }
    }
  }

  @inline(__always)
  private static func copy<Number: BitwiseCopyable, Scalar>(
    _ base: UnsafeRawPointer, _ range: Range<Int>, _ type: Number.Type,
    _ target: UnsafeMutablePointer<Scalar>, _ stride: Int, _ value: (Number) -> Scalar
  ) {
    let size = MemoryLayout<Number>.size
    if stride == 1, Number.self == Scalar.self {
      UnsafeMutableRawPointer(target).copyMemory(
        from: base + range.lowerBound * size, byteCount: range.count * size)
      return
    }
    for place in 0..<range.count {
      let number = base.loadUnaligned(
        fromByteOffset: (range.lowerBound &+ place) &* size, as: Number.self)
      target[place &* stride] = value(number)
    }
  }
}
