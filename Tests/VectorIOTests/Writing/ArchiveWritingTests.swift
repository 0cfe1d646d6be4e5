import Foundation
import KMeansFiles
import Testing
import VectorIO

/// npz, and gzip around a header that is completed at the end.
@Suite struct ArchiveWritingTests {
  /// Byte for byte from PKWARE's description: a member with lengths of zip64, the directory, its
  /// end.
  @Test(arguments: [nil, 2, 9]) func `npz is a zip archive`(_ count: Int?) throws {
    let rows: [[Float]] = [[1.5, -2.25, 3], [4, 5e-3, -6]]
    let data = rows.joined().flatMap { bytes($0.bitPattern) }
    let text = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }"
    let member = npy(
      header: text.padding(toLength: 117, withPad: " ", startingAt: 0) + "\n", data: data)
    let name = Array("arr_0.npy".utf8)
    let size = bytes(UInt32(member.count))
    let wide = bytes(UInt32.max)
    let common = [0, 0, 0, 0, 0, 0, 0x21, 0] + bytes(crc32(member))
    let extra = [1, 0, 16, 0] + bytes(UInt64(member.count)) + bytes(UInt64(member.count))
    let local = [0x50, 0x4b, 3, 4, 45, 0] + common + wide + wide + [9, 0, 20, 0] + name + extra
    let directory =
      [0x50, 0x4b, 1, 2, 45, 3, 45, 0] + common + size + size + [9, 0, 0, 0] + [0, 0, 0, 0, 0, 0]
      + [0, 0, 0xa4, 0x81] + [0, 0, 0, 0] + name
    let end =
      [0x50, 0x4b, 5, 6, 0, 0, 0, 0, 1, 0, 1, 0] + bytes(UInt32(directory.count))
      + bytes(UInt32(local.count + member.count)) + [0, 0]
    #expect(
      try WrittenBytesTests.written(rows, to: "a.npz", count: count)
        == local + member + directory + end)
  }

  /// Past 4 GiB the lengths stand in zip64's records. A file of 4,400,000,360 bytes that was
  /// written once was read by numpy, Python's `zipfile` and `unzip -t`.
  @Test(arguments: [0xffff_fffe - 59, 0xffff_fffe - 58, 0x1_2345_6789] as [UInt64])
  func `the directory of a large npz`(_ length: UInt64) {
    let member = StoredArchive(name: "arr_0.npy", checksum: 0x0403_0201, length: length)
    let name = Array("arr_0.npy".utf8)
    let lengths = bytes(length) + bytes(length)
    let common: [UInt8] = [45, 0, 0, 0, 0, 0, 0, 0, 0x21, 0, 1, 2, 3, 4]
    let wide = bytes(UInt64.max)
    #expect(
      member.localHeader
        == [0x50, 0x4b, 3, 4] + common + wide + [9, 0, 20, 0] + name + [1, 0, 16, 0] + lengths)
    let zeros = [UInt8](repeating: 0, count: 6)
    let attributes: [UInt8] = [0, 0, 0xa4, 0x81, 0, 0, 0, 0]
    if length + 59 < UInt64(UInt32.max) {
      let short = bytes(UInt32(length))
      let entry = common + short + short + [9, 0, 0, 0] + zeros + attributes + name
      #expect(
        member.directory
          == [0x50, 0x4b, 1, 2, 45, 3] + entry
          + [0x50, 0x4b, 5, 6, 0, 0, 0, 0, 1, 0, 1, 0, 55, 0, 0, 0] + bytes(UInt32(length + 59))
          + [0, 0])
      return
    }
    let entry =
      common + wide + [9, 0, 20, 0] + zeros + attributes + name + [1, 0, 16, 0] + lengths
    let one: [UInt8] = [1, 0, 0, 0, 0, 0, 0, 0]
    let zip64: [UInt8] =
      [0x50, 0x4b, 6, 6, 44, 0, 0, 0, 0, 0, 0, 0, 45, 3, 45, 0, 0, 0, 0, 0, 0, 0, 0, 0]
      + one + one + [75, 0, 0, 0, 0, 0, 0, 0] + bytes(length + 59)
    let locator: [UInt8] =
      [0x50, 0x4b, 6, 7, 0, 0, 0, 0] + bytes(length + 59 + 75) + [1, 0, 0, 0]
    #expect(
      member.directory
        == [0x50, 0x4b, 1, 2, 45, 3] + entry + zip64 + locator
        + [0x50, 0x4b, 5, 6, 0, 0, 0, 0, 1, 0, 1, 0, 75, 0, 0, 0, 255, 255, 255, 255, 0, 0])
  }

  /// Checked with `numpy.load`, `unzip -t` and Python's `zipfile` 3.11; see the bytes above.
  @Test func `the member is an npy file of doubles`() throws {
    let written = try WrittenBytesTests.written([[0.1, 2], [3, 4], [5, 6]], to: "a.npz")
    let start = 30 + 9 + 20
    #expect(
      try rows(Array(written[start..<start + 128 + 48]), name: "a.npy") as [[Double]]
        == [[0.1, 2], [3, 4], [5, 6]])
  }

  /// gzip with a header that said no rows at first; zlib checks the joined checksum.
  @Test(arguments: [nil, 2000, 7]) func `a packed npy tells its rows in the end`(_ count: Int?)
    throws
  {
    let expected = (0..<2000).map { [Float($0), Float($0 % 7)] }
    let packed = try WrittenBytesTests.written(expected, to: "a.npy.gz", count: count)
    #expect(packed.starts(with: [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255, 0, 128, 0, 127, 255, 0x93]))
    #expect(packed.count < 9000)
    #expect(try rows(packed, name: "a.npy.gz", as: Float.self) == expected)
    #expect(try OpenedVectorFile(source: MemorySource(packed), name: "a.npy.gz").info.rows == 2000)
    let content = try WrittenBytesTests.written(expected, to: "a.npy")
    #expect(Array(packed.suffix(8)) == bytes(crc32(content)) + bytes(UInt32(content.count)))
  }

  @Test func `packed text is one member`() throws {
    let packed = try WrittenBytesTests.written([[1.5, 2]], to: "A.CSV.GZ", names: ["x", "y"])
    #expect(try rows(packed, name: "a.csv.gz") == [[1.5, 2]])
    let content = Array("x,y\n1.5,2.0\n".utf8)
    #expect(Array(packed.suffix(8)) == bytes(crc32(content)) + bytes(UInt32(content.count)))
  }

  @Test func `much that does not pack`() throws {
    var state: UInt64 = 1
    let values = (0..<200_000).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1
      return Float(state >> 40)
    }
    let folder = Folder()
    let writer = try VectorWriter<Float>(folder.file("a.fvecs.gz"), columns: 100_000)
    try writer.write(try MatrixView(values.span, columns: 100_000))
    try writer.finish()
    var source = try VectorFile<Float>(
      folder.file("a.fvecs.gz"), options: ReadingOptions(format: .rawF32, dimension: 100_001))
    let matrix = try Matrix(reading: &source)
    #expect(matrix.rows == 2)
    #expect(values.indices.allSatisfy { matrix[$0 / 100_000, $0 % 100_000 + 1] == values[$0] })
  }
}
