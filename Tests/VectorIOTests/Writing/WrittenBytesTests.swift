import Foundation
import KMeansFiles
import Testing
import VectorIO

/// Every format, byte for byte against bytes put together by hand.
@Suite struct WrittenBytesTests {
  /// Values that every format but the signed ones can hold.
  static let values: [[Double]] = [[1, 0, 255], [7, 128, 0]]

  static func written<Scalar: MatrixScalar>(
    _ rows: [[Scalar]], to name: String, names: [String]? = nil, count: Int? = nil,
    format: VectorFormat? = nil
  ) throws -> [UInt8] {
    let folder = Folder()
    let writer = try VectorWriter<Scalar>(
      folder.file(name), format: format, columns: rows[0].count, columnNames: names, rows: count)
    // One row at a time, so that the header is completed at the end.
    for row in rows {
      let matrix = try Matrix([row])
      try writer.write(matrix.view)
    }
    #expect(folder.names != [name])
    try writer.finish()
    #expect(folder.names == [name])
    let bytes = try folder.bytes(of: name)
    #expect(writer.byteCount == bytes.count)
    #expect(writer.rows == rows.count)
    return bytes
  }

  static let floats: [UInt8] = values.joined().flatMap { bytes(Float($0).bitPattern) }
  static let doubles: [UInt8] = values.joined().flatMap { bytes($0.bitPattern) }
  static let small: [UInt8] = [1, 0, 255, 7, 128, 0]
  static let counts: [UInt8] = [2, 0, 0, 0, 3, 0, 0, 0]
  static let three: [UInt8] = [3, 0, 0, 0]

  static let expected: [(String, [UInt8])] = [
    ("a.csv", Array("1.0,0.0,255.0\n7.0,128.0,0.0\n".utf8)),
    ("a.tsv", Array("1.0\t0.0\t255.0\n7.0\t128.0\t0.0\n".utf8)),
    ("a.f32", floats),
    ("a.fvecs", three + floats[..<12] + three + floats[12...]),
    ("a.bvecs", three + small[..<3] + three + small[3...]),
    (
      "a.ivecs",
      three + [1, 0, 0, 0, 0, 0, 0, 0, 255, 0, 0, 0]
        + three + [7, 0, 0, 0, 128, 0, 0, 0, 0, 0, 0, 0]
    ),
    ("a.fbin", counts + floats),
    ("a.u8bin", counts + small),
    ("a.libsvm", Array("0 1:1.0 3:255.0\n0 1:7.0 2:128.0\n".utf8)),
    ("a.spark", Array("[1.0,0.0,255.0]\n[7.0,128.0,0.0]\n".utf8)),
  ]

  @Test(arguments: expected) func `floats and doubles`(_ name: String, _ expected: [UInt8]) throws {
    #expect(try Self.written(Self.values, to: name) == expected)
    #expect(try Self.written(Self.values.map { $0.map { Float($0) } }, to: name) == expected)
    // The number of rows changes nothing, whether it is right or wrong.
    for count in [2, 0, 5] {
      #expect(try Self.written(Self.values, to: name, count: count) == expected)
    }
  }

  @Test func `signed bytes`() throws {
    let rows: [[Float]] = [[-128, 0], [127, -1]]
    #expect(
      try Self.written(rows, to: "a.i8bin") == [2, 0, 0, 0, 2, 0, 0, 0, 0x80, 0, 0x7f, 0xff])
    #expect(
      try Self.written(rows, to: "a.ivecs")
        == [2, 0, 0, 0, 0x80, 255, 255, 255, 0, 0, 0, 0, 2, 0, 0, 0, 127, 0, 0, 0]
        + [255, 255, 255, 255])
  }

  @Test func `idx is big-endian and has floats or doubles`() throws {
    let shape: [UInt8] = [0, 0, 0, 2, 0, 0, 0, 3]
    #expect(
      try Self.written(Self.values, to: "a.idx")
        == [0, 0, 0x0e, 2] + shape
        + Self.values.joined().flatMap { bytes($0.bitPattern, bigEndian: true) })
    #expect(
      try Self.written(Self.values.map { $0.map { Float($0) } }, to: "a.idx")
        == [0, 0, 0x0d, 2] + shape
        + Self.values.joined().flatMap { bytes(Float($0).bitPattern, bigEndian: true) })
  }

  @Test func `the header of text has quotes where it needs them`() throws {
    let names = ["a", "b,c", "d\"e"]
    #expect(
      String(decoding: try Self.written([[1.5, 2, 3]], to: "a.csv", names: names), as: UTF8.self)
        == "a,\"b,c\",\"d\"\"e\"\n1.5,2.0,3.0\n")
    #expect(
      String(decoding: try Self.written([[1.5, 2, 3]], to: "a.tsv", names: names), as: UTF8.self)
        == "a\t\"b,c\"\t\"d\"\"e\"\n1.5\t2.0\t3.0\n")
    #expect(
      try Self.written(Self.values, to: "a.spark", names: names) == Self.expected.last!.1)
  }

  @Test func `libsvm leaves zeros out, but not the sign of one, nor the width of the first row`()
    throws
  {
    let rows: [[Float]] = [[0, 0.1, 0], [0, 0, 0], [-0.0, 0, 2]]
    #expect(
      String(decoding: try Self.written(rows, to: "a.libsvm"), as: UTF8.self)
        == "0 2:0.1 3:0.0\n0\n0 1:-0.0 3:2.0\n")
  }

  @Test func `rows that are longer than a part`() throws {
    for count in [RowPartLength.value - 1, RowPartLength.value, 3 * RowPartLength.value + 1] {
      let row = (0..<count).map { Float($0 % 251) }
      let twice = [row, row.reversed()]
      #expect(
        try Self.written(twice, to: "a.csv")
          == Array(twice.map { "\($0.map(\.description).joined(separator: ","))\n" }.joined().utf8))
      #expect(
        try Self.written(twice, to: "a.bvecs")
          == twice.flatMap { bytes(UInt32(count)) + $0.map { UInt8($0) } })
      #expect(
        try Self.written(twice, to: "a.spark")
          == Array(
            twice.map { "[\($0.map(\.description).joined(separator: ","))]\n" }.joined().utf8))
    }
  }

  @Test func `the longest numbers fit`() throws {
    let longest = -2.2250738585072014e-308
    let row = [Double](repeating: longest, count: RowPartLength.value)
    let text = String(decoding: try Self.written([row], to: "a.libsvm"), as: UTF8.self)
    #expect(text.hasSuffix(" 4096:-2.2250738585072014e-308\n"))
    #expect(text.count == 2 + row.indices.reduce(0) { $0 + " \($1 + 1):\(longest)".count })
  }

  @Test func `no rows`() throws {
    let folder = Folder()
    for format in VectorFormat.allCases {
      let path = folder.file("a.\(format.fileExtension)")
      try VectorWriter<Float>(path, columns: 2).finish()
    }
    #expect(try folder.bytes(of: "a.csv") == [])
    #expect(try folder.bytes(of: "a.fbin") == [0, 0, 0, 0, 2, 0, 0, 0])
    #expect(try VectorFile<Float>(folder.file("a.npy")).info.rows == 0)
  }
}

/// How many values the writer codes at a time.
enum RowPartLength { static let value = 4096 }
