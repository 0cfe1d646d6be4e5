import KMeansFiles
import Testing
import VectorIO

/// Records that are none of their format: left out one by one where invalid rows are.
@Suite struct MalformedRowsTests {
  static let skipping = InvalidRowsTests.skipping

  @Test(
    arguments: [
      ("a,b\n1,2\n3\n4,5\n6,7,8\n9,0\n", [[1, 2], [4, 5], [9, 0]], [1, 3]),
      ("1,2\n4,5\n,,\n9,0\n", [[1, 2], [4, 5], [9, 0]], [2]),
      // A quote that is never closed, or closed in the middle of a later row, takes no row along.
      ("a,b\n1,2\n\"3,4\n5,6\n7,8\n", [[1, 2], [5, 6], [7, 8]], [1]),
      ("a,b\n1,2\n7,8\n5,\"6", [[1, 2], [7, 8]], [2]),
      ("a,b\n1,2\n\"3\"x,4\n5,6\n", [[1, 2], [5, 6]], [1]),
      ("a,b\n1,2\n\"3,4\n\"5\",6\n7,8\n", [[1, 2], [5, 6], [7, 8]], [1]),
      ("a,b\n1,2\n\"3\n4\",5,6\n7,8\n", [[1, 2], [7, 8]], [1, 2]),
      ("a,b\r\n1,2\r\n\"3\n4\",5,6\r\n7,8\r\n", [[1, 2], [7, 8]], [1, 2]),
      // Bytes that are no text, and a line end that is none.
      ("a,b\n1,2\n3\0,4\n5,6\n", [[1, 2], [5, 6]], [1]),
      ("a,b\n1,2\n3\r4,4\n5,6\n", [[1, 2], [5, 6]], [1]),
      ("a,b\n1,2\n\"3\"\r4,4\n5,6\n", [[1, 2], [5, 6]], [1]),
      ("a\n1\n\n\"2\n3\n", [[1], [3]], [1, 2]),
    ] as [(String, [[Double]], [Int])])
  func `records of csv`(_ text: String, _ rows: [[Double]], _ skipped: [Int]) throws {
    try expectRows(rows, of: text, name: "a.csv", options: Self.skipping, skipping: skipped)
    // Behind the first records, which say what the columns hold, too.
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard let first = rows.first, lines[0] == "a,b" else { return }
    let sample = String(repeating: "1,2\n", count: 3000)
    try expectRows(
      Array(repeating: first, count: 3000) + rows,
      of: "a,b\n" + sample + lines.dropFirst().joined(separator: "\n"), name: "a.csv",
      options: Self.skipping, skipping: skipped.map { $0 + 3000 }, kinds: [.file])
  }

  /// Fields in quotes may hold line ends, as ever.
  @Test func `records of several lines`() throws {
    let options = ReadingOptions(columns: ColumnSelection("x"), onInvalid: .skip)
    let long = String(repeating: "line\n", count: 200)
    try expectRows(
      [[1], [2], [3]], of: "k,x\n\"a\nb\",1\n\"\(long)\",2\nc,3\n", name: "a.csv", options: options,
      kinds: [.file, .packed])
    // A sender is not waited for that long.
    let open = "k,x\na,1\n\"b,2\n" + String(repeating: "c,3\n", count: 300)
    let source = MemorySource(Array((open + "d\",4\n").utf8), kind: .pipe)
    var file = try OpenedVectorFile(source: source, name: "a.csv", options: options)
      .rows(as: Double.self)
    let rows = arrays(try Matrix(reading: &file))
    #expect(rows == [[1]] + Array(repeating: [3], count: 300) + [[4]])
    #expect(Array(file.skippedRows) == [1])
    #expect(
      file.skippedRows.firstFaults[.malformed]?.text
        == "line 3: the quote in column 1 is not closed within 100 lines")
  }

  @Test func `a quote that is open for a MiB`() throws {
    let row = "1,2\n"
    let text = "a,b\n1,2\n\"3,4\n" + String(repeating: row, count: 1 << 19) + "5\",6\n"
    let found = try rows(text, options: Self.skipping)
    #expect(found.count == 1 + (1 << 19))
    #expect(found.last == [1, 2])
  }

  @Test func `lines of libsvm and of Spark`() throws {
    try expectRows(
      [[1, 2], [3, 0]], of: "1 1:1 2:2\n1 2;4\n1 2:1 1:7\n1 1:3\n", name: "a.svm",
      options: Self.skipping, skipping: [1, 2], kinds: [.file, .packed])
    let ofDimension = ReadingOptions(dimension: 2, onInvalid: .skip)
    try expectRows(
      [[1, 2], [3, 0]], of: "1 1:1 2:2\n1 9:4\n1 1:\0\n1 1:3\n", name: "a.svm",
      options: ofDimension, skipping: [1, 2])
    try expectRows(
      [[1, 2], [6, 7]], of: "[1,2]\n[3]\n[4,5\nnothing\n(2,[5],[1])\n[6,7]\n", name: "a.spark",
      options: Self.skipping, skipping: [1, 2, 3, 4])
    let columns = ReadingOptions(
      columns: ColumnSelection("2"), auxiliary: AuxiliaryColumns(key: "1"), onInvalid: .skip)
    try expectRows(
      [[2], [7]], of: "[1,2]\n[3]\n[6,7]\n", name: "a.spark", options: columns, skipping: [1])
  }

  /// What is wrong with a whole file is no fault of some rows.
  @Test(
    arguments: [
      ("a.csv", "a,b\n1\n2\n3\n", FileError.Place.line(2), "1 field, expected 2 as in line 1"),
      ("a.csv", "1,2\n3\n", .line(2), "1 field, expected 2 as in line 1"),
      ("a.csv", "\"a,b\n1,2\n3,4\n", .line(1), "the quote in column 1 is never closed"),
      ("a.csv", "1\0,2\n1,2\n3,4\n", .line(1), "a NUL byte at byte 1 of the file; expected text"),
      ("a.spark", "[1,2\n[1,2]\n", .field(line: 1, column: 1), "the bracket is never closed"),
    ])
  func `what says how the rest is to be read`(
    _ name: String, _ text: String, _ place: FileError.Place, _ problem: String
  ) {
    expectError(place, problem, of: text, name: name, options: Self.skipping)
  }

  @Test func `what comes beside the rows keeps to them`() throws {
    let options = ReadingOptions(
      auxiliary: AuxiliaryColumns(time: "t", weight: "w", key: "k"), onInvalid: .skip)
    let text = "t,x,w,k\n1,2,3,a\n2,3\n3,4,nan,b\n4,5,6,\"c\n5,6,7,d\n6,7,8,e\n"
    var file = try OpenedVectorFile(
      source: MemorySource(Array(text.utf8)), name: "a.csv", options: options
    ).rows(as: Double.self)
    #expect(arrays(try Matrix(reading: &file)) == [[2], [6], [7]])
    let values = file.takeAuxiliaryValues()
    #expect(values.times == [1, 5, 6] && values.weights == [3, 7, 8])
    #expect(values.keys == ["a", "d", "e"])
    #expect(file.skippedRows.counts == [.malformed: 2, .value: 1])
    #expect(Array(file.skippedRows) == [1, 2, 3])
  }

  @Test func `values that no sum can hold`() throws {
    var options = Self.skipping
    options.largestValue = 1e140
    try expectRows(
      [[1, 2], [3, -1e140]], of: "1,2\n1e141,2\n3,-1e140\n-1e300,0\n", name: "a.csv",
      options: options, skipping: [1, 3])
    #expect(try rows("1,2\n1e141,2\n", options: Self.skipping).count == 2)
  }

  @Test func `faults are told`() throws {
    let text = "a,b\n1,2\n3\n4,5\nnan,2\n6,7,8\n9,0\n"
    var file = try OpenedVectorFile(
      source: MemorySource(Array(text.utf8)), name: "a.csv", options: Self.skipping
    ).rows(as: Float.self)
    _ = try Matrix(reading: &file)
    let skipped = file.skippedRows
    #expect(skipped.counts == [.malformed: 2, .value: 1])
    #expect(skipped.firstFaults.count == 1)
    #expect(
      skipped.firstFaults[.malformed]?.text == "line 3: 1 field, expected 2 as in line 1")
    #expect(skipped.lastFault?.text == "line 6: 3 fields, expected 2 as in line 1")
    #expect(skipped.moved(by: 7).lastFault == skipped.lastFault)
  }

  @Test func `rows of a column of text keep their places`() throws {
    let text = "k,x\na,1\nb\n\"c,3\nd,4\n"
    let column = try TextColumn(
      "k", source: MemorySource(Array(text.utf8)), name: "a.csv", options: Self.skipping)
    #expect(column.values == ["a", "", "", "d"])
  }

  @Test func `a limit`() throws {
    func check(
      _ limit: InvalidRowLimit, _ text: String, rows: Int, _ problem: String?,
      sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
      var options = Self.skipping
      options.mostInvalid = limit
      let file = try OpenedVectorFile(
        source: MemorySource(Array(text.utf8)), name: "a.csv", options: options
      ).rows(as: Double.self)
      var matrix = try Matrix<Double>(reserving: 5000, columns: 2)
      let error = failure {
        while try matrix.append(atMost: 5000 - matrix.rows, by: { try file.read(into: &$0) }) > 0 {}
      }
      #expect(matrix.rows == rows, sourceLocation: sourceLocation)
      #expect(error == problem.map { malformed(.wholeFile, $0) }, sourceLocation: sourceLocation)
    }
    let text = "1,2\n3\n5,6\nnan,1\n7,8\n"
    let last = "; the last: row 4 (rows count from 1), where a value is missing or no finite number"
    try check(.count(2), text, rows: 3, nil)
    try check(
      .count(1), text, rows: 3,
      "2 of 5 rows are left out, expected at most 1 (--max-bad-rows)\(last)")
    // A share says something at the end, and behind 1,000 rows.
    try check(.share(0.5), text, rows: 3, nil)
    try check(
      .share(0.25), text, rows: 3,
      "2 of 5 rows are left out, expected at most 25 % (--max-bad-rows)\(last)")
    let many = String(repeating: "1,2\n", count: 1500) + String(repeating: "1,2,3\n", count: 20)
    try check(.share(0.01), many + String(repeating: "1,2\n", count: 600), rows: 2100, nil)
    try check(
      .share(0.01), many, rows: 1500,
      "20 of 1520 rows are left out, expected at most 1 % (--max-bad-rows); the last: line 1520: 3 "
        + "fields, expected 2 as in line 1")
  }

  /// Every row of a file has a line in a copy with labels, its label in the same field.
  @Test func `a copy with labels`() throws {
    let folder = Folder()
    let text = "a,b\n1,2\n\"3,4\n5,6\n7\n8,9\n"
    let path = try folder.write(Array(text.utf8), to: "a.csv")
    let info = try OpenedVectorFile(path, options: Self.skipping).info
    _ = try writeRecords(of: path, info, labels: [0, -1, 1, -1, 2], to: folder.file("b.csv"))
    #expect(
      try String(decoding: folder.bytes(of: "b.csv"), as: UTF8.self)
        == "a,b,cluster\n1,2,0\n,,-1\n5,6,1\n,,-1\n8,9,2\n")
  }
}
