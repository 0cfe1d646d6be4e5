import KMeansFiles
import Testing
import VectorIO

/// One column of a text, and columns of numbers without it.
@Suite struct TextColumnTests {
  private func column(
    _ column: String?, _ text: String, name: String = "a.csv",
    options: ReadingOptions = ReadingOptions(), kind: MemorySource.Kind = .file,
    piece: Int = .max, windowSize: Int = 1 << 18
  ) throws -> TextColumn {
    let source = MemorySource(Array(text.utf8), piece: piece, kind: kind)
    return try TextColumn(
      column, source: source, name: name, options: options, windowSize: windowSize)
  }

  @Test(arguments: [
    ("2", "1,up\n2,down\n", ["up", "down"]),
    ("kind", "x,kind\n1,up\n2,down\n", ["up", "down"]),
    ("2", "x,kind\n1,up\n2,down\n", ["up", "down"]),
    ("x", "x,kind\n1,up\n2,down\n", ["1", "2"]),
    // A name says that a first line of texts is a header.
    ("kind", "a,kind\nb,up\nc,down\n", ["up", "down"]),
    ("2", "\"a,b\",\"say \"\"hi\"\"\"\n\"c\nd\",\" e\nf \"\n", ["say \"hi\"", "e\nf"]),
    ("1", "a\"\"b,1\r\n c ,2\r\n\n\"\",3", ["a\"\"b", "c", ""]),
    ("2", "1;up\n2;down\n", ["up", "down"]),
    ("2", "1,\n2,\n", ["", ""]),
    ("1", "\u{feff}smurf.,1\nnormal.,2\n", ["smurf.", "normal."]),
  ])
  func `fields are texts`(name: String, text: String, expected: [String]) throws {
    for (piece, windowSize) in [(Int.max, 1 << 18), (1, 1), (7, 7)] {
      for kind in [MemorySource.Kind.file, .pipe, .packed] {
        let found = try column(name, text, kind: kind, piece: piece, windowSize: windowSize)
        #expect(found.values == expected)
        #expect(found.path == "memory")
      }
    }
  }

  @Test func `the place and the name of the column`() throws {
    let named = try column("kind", "x,kind\n1,up\n2,down\n")
    #expect(named.number == 2 && named.name == "kind")
    let numbered = try column("2", "1,up\n2,down\n")
    #expect(numbered.number == 2 && numbered.name == nil)
  }

  @Test func `the only column needs no name`() throws {
    #expect(try column(nil, "smurf.\nnormal.\n").values == ["smurf.", "normal."])
    #expect(try column(nil, "a,b\nd\n", name: "a.tsv").values == ["a,b", "d"])
    #expect(
      failure { _ = try column(nil, "1,2\n3,4\n") }
        == malformed(.wholeFile, "2 columns, expected one label a row"))
  }

  @Test(arguments: [
    ("2", "1,a\n2\n", FileError.Place.line(2), "1 field, expected 2 as in line 1"),
    ("1", "a,1\n\"b,2\n", .line(2), "the quote in column 1 is never closed"),
    ("1", "", .wholeFile, "no rows: the file is empty"),
  ])
  func `a text that is wrong`(
    name: String, text: String, place: FileError.Place, problem: String
  ) {
    #expect(failure { _ = try column(name, text) } == malformed(place, problem))
  }

  @Test(arguments: [
    ("z", "there is no column 'z' among 'x', 'y'"),
    ("0", "there is no column 0, the columns are 1-2"),
    ("1-2", "expected one column, found '1-2'"), ("", "there is no column '' among 'x', 'y'"),
  ])
  func `a column that is not there`(name: String, problem: String) {
    #expect(
      failure { _ = try column(name, "x,y\n1,2\n") } == .unusable(path: "memory", problem: problem))
  }

  @Test func `binary files have no texts`() {
    let bytes = npy(shape: "(1,)", data: [0, 0, 0, 0])
    let error = failure {
      _ = try TextColumn("1", source: MemorySource(bytes), name: "a.npy")
    }
    #expect(
      error
        == .unusable(
          path: "memory", problem: "expected csv or tsv to take a column of text from, found npy"))
  }

  @Test(arguments: [
    ("n", ColumnSelection.numeric, [[1.0], [2]]), ("2", .numeric, [[1], [2]]),
    ("kind", .numeric, [[1, 5], [2, 6]]), ("n", .listed(["n", "x"]), [[1], [2]]),
    ("2", .listed(["1-2"]), [[1], [2]]), ("x", .listed(["n"]), [[5], [6]]),
  ])
  func `a column that is left out of the rows`(
    name: String, columns: ColumnSelection, expected: [[Double]]
  ) throws {
    let options = ReadingOptions(columns: columns, leavingOut: name)
    #expect(try rows("x,n,kind\n1,5,a\n2,6,b\n", options: options) == expected)
  }

  @Test func `leaving out what is not there, or all`() throws {
    let text = "x,n\n1,5\n2,6\n"
    #expect(
      failure { _ = try rows(text, options: .init(leavingOut: "z")) }
        == .unusable(path: "memory", problem: "there is no column 'z' among 'x', 'n'"))
    #expect(
      failure { _ = try rows(text, options: .init(columns: .init("x"), leavingOut: "1")) }
        == .unusable(path: "memory", problem: "no column is left beside column '1'"))
    let summary = try info("x,n\n1,5\n2,6\n", options: .init(leavingOut: "n")).columnSummary
    #expect(summary == "1 of 2 columns is selected: 'x'")
    // Of binary files, too.
    let file = npy(
      shape: "(2, 2)",
      data: [Float(1), 5, 2, 6].flatMap { value in
        withUnsafeBytes(of: value.bitPattern.littleEndian) { Array($0) }
      })
    #expect(try rows(file, name: "a.npy", options: .init(leavingOut: "2")) == [[1], [2]])
  }
}
