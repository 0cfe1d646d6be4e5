import KMeansFiles
import Testing
import VectorIO

@Suite struct TextReadingTests {
  @Test(arguments: [
    ("1,2\n3,4\n", [[1.0, 2], [3, 4]]),
    ("1,2\r\n3,4\n5,6\r\n", [[1, 2], [3, 4], [5, 6]]),
    ("1,2\n3,4", [[1, 2], [3, 4]]),
    ("1,2\r\n3,4\r", [[1, 2], [3, 4]]),
    ("\u{feff}1,2\n3,4\n", [[1, 2], [3, 4]]),
    ("\n\r\n1,2\n\n  \n3,4\n\n", [[1, 2], [3, 4]]),
    (" 1 , 2\t\n\t3,+4 \n", [[1, 2], [3, 4]]),
    ("\"1\",\"2\"\n3,\" 4 \"\n", [[1, 2], [3, 4]]),
    ("1;2\n3;4\n", [[1, 2], [3, 4]]),
    ("1\t2\n3\t4\n", [[1, 2], [3, 4]]),
    ("1\n2\n", [[1], [2]]),
    ("7", [[7]]),
    ("1.,.5\n-0,1E+2\n", [[1, 0.5], [-0.0, 100]]),
    ("1e-400,5e-324\n", [[0, Double(bitPattern: 1)]]),
    ("00012,0.000e5\n", [[12, 0]]),
    ("\"x\"\"y\",1\n\"a,\nb\",2\n", [[1], [2]]),
    ("a\"b,1\nc\"d,2\n", [[1], [2]]),
    ("\"a\" ,1\r\n\"\",2\r\n", [[1], [2]]),
  ])
  func `what is allowed`(text: String, expected: [[Double]]) throws {
    #expect(try rows(text) == expected)
    for (piece, windowSize) in [(1, 1), (1, 1000), (7, 7), (3, 20)] {
      for kind in [MemorySource.Kind.file, .pipe, .packed] {
        let found = try rows(text, kind: kind, piece: piece, windowSize: windowSize)
        #expect(found == expected, "pieces of \(piece) bytes, a window of \(windowSize)")
      }
    }
  }

  @Test(arguments: [
    ("1,2\n3,abc\n", FileError.Place.field(line: 2, column: 2), "expected a number, found 'abc'"),
    ("1,2\n3,\n", .field(line: 2, column: 2), "expected a number, found an empty field"),
    ("1,2\n\n3,\"\"\n", .field(line: 3, column: 2), "expected a number, found an empty field"),
    ("1,2\n3,nan\n", .field(line: 2, column: 2), "expected a finite number, found 'nan'"),
    (
      "1,2\n-Infinity,1\n", .field(line: 2, column: 1),
      "expected a finite number, found '-Infinity'"
    ),
    (
      "1,2\n1e999,1\n", .field(line: 2, column: 1),
      "expected a number that a 64-bit float can hold, found '1e999'"
    ),
    (
      "1,2\n0x10,1\n", .field(line: 2, column: 1),
      "expected a number in decimal digits, found '0x10'"
    ),
    ("1,2\n1e,1\n", .field(line: 2, column: 1), "expected a number, found '1e'"),
    ("1,2\n1 2,1\n", .field(line: 2, column: 1), "expected a number, found '1 2'"),
    ("1,2\n--1,1\n", .field(line: 2, column: 1), "expected a number, found '--1'"),
    ("1,2\n.,1\n", .field(line: 2, column: 1), "expected a number, found '.'"),
    (
      "1,2\n\"a\u{1b}\tb\",1\n", .field(line: 2, column: 1),
      "expected a number, found 'a\\u{1b}\\tb'"
    ),
    ("1,2\n3\n", .line(2), "1 field, expected 2 as in line 1"),
    ("1,2\n3,x,5\n", .line(2), "3 fields, expected 2 as in line 1"),
    ("1,2\n3,4,\n", .line(2), "3 fields, expected 2 as in line 1"),
    ("1,2\n\"3\",4,\n", .line(2), "3 fields, expected 2 as in line 1"),
    ("1,2\n3,\"4\n", .line(2), "the quote in column 2 is never closed"),
    ("1,2\n\"3\n,4\n", .line(2), "the quote in column 1 is never closed"),
    ("1,2\n\"3\"x,4\n", .field(line: 2, column: 1), "expected a delimiter after the closing quote"),
    ("1,2\n3,4\0\n", .line(2), "a NUL byte at byte 7 of the file; expected text"),
    ("", .wholeFile, "no rows: the file is empty"),
    ("\n \n", .wholeFile, "no rows: the file is empty"),
    ("a,b\n", .wholeFile, "no rows after the header"),
  ])
  func `what is not`(text: String, place: FileError.Place, problem: String) {
    let options = ReadingOptions(columns: .init(text.hasPrefix("a") ? "1" : "1,2"))
    for (piece, windowSize) in [(Int.max, 1 << 18), (1, 1), (7, 7)] {
      let error = failure {
        _ = try rows(text, options: options, piece: piece, windowSize: windowSize) as [[Double]]
      }
      #expect(error == malformed(place, problem))
    }
  }

  /// A missing number is an error even where the reader finds out by itself which columns to read.
  @Test(arguments: [
    ("1,2\n3,\n", "a number, found an empty field"),
    ("1,2\n3,nan\n", "a finite number, found 'nan'"),
    ("1,2\n3,1e999\n", "a number that a 64-bit float can hold, found '1e999'"),
  ])
  func `missing numbers are not skipped`(text: String, problem: String) {
    #expect(
      failure { _ = try rows(text) as [[Double]] }
        == malformed(.field(line: 2, column: 2), "expected \(problem)"))
  }

  @Test func `mistakes behind the sample are found`() {
    let good = String(repeating: "1,x,2\n", count: 3000)
    for (line, place, problem) in [
      ("1,x,abc\n", FileError.Place.field(line: 3001, column: 3), "expected a number, found 'abc'"),
      ("1,x\n", .line(3001), "2 fields, expected 3 as in line 1"),
      ("1,\"x\ny\",1e39z\n", .field(line: 3001, column: 3), "expected a number, found '1e39z'"),
    ] {
      for kind in [MemorySource.Kind.file, .pipe, .packed] {
        let error = failure { _ = try rows(good + line + good, kind: kind, piece: 1000) }
        #expect(error == malformed(place, problem))
      }
    }
    // Lines within quotes count.
    let text = "1,\"a\nb\nc\"\n2,d\nx,e\n"
    #expect(
      failure { _ = try rows(text, options: .init(columns: .init("1"))) }
        == malformed(.field(line: 5, column: 1), "expected a number, found 'x'"))
  }

  @Test func `a float refuses what it cannot hold`() throws {
    #expect(try rows("3.4028235e38\n", as: Float.self) == [[.greatestFiniteMagnitude]])
    #expect(
      failure { _ = try rows("1\n3.4028236e38\n", as: Float.self) }
        == malformed(
          .field(line: 2, column: 1),
          "expected a number that a 32-bit float can hold, found '3.4028236e38'"))
  }

  @Test func `other formats under the name of text are named`() throws {
    #expect(try rows(gzipMember(Array("1,2\n".utf8)), name: "a.csv") == [[1.0, 2]])
    let twice = gzipMember(gzipMember(Array("1,2\n".utf8)))
    #expect(
      failure { _ = try rows(twice, name: "a.csv") as [[Double]] }
        == malformed(.byte(0), "this is gzip data within gzip data"))
    #expect(
      failure { _ = try rows(npy(shape: "(1,)", data: [0, 0, 0, 0]), name: "a.tsv") as [[Double]] }
        == malformed(.byte(0), "this is npy data; name it .npy"))
  }

  @Test func `long records work up to a limit`() throws {
    let name = String(repeating: "x", count: 17 << 20)
    #expect(try rows("\"\(name)\n\",1\n\(name),2\n") == [[1], [2]])
    let endless = "1\n\"" + String(repeating: "y", count: 65 << 20)
    #expect(
      failure { _ = try rows(endless, options: .init(columns: .init("1"))) }
        == malformed(.line(2), "a record of more than 64 MiB"))
  }

  @Test func `tabs separate in ATSV`() throws {
    #expect(try rows("1\t2\n3\t4\n", name: "a.tsv") == [[1, 2], [3, 4]])
    #expect(try rows("a,b\t2\nc,d\t4\n", name: "a.tsv") == [[2], [4]])
    #expect(
      failure { _ = try rows("1\t2\n\t4\n", name: "a.tsv") }
        == malformed(.field(line: 2, column: 1), "expected a number, found an empty field"))
  }

  @Test func `rewinds to the first row`() throws {
    for text in ["1,2\n3,4\n", "\u{feff}a,b\n1,2\n3,4\n", "a,b\n\n1,2\n3,4"] {
      for kind in [MemorySource.Kind.file, .packed] {
        let source = MemorySource(Array(text.utf8), kind: kind)
        var file = try OpenedVectorFile(source: source, name: "a.csv").rows(as: Float.self)
        let first = try Matrix(reading: &file)
        try file.rewind()
        #expect(try Matrix(reading: &file) == first)
        #expect(arrays(first) == [[1, 2], [3, 4]])
      }
    }
  }

  /// Memory for a matrix is taken by these estimates; a good one spares a copy of all rows.
  @Test func `the number of rows is estimated`() throws {
    let text = "a,b\n" + (0..<10_000).map { "\(1000 + $0 % 7),\(2000 + $0 % 5)\n" }.joined()
    let source = MemorySource(Array(text.utf8))
    let file = try OpenedVectorFile(source: source, name: "a.csv").rows(as: Float.self)
    #expect(abs(try #require(file.remainingRowsEstimate) - 10_000) < 100)
    var matrix = try Matrix<Float>(reserving: 5000, columns: 2)
    try matrix.append(atMost: 5000) { try file.read(into: &$0) }
    #expect(abs(try #require(file.remainingRowsEstimate) - 5000) < 50)
  }
}
