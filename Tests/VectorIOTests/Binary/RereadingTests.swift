import KMeansFiles
import Testing
import VectorIO

/// Rows read from anywhere in a file, and how much of the file that costs.
@Suite struct RereadingTests {
  static let (rowCount, columnCount) = (3000, 40)

  static func value(_ row: Int, _ column: Int) -> Int { (row * 41 + column * 7) % 127 }

  /// Files that are larger than the window (256 KiB) but for those of bytes.
  static let files: [(name: String, bytes: [UInt8])] = {
    func rows(_ encode: (Int) -> [UInt8]) -> [[UInt8]] {
      (0..<rowCount).map { row in (0..<columnCount).flatMap { encode(value(row, $0)) } }
    }
    let floats = rows { bytes(Float($0).bitPattern) }
    let small = rows { [UInt8($0)] }
    let ints = rows { bytes(Int32($0)) }
    let doubles = rows { bytes(Double($0).bitPattern, bigEndian: true) }
    let dimensions = Array(repeating: Int32(columnCount), count: rowCount)
    let (n, d) = (UInt32(rowCount), UInt32(columnCount))
    let array = npy(shape: "(\(n), \(d))", data: floats.flatMap { $0 })
    return [
      ("a.npy", array), ("a.f32", floats.flatMap { $0 }),
      ("a.fvecs", prefixed(floats, dimensions: dimensions)),
      ("a.bvecs", prefixed(small, dimensions: dimensions)),
      ("a.ivecs", prefixed(ints, dimensions: dimensions)),
      ("a.fbin", countedHeader(n, d) + floats.flatMap { $0 }),
      ("a.u8bin", countedHeader(n, d) + small.flatMap { $0 }),
      ("a.i8bin", countedHeader(n, d) + small.flatMap { $0 }),
      ("a.idx", idxHeader(0x0e, [n, 8, 5]) + doubles.flatMap { $0 }),
      ("a.npz", ZipFile([ZipFile.Member("x.npy", array)]).file),
    ]
  }()

  @Test(arguments: files.indices, ["numeric", "3,1"])
  func `any row costs one row`(index: Int, columns: String) throws {
    let (name, bytes) = Self.files[index]
    let source = MemorySource(bytes)
    let options = ReadingOptions(columns: ColumnSelection(columns), dimension: Self.columnCount)
    var file = try OpenedVectorFile(source: source, name: name, options: options)
      .rows(as: Float.self)
    #expect(file.info.isRereadable)
    let rowLength = (bytes.count / Self.rowCount)
    for row in [2999, 0, 1, 1500, 1499, 1499] {
      let before = source.bytesRead
      try file.seek(toRow: row)
      #expect(file.remainingRowsEstimate == Self.rowCount - row)
      var matrix = try Matrix<Float>(reserving: 1, columns: file.columns)
      try matrix.append(atMost: 1) { try file.read(into: &$0) }
      #expect(source.bytesRead - before <= rowLength)
      #expect(arrays(matrix) == [Self.expected(row, columns)])
    }
    // From there on the rows follow in order, up to the end; behind it is nothing.
    try file.seek(toRow: 1000)
    let rest = try Matrix(reading: &file)
    #expect(arrays(rest) == (1000..<Self.rowCount).map { Self.expected($0, columns) })
    try file.seek(toRow: Self.rowCount)
    #expect(try Matrix(reading: &file).rows == 0)
    try file.rewind()
    #expect(try Matrix(reading: &file).rows == Self.rowCount)
  }

  private static func expected(_ row: Int, _ columns: String) -> [Float] {
    let all = (0..<columnCount).map { Float(value(row, $0)) }
    return columns == "numeric" ? all : [all[2], all[0]]
  }

  @Test func `others are read in order`() throws {
    let array = npy(fortran: "True", shape: "(3, 2)", data: NPYHeaderTests.data)
    let deflated = ZipFile([ZipFile.Member("x.npy", array, isDeflated: true)]).file
    let text = Array("1,2\n3,4\n".utf8)
    let plain = npy(shape: "(3, 2)", data: NPYHeaderTests.data)
    for (name, bytes, kind) in [
      ("a.npy", array, MemorySource.Kind.file), ("a.csv", text, .file), ("a.npz", deflated, .file),
      ("a.npy", plain, .pipe), ("a.npy.gz", gzipMember(plain), .file),
    ] {
      let file = try OpenedVectorFile(source: MemorySource(bytes, kind: kind), name: name)
        .rows(as: Double.self)
      #expect(!file.info.isRereadable)
      let error = failure { try file.seek(toRow: 0) }
      #expect(
        error
          == .unusable(path: file.info.path, problem: "its rows can only be read in order"))
    }
  }

  @Test func `a real file`() throws {
    let folder = Folder()
    for (name, bytes) in Self.files {
      let options = ReadingOptions(dimension: Self.columnCount)
      var file = try VectorFile<Double>(try folder.write(bytes, to: name), options: options)
      #expect(try Matrix(reading: &file).rows == Self.rowCount)
      for row in [7, 2999, 8] {
        try file.seek(toRow: row)
        var matrix = try Matrix<Double>(reserving: 1, columns: file.columns)
        try matrix.append(atMost: 1) { try file.read(into: &$0) }
        #expect(matrix[0, 5] == Double(Self.value(row, 5)))
      }
    }
  }
}
