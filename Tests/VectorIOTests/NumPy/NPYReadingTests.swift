import Foundation
import KMeansFiles
import Testing
import VectorIO

@Suite struct NPYReadingTests {
  /// A type with values that show its ends, as bits and as the number they are.
  struct Case: Sendable, CustomTestStringConvertible {
    let letters: String
    let size: Int
    let values: [(bits: UInt64, value: Double)]
    var testDescription: String { letters }
  }

  static let cases: [Case] = [
    Case(letters: "b1", size: 1, values: [(0, 0), (1, 1), (1, 1), (0, 0), (0, 0), (1, 1)]),
    Case(
      letters: "i1", size: 1,
      values: [(0x80, -128), (0x7f, 127), (0xff, -1), (0, 0), (1, 1), (2, 2)]),
    Case(
      letters: "u1", size: 1,
      values: [(0x80, 128), (0x7f, 127), (0xff, 255), (0, 0), (1, 1), (2, 2)]),
    Case(
      letters: "i2", size: 2,
      values: [(0x8000, -32768), (0x7fff, 32767), (0xfffe, -2), (0x0102, 258), (0, 0), (1, 1)]),
    Case(
      letters: "u2", size: 2,
      values: [(0x8000, 32768), (0x7fff, 32767), (0xffff, 65535), (0x0102, 258), (0, 0), (1, 1)]),
    Case(
      letters: "i4", size: 4,
      values: [
        (0x8000_0000, -2_147_483_648), (0x7fff_ffff, 2_147_483_647), (0xffff_ffff, -1),
        (0x0102_0304, 16_909_060), (0, 0), (1, 1),
      ]),
    Case(
      letters: "u4", size: 4,
      values: [
        (0x8000_0000, 2_147_483_648), (0xffff_ffff, 4_294_967_295), (7, 7),
        (0x0102_0304, 16_909_060), (0, 0), (1, 1),
      ]),
    Case(
      letters: "i8", size: 8,
      values: [
        (1 << 63, -0x1p63), (.max >> 1, 0x1p63), (.max, -1), (0x0102_0304, 16_909_060),
        ((1 << 53) + 1, 0x1p53), (1, 1),
      ]),
    Case(
      letters: "u8", size: 8,
      values: [
        (1 << 63, 0x1p63), (.max, 0x1p64), (7, 7), (0x0102_0304, 16_909_060), (0, 0), (1, 1),
      ]),
    Case(
      letters: "f2", size: 2,
      values: [
        (0x3c00, 1), (0xc000, -2), (0x7bff, 65504), (0x0001, 0x1p-24), (0x03ff, 1023 * 0x1p-24),
        (0xfc00, -.infinity),
      ]),
    Case(
      letters: "f4", size: 4,
      values: [
        (0x3f80_0000, 1), (0xc000_0000, -2), (1, 0x1p-149), (0x7f7f_ffff, 0x1.fffffep127),
        (0x7f80_0000, .infinity), (0x8000_0000, -0.0),
      ]),
    Case(
      letters: "f8", size: 8,
      values: [
        (0x3ff0_0000_0000_0000, 1), (0xc000_0000_0000_0000, -2), (0x3fb9_9999_9999_999a, 0.1),
        (0x4341_c379_37e0_8000, 1e16), (1 << 63, -0.0), (0x7ff0_0000_0000_0000, .infinity),
      ]),
  ]

  @Test(arguments: cases, ["<", ">", "=", "|"])
  func `every type and order`(type: Case, mark: String) throws {
    let (rowCount, columnCount) = (3, 2)
    for isFortran in [false, true] {
      // Value i of the case stands at row i / 2, column i % 2, wherever that is in the file.
      var data: [UInt8] = []
      for place in 0..<6 {
        let index = isFortran ? (place % rowCount) * columnCount + place / rowCount : place
        let low = bytes(type.values[index].bits).prefix(type.size)
        data += mark == ">" ? Array(low.reversed()) : Array(low)
      }
      let file = npy(
        descr: "'\(mark)\(type.letters)'", fortran: isFortran ? "True" : "False", shape: "(3, 2)",
        data: data)
      let expected = type.values.map(\.value)
      for kind in [MemorySource.Kind.file, .pipe, .packed] {
        let doubles = try rows(file, name: "a.npy", kind: kind)
        #expect(doubles.flatMap { $0 }.map(\.bitPattern) == expected.map(\.bitPattern))
        let floats = try rows(file, name: "a.npy", as: Float.self, kind: kind)
        #expect(floats.flatMap { $0 }.map(\.bitPattern) == expected.map { Float($0).bitPattern })
      }
    }
  }

  @Test func `not a number keeps its bits`() throws {
    let file = npy(
      shape: "(1, 2)", data: bytes(0x7fc1_2345 as UInt32) + bytes(0xffc0_0001 as UInt32))
    let values = try rows(file, name: "a.npy", as: Float.self)[0]
    #expect(values.map(\.bitPattern) == [0x7fc1_2345, 0xffc0_0001])
    let half = npy(descr: "'<f2'", shape: "(1,)", data: [0x01, 0x7e])
    #expect(try rows(half, name: "a.npy", as: Float.self)[0][0].isNaN)
  }

  @Test(arguments: [1, 7, 1 << 20], [1, 7, 1 << 20])
  func `block sizes do not matter`(piece: Int, windowSize: Int) throws {
    let data = (0..<60).flatMap { bytes(Float($0).bitPattern) }
    let expected = (0..<20).map { row in (0..<3).map { Double(3 * row + $0) } }
    for kind in [MemorySource.Kind.file, .pipe, .packed] {
      let straight = try rows(
        npy(shape: "(20, 3)", data: data), name: "a.npy", kind: kind, piece: piece,
        windowSize: windowSize)
      #expect(straight == expected)
      let turned = try rows(
        npy(fortran: "True", shape: "(3, 20)", data: data), name: "a.npy", kind: kind,
        piece: piece, windowSize: windowSize)
      let transposed = (0..<3).map { row in
        (0..<20).map { column -> Double in Double(3 * column + row) }
      }
      #expect(turned == transposed)
    }
  }

  /// More rows than one block of a Fortran-ordered file holds (16 MiB).
  @Test func `fortran order in blocks`() throws {
    let (rowCount, columnCount) = (5000, 1000)
    var data: [UInt8] = []
    data.reserveCapacity(4 * rowCount * columnCount)
    for column in 0..<columnCount {
      for row in 0..<rowCount { data += bytes(Float(row * columnCount + column).bitPattern) }
    }
    let file = npy(fortran: "True", shape: "(\(rowCount), \(columnCount))", data: data)
    let opened = try OpenedVectorFile(source: MemorySource(file), name: "a.npy")
    var source = opened.rows(as: Float.self)
    for _ in 0..<2 {
      let matrix = try Matrix(reading: &source)
      #expect(matrix.rows == rowCount)
      #expect((0..<rowCount * columnCount).allSatisfy { matrix.span[$0] == Float($0) })
      try source.rewind()
    }
  }

  @Test func `rewinds to the first row`() throws {
    let file = npy(shape: "(3, 2)", data: (0..<6).flatMap { bytes(Float($0).bitPattern) })
    var source = try OpenedVectorFile(source: MemorySource(file), name: "a.npy").rows(
      as: Float.self)
    #expect(source.remainingRowsEstimate == 3)
    let first = try Matrix(reading: &source)
    #expect(source.remainingRowsEstimate == 0)
    try source.rewind()
    #expect(try Matrix(reading: &source) == first)
  }

  @Test func `columns are selected by number`() throws {
    let file = npy(shape: "(2, 4)", data: (0..<8).flatMap { bytes(Float($0).bitPattern) })
    let options = ReadingOptions(columns: ColumnSelection("4,1-2"))
    #expect(try rows(file, name: "a.npy", options: options) == [[3, 0, 1], [7, 4, 5]])
    #expect(
      failure { _ = try rows(file, name: "a.npy", options: .init(columns: .init("5"))) }
        == .unusable(path: "memory", problem: "there is no column 5, the columns are 1-4"))
    #expect(
      failure { _ = try rows(file, name: "a.npy", options: .init(columns: .init("x"))) }
        == .unusable(
          path: "memory",
          problem: "there is no column 'x': the columns have no names, only numbers 1-4"))
  }
}
