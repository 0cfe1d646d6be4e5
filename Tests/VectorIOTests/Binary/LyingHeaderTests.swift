import KMeansFiles
import Testing
import VectorIO

/// Headers that cannot be true: refused when the file is opened where its size is known, else at
/// the end; no memory is taken because of them.
@Suite struct LyingHeaderTests {
  static let data = (1...6).flatMap { bytes(Float($0).bitPattern) }
  static let huge: UInt32 = .max

  private func opening(
    _ bytes: [UInt8], _ name: String, _ kind: MemorySource.Kind = .file
  ) -> FileError? {
    failure {
      let file = try OpenedVectorFile(source: MemorySource(bytes, kind: kind), name: name)
      let info = file.info
      let rows = try #require(file.rows(as: Double.self).remainingRowsEstimate)
      #expect((rows + 1) * info.columns * 8 <= 96 << 20)
    }
  }

  private func reading(_ bytes: [UInt8], _ name: String) -> FileError? {
    failure { _ = try rows(bytes, name: name, kind: .packed) as [[Double]] }
  }

  @Test(arguments: [
    (countedHeader(4, 2), ".fbin", 8, 32, "4 x 2"), (countedHeader(1, 7), ".fbin", 8, 28, "1 x 7"),
    (countedHeader(0x7fff_ffff, 2), ".fbin", 8, 17_179_869_176, "2147483647 x 2"),
    (countedHeader(huge, 2), ".fbin", 8, 34_359_738_360, "4294967295 x 2"),
    (idxHeader(0x0d, [4, 2]), ".idx", 12, 32, "4 x 2"),
    (idxHeader(0x0d, [huge, 2, 1]), ".idx", 16, 34_359_738_360, "4294967295 x 2"),
  ])
  func `too many rows`(header: [UInt8], ext: String, offset: Int, expected: Int, shape: String) {
    let file = header + Self.data
    let type = ext == ".idx" ? ">f4" : "<f4"
    let error = malformed(
      .byte(offset + 24),
      "the data ends here, after 24 bytes; expected \(expected) (\(shape) values of type \(type))")
    #expect(opening(file, "a" + ext) == error)
    #expect(opening(file, "a" + ext, .pipe) == nil)
    #expect(reading(file, "a" + ext) == error)
  }

  @Test func `too few rows`() {
    for (header, name) in [
      (countedHeader(2, 2), "a.fbin"), (idxHeader(0x0d, [2, 2]), "a.idx"),
      (countedHeader(0, 2), "a.fbin"),
    ] {
      let count = header.count == 8 ? Int(header[0]) : 2
      #expect(
        opening(header + Self.data, name)
          == malformed(
            .byte(header.count + 8 * count),
            "\(24 - 8 * count) bytes after the last of \(count) rows; expected the end"))
      #expect(
        reading(header + Self.data, name)
          == malformed(
            .byte(header.count + 8 * count),
            "bytes after the last of \(count) rows; expected the end"))
    }
  }

  @Test func `too many columns`() {
    let packed = "a row of 4294967295 values, expected at most 1048576 in a pipe or packed"
    for kind in [MemorySource.Kind.pipe, .packed] {
      #expect(opening(countedHeader(1, Self.huge), "a.u8bin", kind) == malformed(.byte(0), packed))
      #expect(opening(idxHeader(8, [1, Self.huge]), "a.idx", kind) == malformed(.byte(4), packed))
      #expect(
        opening(bytes(Int32.max) + Self.data, "a.fvecs", kind)
          == malformed(
            .byte(0), "a row of 2147483647 values, expected at most 1048576 in a pipe or packed"))
    }
    #expect(
      opening(bytes(Int32.max) + Self.data, "a.bvecs")
        == malformed(.byte(0), "a row of 2147483647 values does not fit into a file of 28 bytes"))
    // Nothing is missing of no rows.
    #expect(
      opening(countedHeader(0, Self.huge), "a.fbin")
        == malformed(.byte(0), "a row of 4294967295 values does not fit into a file of 8 bytes"))
    let shape = "(0, 4611686018427387904)"
    for kind in [MemorySource.Kind.file, .pipe] {
      #expect(opening(npy(shape: shape, data: []), "a.npy", kind) != nil)
    }
    #expect(
      opening(npy(shape: "(1, 1099511627776)", data: []), "a.npy", .pipe)
        == malformed(
          .byte(60), "a row of 1099511627776 values, expected at most 1048576 in a pipe or packed"))
  }

  @Test func `more than a file can hold`() {
    let problem = "4294967295 x 4294967295 values are more than a file can hold"
    for kind in BinaryFormatsTests.kinds {
      let square = countedHeader(Self.huge, Self.huge) + Self.data
      #expect(opening(square, "a.u8bin", kind) == malformed(.byte(0), problem))
      let flat = idxHeader(8, [Self.huge, Self.huge]) + Self.data
      #expect(opening(flat, "a.idx", kind) == malformed(.byte(4), problem))
      let deep = idxHeader(8, [1, Self.huge, Self.huge, Self.huge]) + Self.data
      #expect(
        opening(deep, "a.idx", kind)
          == malformed(.byte(12), "a row of more values than a file can hold"))
    }
  }

  @Test func `no columns`() {
    for kind in BinaryFormatsTests.kinds {
      #expect(
        opening(countedHeader(1, 0), "a.fbin", kind)
          == malformed(.byte(4), "a dimension of 0, expected at least 1"))
      #expect(
        opening(idxHeader(8, [3, 2, 0]), "a.idx", kind)
          == malformed(.byte(8), "an array of 0 columns, expected at least 1"))
      for dimension: Int32 in [0, -1, .min] {
        #expect(
          opening(bytes(dimension) + Self.data, "a.fvecs", kind)
            == malformed(.byte(0), "row 1 has a dimension of \(dimension), expected at least 1"))
      }
    }
  }

  @Test func `no rows`() throws {
    #expect(try rows(countedHeader(0, 3), name: "a.fbin") == [] as [[Double]])
    #expect(try rows(idxHeader(8, [0, 3]), name: "a.idx") == [] as [[Double]])
  }

  /// The file is as long as if all rows had two values, but one says that it has three.
  @Test func `a dimension that changes`() {
    for kind in BinaryFormatsTests.kinds {
      let bytes = prefixed(
        [Array(Self.data.prefix(8)), Array(Self.data.prefix(8)), Array(Self.data.prefix(8))],
        dimensions: [2, 2, 3])
      let error = malformed(.byte(24), "row 3 has a dimension of 3, expected 2 as in row 1")
      for columns in [2, 1] {
        let options = ReadingOptions(columns: ColumnSelection("1-\(columns)"))
        #expect(
          failure {
            _ = try rows(bytes, name: "a.fvecs", options: options, kind: kind) as [[Double]]
          } == error)
      }
    }
    // Of what comes in pieces the last row's dimension is looked at before its length is.
    let bytes = prefixed([Array(Self.data.prefix(8)), [1]], dimensions: [2, 1])
    #expect(
      reading(bytes, "a.fvecs")
        == malformed(.byte(12), "row 2 has a dimension of 1, expected 2 as in row 1"))
    let long = prefixed(
      [[UInt8](repeating: 0, count: 300_000), [UInt8](repeating: 0, count: 300_000)],
      dimensions: [300_000, 299_999])
    #expect(
      reading(long, "a.bvecs")
        == malformed(
          .byte(300_004), "row 2 has a dimension of 299999, expected 300000 as in row 1"))
  }
}
