import KMeansFiles
import Testing
import VectorIO

/// Rows that hold something else than finite numbers: errors, or left out and counted.
@Suite struct InvalidRowsTests {
  static let skipping = ReadingOptions(onInvalid: .skip)

  static let missing = [
    "", "nan", "-inf", "Infinity", "1e999", "NA", "N/A", "n/a", "null", "NULL", "?",
  ]

  /// Words for a missing number do not unmake a column of numbers: they are an error where they
  /// stand, or skipped.
  @Test(arguments: missing) func `missing numbers`(word: String) throws {
    let text = "a,b\n1,2\n3,\(word)\n5,6\n"
    let problem =
      switch word {
      case "": "expected a number for 'b', found an empty field"
      case "NA", "N/A", "n/a", "null", "NULL", "?": "expected a number for 'b', found '\(word)'"
      case "1e999": "expected a number that a 64-bit float can hold for 'b', found '1e999'"
      default: "expected a finite number for 'b', found '\(word)'"
      }
    expectError(.field(line: 3, column: 2), problem, of: text, name: "a.csv")
    try expectRows(
      [[1, 2], [5, 6]], of: text, name: "a.csv", options: Self.skipping, skipping: [1])
    let first = "\(word),1\n2,2\n3,3\n"
    if !word.isEmpty { #expect(try info(first).columnNames == nil) }
    try expectRows(
      [[2, 2], [3, 3]], of: first, name: "a.csv", options: Self.skipping, skipping: [0])
  }

  @Test func `words that are text`() throws {
    for word in ["na", "Na", "nada", "none", "??", "-", "nullable", "1_000", "0x10", "1e"] {
      #expect(try info("0,0\n1,\(word)\n").chosenColumns.map(\.number) == [1])
    }
  }

  /// In the sample more than half of the fields have to be numbers; behind it anything may come.
  @Test func `stray texts`() throws {
    let text = "a,b\n1,2\nx,3\n4,y\n5,6\n"
    try expectRows(
      [[1, 2], [5, 6]], of: text, name: "a.csv", options: Self.skipping, skipping: [1, 2],
      kinds: [.file, .packed])
    #expect(throws: FileError.self) { try info(text) }
    // As many texts as numbers make a column of text; missing fields do not count.
    let half = "a,b,c\n1,2,\nx,3,\n4,4,1\ny,5,x\n"
    #expect(try info(half, options: Self.skipping).chosenColumns.map(\.number) == [2])
    let long = String(repeating: "1,2\n", count: 3000)
    try expectRows(
      Array(repeating: [1, 2], count: 6000), of: long + "1,seven\n\"x\ny\",\"8\"\n" + long,
      name: "a.csv", options: Self.skipping, skipping: [3000, 3001], kinds: [.file, .packed])
  }

  /// Where no other record is like the first one, nobody knows which of them are right.
  @Test func `all but the first are malformed`() {
    for (text, place, problem) in [
      ("1,2\n3\n", FileError.Place.line(2), "1 field, expected 2 as in line 1"),
      ("1,2\n,,\n", .line(2), "3 fields, expected 2 as in line 1"),
      ("1,2\n3,\"4\n", .line(2), "the quote in column 2 is never closed"),
      ("1,2\n3,4\0\n", .line(2), "a NUL byte at byte 7 of the file; expected text"),
    ] {
      expectError(place, problem, of: text, name: "a.csv", options: Self.skipping)
    }
  }

  @Test func `only chosen columns count`() throws {
    let text = "9,9,9\n1,2,x\nnan,3,4\n5,NA,6\n"
    for (columns, expected, skipped) in [
      ("1", [[9.0], [1], [5]], [2]), ("2", [[9], [2], [3]], [3]),
      ("1,2", [[9, 9], [1, 2]], [2, 3]), ("3,2", [[9, 9], [4, 3]], [1, 3]),
    ] {
      let options = ReadingOptions(columns: ColumnSelection(columns), onInvalid: .skip)
      try expectRows(expected, of: text, name: "a.csv", options: options, skipping: skipped)
    }
    try expectRows(
      [[3], [6]], of: "[1,NaN,3]\n[4,5,6]\n", name: "a.spark",
      options: .init(columns: .init("3"), onInvalid: .skip))
  }

  @Test func `lines are skipped`() throws {
    try expectRows(
      [[1, 0], [0, 5]], of: "1 1:1\n1 1:2 2:NA\n# c\n2 1: 2:3\n1 1:x#\n3 2:5\n", name: "a.svm",
      options: Self.skipping, skipping: [1, 2, 3], kinds: [.file, .packed])
    try expectRows(
      [[1, 2], [7, 0]],
      of: "[1,2]\n[NaN,2]\n(0,[3,])\n(2,[0],[Infinity])\n1,2 x\n(2,[0],[7])\n", name: "a.spark",
      options: Self.skipping, skipping: [1, 2, 3, 4])
  }

  /// NaN and infinity in the scalar that is read into.
  @Test func `binary rows are skipped`() throws {
    let values: [Double] = [1, 2, .nan, 3, 4, 1e300, .infinity, 0, 5, 6]
    let array = npy(descr: "'<f8'", shape: "(5, 2)", data: values.flatMap { bytes($0.bitPattern) })
    func read<Scalar: MatrixScalar>(_ type: Scalar.Type) throws -> ([[Scalar]], [Int]) {
      let source = MemorySource(array)
      var file = try OpenedVectorFile(source: source, name: "a.npy", options: Self.skipping)
        .rows(as: type)
      #expect(file.info.rows == 5 && file.skippedRows == [])
      return (arrays(try Matrix(reading: &file)), Array(file.skippedRows))
    }
    let doubles = try read(Double.self)
    #expect(doubles.0 == [[1, 2], [4, 1e300], [5, 6]] && doubles.1 == [1, 3])
    let floats = try read(Float.self)
    #expect(floats.0 == [[1, 2], [5, 6]] && floats.1 == [1, 2, 3])
    #expect(try rows(array, name: "a.npy").count == 5)
    let fortran = npy(
      descr: "'<f8'", fortran: "True", shape: "(2, 2)",
      data: [1, 2, .nan, 4].flatMap { (value: Double) in bytes(value.bitPattern) })
    #expect(try rows(fortran, name: "a.npy", options: Self.skipping) == [[2, 4]])
    #expect(
      failure { _ = try rows("1\n1e39\n2\n", as: Float.self) as [[Float]] }
        == malformed(
          .field(line: 2, column: 1),
          "expected a number that a 32-bit float can hold, found '1e39'"))
    #expect(try rows("1\n1e39\n2\n", as: Float.self, options: Self.skipping) == [[1], [2]])
  }

  @Test func `zero rows are skipped where asked`() throws {
    let text = "1,0\n0,0\n-0,0.0\n0,1\nnan,0\n"
    var options = Self.skipping
    try expectRows(
      [[1, 0], [0, 0], [-0.0, 0], [0, 1]], of: text, name: "a.csv", options: options, skipping: [4])
    options.skipsZeroRows = true
    try expectRows(
      [[1, 0], [0, 1]], of: text, name: "a.csv", options: options, skipping: [1, 2, 4])
    options = ReadingOptions(skipsZeroRows: true)
    #expect(try rows("1,0\n0,0\n", options: options) == [[1, 0], [0, 0]])
  }

  /// Blocks without a valid row are not the end.
  @Test func `long stretches of invalid rows`() throws {
    let bad = String(repeating: "1,nan\n", count: 5000)
    let source = MemorySource(Array(("1,2\n" + bad + "3,4\n" + bad).utf8))
    let file = try OpenedVectorFile(source: source, name: "a.csv", options: Self.skipping)
      .rows(as: Double.self)
    var matrix = try Matrix<Double>(reserving: 100, columns: 2)
    var counts: [Int] = []
    repeat {
      counts.append(try matrix.append(atMost: 10) { try file.read(into: &$0) })
    } while counts.last! > 0
    #expect(counts == [2, 2, 0])
    #expect(arrays(matrix) == [[1, 2], [3, 4]])
    #expect(Array(file.skippedRows) == Array(1...5000) + Array(5002...10001))
    try file.rewind()
    #expect(file.skippedRows == [])
    #expect(
      try rows(String(repeating: "nan\n", count: 3) + "1\n", options: Self.skipping) == [[1]])
  }

  /// A first record with a missing number does not say yet what its column holds.
  @Test func `a pipe is asked for more where a number is missing`() throws {
    for word in ["NA", "", "inf"] {
      let bytes = Array("1,\(word)\n2,3\n4,5\n".utf8)
      let source = MemorySource(bytes, piece: 3 + word.utf8.count, kind: .pipe)
      let options = ReadingOptions(onInvalid: .skip, awaitsSample: false)
      let opened = try OpenedVectorFile(source: source, name: "-", options: options)
      #expect(opened.info.columns == 2 && source.bytesRead < bytes.count)
    }
  }

  @Test func `a file without a valid row has none`() throws {
    let array = npy(shape: "(1,)", data: bytes(Float.nan.bitPattern))
    #expect(try rows(array, name: "a.npy", options: Self.skipping) == [])
    #expect(
      failure { _ = try info("NA\nNA\n", options: Self.skipping) }
        == malformed(
          .wholeFile,
          "no column of numbers in the first 2 records: some columns hold nothing but missing numbers"
        ))
  }

  @Test func `names of the cases`() {
    #expect(InvalidRows.allCases.map(\.rawValue) == ["error", "skip", "mean"])
    #expect(ReadingOptions().onInvalid == .error && !ReadingOptions().skipsZeroRows)
  }
}
