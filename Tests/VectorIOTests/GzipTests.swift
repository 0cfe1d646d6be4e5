import KMeansFiles
import Testing
import VectorIO

@Suite struct GzipTests {
  static let text = Array("a,b\n1,2\n3,4\n5,6\n".utf8)
  static let expected: [[Double]] = [[1, 2], [3, 4], [5, 6]]

  @Test(arguments: [1, 7, 1 << 20], [1, 7, 1 << 20])
  func `one member and more`(piece: Int, windowSize: Int) throws {
    let whole = gzipMember(Self.text)
    let parts =
      gzipMember(Array(Self.text[..<5])) + gzipMember([]) + gzipMember(Array(Self.text[5...]))
    for bytes in [whole, parts, whole + [UInt8](repeating: 0, count: 600)] {
      for kind in [MemorySource.Kind.file, .pipe] {
        let found = try rows(
          bytes, name: "a.csv.gz", kind: kind, piece: piece, windowSize: windowSize)
        #expect(found == Self.expected)
      }
    }
  }

  @Test func `npy and raw come packed too`() throws {
    let data = (1...4).flatMap { bytes(Float($0).bitPattern) }
    let packed = gzipMember(npy(shape: "(2, 2)", data: data))
    #expect(try rows(packed, name: "A.NPY.GZ") == [[1, 2], [3, 4]])
    let options = ReadingOptions(dimension: 2)
    #expect(try rows(gzipMember(data), name: "a.f32.gz", options: options) == [[1, 2], [3, 4]])
    let source = MemorySource(packed)
    let opened = try OpenedVectorFile(source: source, name: "a.npy.gz")
    #expect(opened.info.isCompressed && opened.info.rows == 2)
  }

  @Test func `rewinds to the first row`() throws {
    let source = MemorySource(gzipMember(Self.text))
    var file = try OpenedVectorFile(source: source, name: "a.csv.gz").rows(as: Double.self)
    for _ in 0..<3 {
      #expect(arrays(try Matrix(reading: &file)) == Self.expected)
      try file.rewind()
    }
  }

  @Test func `every truncation is found`() {
    let bytes = gzipMember(Self.text)
    for length in 0..<bytes.count {
      let error = failure { _ = try rows(Array(bytes[..<length]), name: "a.csv.gz") as [[Double]] }
      let expected =
        length == 0
        ? malformed(.wholeFile, "the file is empty, expected gzip data")
        : length < 2
          ? malformed(.byte(0), "expected gzip data, found something else")
          : malformed(
            .byte(length),
            "the gzip data ends here, in the middle of a member: the file is not whole")
      #expect(error == expected)
    }
  }

  @Test func `damage is found`() {
    let good = gzipMember(Self.text)
    func error(_ bytes: [UInt8]) -> FileError? {
      failure { _ = try rows(bytes, name: "a.csv.gz") as [[Double]] }
    }
    var changed = good
    changed[good.count - 8] ^= 1
    #expect(error(changed) == malformed(.byte(good.count - 4), "gzip: CRC mismatch"))
    changed = good
    changed[good.count - 1] ^= 1
    #expect(error(changed) == malformed(.byte(good.count), "gzip: length mismatch"))
    let other = "expected the end of the gzip data or another member, found other bytes"
    #expect(error(good + [1]) == malformed(.byte(good.count), other))
    #expect(error(good + [0, 0, 7]) == malformed(.byte(good.count + 2), other))
    #expect(error(good + [0x1f]) == malformed(.byte(good.count), other))
    #expect(error(Self.text) == malformed(.byte(0), "expected gzip data, found something else"))
    #expect(error([]) == malformed(.wholeFile, "the file is empty, expected gzip data"))
  }

  /// All bits of a member but those that mean nothing to the data.
  @Test func `no flipped bit changes the rows`() {
    let bytes = gzipMember(Self.text)
    for bit in 0..<8 * bytes.count {
      var changed = bytes
      changed[bit / 8] ^= 1 << UInt8(bit % 8)
      if let found: [[Double]] = try? rows(changed, name: "a.csv.gz") {
        #expect(found == Self.expected, "bit \(bit)")
        // Time, extra flags, system: bytes 4..<10; the text flag of byte 3; the bits that fill up
        // the last byte before the checksum.
        let isIdle = (4..<10).contains(bit / 8) || bit == 24 || bit / 8 == bytes.count - 9
        #expect(isIdle, "bit \(bit)")
      }
    }
  }

  /// 256 MiB of one line in 260 kB: costs time, not memory, and no estimate is believed too far.
  @Test func `a bomb takes no memory`() throws {
    let line = Array("1,2\n".utf8)
    let block = gzipMember(Array([[UInt8]](repeating: line, count: 1 << 18).joined()), level: 9)
    let bytes = Array([[UInt8]](repeating: block, count: 64).joined())
    let source = MemorySource(bytes)
    let file = try OpenedVectorFile(source: source, name: "a.csv.gz").rows(as: Float.self)
    #expect(try #require(file.remainingRowsEstimate) <= (64 << 20) / 16)
    var count = 0
    while true {
      var matrix = try Matrix<Float>(reserving: 1 << 16, columns: 2)
      let values = try matrix.append(atMost: 1 << 16) { try file.read(into: &$0) }
      if values == 0 { break }
      count += values / 2
    }
    #expect(count == 64 << 18)
  }
}
