/// Rows as values of one type that lie one after another, with or without the row's length before.
struct BinaryEncoder: UniformRowEncoder {
  /// The type of number that a value becomes.
  private enum Value { case float, double, byte, signedByte, integer }

  private let format: VectorFormat
  private let columns: Int
  private let value: Value

  init(_ format: VectorFormat, _ rows: RowShape) {
    self.format = format
    columns = rows.columns
    value =
      switch format {
      case .bvecs, .u8bin: .byte
      case .i8bin: .signedByte
      case .ivecs: .integer
      case .npy, .npz, .idx, .safetensors: rows.isFloat ? .float : .double
      default: .float
      }
  }

  /// Whether each row begins with its length.
  private var isPrefixed: Bool { [.fvecs, .bvecs, .ivecs].contains(format) }

  var countsRows: Bool { format != .rawF32 && !isPrefixed }

  var rowLimit: Int {
    switch format {
    case .fbin, .u8bin, .i8bin: Int(UInt32.max)
    case .idx: Int(Int32.max)
    // The number of bytes still is an integer.
    case .safetensors: Int.max / 4 / 8 / max(1, columns)
    default: .max
    }
  }

  var columnLimit: Int {
    if format == .safetensors { return Int.max / 4 / 8 }
    return isPrefixed ? Int(Int32.max) : rowLimit
  }

  func header(rows: Int) -> [UInt8] {
    switch format {
    case .npy, .npz:
      NPYHeader.bytes(
        type: value == .float ? Float.npyType : Double.npyType, shape: "(\(rows), \(columns))",
        firstLength: rows)
    case .safetensors:
      SafetensorsHeader.bytes(
        name: "points", type: value == .float ? "F32" : "F64", rows: rows, columns: columns,
        size: value == .float ? 4 : 8)
    case .fbin, .u8bin, .i8bin: bytes(UInt32(rows)) + bytes(UInt32(columns))
    case .idx:
      // Two zeros, the type, the number of dimensions.
      [0, 0, value == .float ? 0x0d : 0x0e, 2] + bytes(UInt32(rows).byteSwapped)
        + bytes(UInt32(columns).byteSwapped)
    default: []
    }
  }

  private func bytes(_ number: UInt32) -> [UInt8] {
    withUnsafeBytes(of: number.littleEndian) { Array($0) }
  }

  func encodeRow<Scalar: WritableScalar>(
    _ values: UnsafeBufferPointer<Scalar>, at place: RowPlace, to target: UnsafeMutableRawPointer
  ) throws(UnwritableValue) -> Int {
    var start = 0
    if place.column == 0, isPrefixed {
      target.storeBytes(of: UInt32(columns).littleEndian, as: UInt32.self)
      start = 4
    }
    let body = target + start
    let isBigEndian = format == .idx
    switch value {
    case .float:
      try store(values, place, body, "32-bit floats, up to 3.4e38") { value -> UInt32? in
        let float = value.asFloat
        // A float holds infinity and NaN, too.
        guard float.isFinite || !value.isFinite else { return nil }
        return isBigEndian ? float.bitPattern.byteSwapped : float.bitPattern
      }
      return start + 4 * values.count
    case .double:
      try store(values, place, body, "doubles") { value -> UInt64? in
        let bits = value.asDouble.bitPattern
        return isBigEndian ? bits.byteSwapped : bits
      }
      return start + 8 * values.count
    case .byte:
      try store(values, place, body, "whole numbers from 0 to 255") { UInt8(exactly: $0.asDouble) }
      return start + values.count
    case .signedByte:
      try store(values, place, body, "whole numbers from -128 to 127") {
        Int8(exactly: $0.asDouble)
      }
      return start + values.count
    case .integer:
      try store(values, place, body, "whole numbers of 32 bits") { Int32(exactly: $0.asDouble) }
      return start + 4 * values.count
    }
  }

  /// The loop over the values; a code of `nil` says that there is none.
  @inline(__always)
  private func store<Scalar: WritableScalar, Code: BitwiseCopyable>(
    _ values: UnsafeBufferPointer<Scalar>, _ place: RowPlace, _ target: UnsafeMutableRawPointer,
    _ limits: String, _ code: (Scalar) -> Code?
  ) throws(UnwritableValue) {
    for index in 0..<values.count {
      guard let stored = code(values[index]) else {
        throw UnwritableValue(
          row: place.row, column: place.column + index, value: values[index].description,
          limits: "\(format.rawValue) holds \(limits)")
      }
      target.storeBytes(
        of: stored, toByteOffset: index * MemoryLayout<Code>.size, as: Code.self)
    }
  }
}
