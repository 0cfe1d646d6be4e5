import Testing
import VectorIO

/// A small file of each binary format without a magic, put together by hand from its description.
struct BinarySample: Sendable, CustomTestStringConvertible {
  let format: VectorFormat
  let valueType: String
  let precision: VectorFileInfo.Precision
  let file: [UInt8]
  let rows: [[Double]]
  /// Where the first row begins, and how long a row is, in bytes.
  let dataOffset: Int
  let rowLength: Int

  var name: String { "a.\(format.rawValue)" }
  /// Whether the file says how many rows there are.
  var isCounted: Bool { dataOffset > 0 }
  var testDescription: String { "\(format.rawValue) \(valueType)" }

  static let all = [
    vectors(.fvecs, "<f4", .float, [[1, -2], [0.5, 1e10], [-0.0, 3]], float),
    vectors(.bvecs, "|u1", .float, [[1, 255, 0], [128, 4, 5]]) { [UInt8($0)] },
    vectors(.ivecs, "<i4", .double, [[1, -2], [16_777_217, -2_147_483_648], [5, 6]], int32),
    counted(.fbin, "<f4", .float, [[1, -2], [0.5, 1e10], [-0.0, 3]], float),
    counted(.u8bin, "|u1", .float, [[1, 255, 0], [128, 4, 5]]) { [UInt8($0)] },
    counted(.i8bin, "|i1", .float, [[1, -128, 0], [127, 4, -1]]) {
      [UInt8(bitPattern: Int8($0))]
    },
    array(0x08, "|u1", .float, [2, 2, 2], [[1, 255, 0, 7], [128, 4, 5, 6]]) { [UInt8($0)] },
    array(0x09, "|i1", .float, [2, 1], [[-1], [127]]) { [UInt8(bitPattern: Int8($0))] },
    array(0x0b, ">i2", .float, [1, 3], [[258, -2, 32767]]) {
      bytes(Int16($0), bigEndian: true)
    },
    array(0x0c, ">i4", .double, [3], [[16_909_060], [-2_147_483_648], [16_777_217]]) {
      bytes(Int32($0), bigEndian: true)
    },
    array(0x0d, ">f4", .float, [2, 1, 1, 1, 1, 1, 1, 2], [[1, -2], [0.5, 1e10]]) {
      float($0).reversed()
    },
    array(0x0e, ">f8", .double, [2, 2], [[0.1, -2], [0.5, 1e300]]) {
      bytes($0.bitPattern, bigEndian: true)
    },
  ]

  static func float(_ value: Double) -> [UInt8] { bytes(Float(value).bitPattern) }
  static func int32(_ value: Double) -> [UInt8] { bytes(Int32(value)) }

  private static func vectors(
    _ format: VectorFormat, _ type: String, _ precision: VectorFileInfo.Precision,
    _ rows: [[Double]], _ encode: (Double) -> [UInt8]
  ) -> BinarySample {
    let file = prefixed(rows.map { $0.flatMap(encode) }, dimensions: rows.map { Int32($0.count) })
    return BinarySample(
      format: format, valueType: type, precision: precision, file: file, rows: rows,
      dataOffset: 0, rowLength: file.count / rows.count)
  }

  private static func counted(
    _ format: VectorFormat, _ type: String, _ precision: VectorFileInfo.Precision,
    _ rows: [[Double]], _ encode: (Double) -> [UInt8]
  ) -> BinarySample {
    let data = rows.flatMap { $0.flatMap(encode) }
    return BinarySample(
      format: format, valueType: type, precision: precision,
      file: countedHeader(UInt32(rows.count), UInt32(rows[0].count)) + data, rows: rows,
      dataOffset: 8, rowLength: data.count / rows.count)
  }

  private static func array(
    _ code: UInt8, _ type: String, _ precision: VectorFileInfo.Precision, _ shape: [UInt32],
    _ rows: [[Double]], _ encode: (Double) -> [UInt8]
  ) -> BinarySample {
    let data = rows.flatMap { $0.flatMap(encode) }
    let header = idxHeader(code, shape)
    return BinarySample(
      format: .idx, valueType: type, precision: precision, file: header + data, rows: rows,
      dataOffset: header.count, rowLength: data.count / rows.count)
  }
}

/// Rows behind their dimensions, as in fvecs.
func prefixed(_ rows: [[UInt8]], dimensions: [Int32]) -> [UInt8] {
  zip(rows, dimensions).flatMap { bytes($1) + $0 }
}

/// What fbin begins with.
func countedHeader(_ rows: UInt32, _ columns: UInt32) -> [UInt8] { bytes(rows) + bytes(columns) }

/// What idx begins with.
func idxHeader(_ code: UInt8, _ shape: [UInt32]) -> [UInt8] {
  [0, 0, code, UInt8(shape.count)] + shape.flatMap { bytes($0, bigEndian: true) }
}
