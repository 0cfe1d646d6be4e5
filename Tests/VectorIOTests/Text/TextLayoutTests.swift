import KMeansFiles
import Testing
import VectorIO

/// Headers, and which columns hold numbers.
@Suite struct TextLayoutTests {
  @Test(
    arguments: [
      ("a,b\n1,2\n", ["a", "b"], [1, 2]),
      ("1,2\n3,4\n", nil, [1, 2]),
      ("x,1,2\ny,3,4\n", nil, [2, 3]),
      ("name,n\nx,1\ny,2\n", ["name", "n"], [2]),
      ("\"a,\"\"b\", c \n1,2\n", ["a,\"b", "c"], [1, 2]),
      (",b\n0,2\n1,3\n", ["", "b"], [1, 2]),
      ("1,2,\n3,4,\n", nil, [1, 2]),
      ("1,x,3\n", nil, [1, 3]),
      // A missing number does not unmake a column of numbers, wherever it stands.
      ("1,2\nnan,4\n,5\n1e999,6\n", nil, [1, 2]),
      ("nan,2\n1,4\n", nil, [1, 2]),
      ("a,b\nnan,1\nNaN,2\n", ["a", "b"], [2]),
    ] as [(String, [String]?, [Int])])
  func `is found out`(text: String, names: [String]?, columns: [Int]) throws {
    let found = try info(text)
    #expect(found.columnNames == names)
    #expect(found.chosenColumns.map(\.number) == columns)
    #expect(found.chosenColumns.map(\.name) == columns.map { names?[$0 - 1] })
    #expect(found.format == .csv && found.precision == .double && found.valueType == "text")
    #expect(found.rows == nil)
  }

  /// A quote that is not the first byte of a field is a character like others.
  @Test func `a quote behind a blank opens nothing`() throws {
    #expect(try info(" \"a, b\" \n1,2\n").columnNames == ["\"a", "b\""])
  }

  @Test func `a file without numbers is refused`() {
    #expect(
      failure { _ = try info("a,b\nc,d\n") }
        == malformed(.wholeFile, "no column of numbers in the first 2 records"))
  }

  @Test func `the summary names the columns`() throws {
    let fields = (1...42).map { (2...4).contains($0) || $0 == 42 ? "x" : "\($0)" }
    let line = fields.joined(separator: ",") + "\n"
    #expect(
      try info(line + line).columnSummary == "38 of 42 columns are numeric: 1, 5-41")
    #expect(try info("1,2\n").columnSummary == nil)
    let options = ReadingOptions(columns: .init("3,1-2"))
    #expect(
      try info("1,2,3,4\n", options: options).columnSummary == "3 of 4 columns are selected: 3, 1-2"
    )
  }

  static let table = "id,5,size,a-b\n1,2,3,4\n5,6,7,8\n"

  @Test(arguments: [
    ("size", [[3.0], [7]]), ("1,3-4", [[1, 3, 4], [5, 7, 8]]), ("4,id", [[4, 1], [8, 5]]),
    // A name wins over a number and over a range.
    ("5", [[2], [6]]), ("a-b,1", [[4, 1], [8, 5]]), (" size , 1 ", [[3, 1], [7, 5]]),
    ("numeric", [[1, 2, 3, 4], [5, 6, 7, 8]]),
  ])
  func `columns are selected`(selection: String, expected: [[Double]]) throws {
    // A number among the names: it has to be said that they are names.
    let options = ReadingOptions(header: .yes, columns: ColumnSelection(selection))
    #expect(try rows(Self.table, options: options) == expected)
    let quoted = Self.table.replacing("1,2", with: "1,\"2\"")
    #expect(try rows(quoted, options: options) == expected)
  }

  @Test(arguments: [
    ("none", "there is no column 'none' among 'id', '5', 'size', 'a-b'"),
    ("6", "there is no column 6, the columns are 1-4"),
    ("0", "there is no column 0, the columns are 1-4"),
    ("3-6", "there is no column 3-6, the columns are 1-4"),
    ("3-2", "the range '3-2' goes from column 3 back to column 2, expected '2-3'"),
    ("1,id", "column 1 is selected twice"),
    ("", "there is no column '' among 'id', '5', 'size', 'a-b'"),
  ])
  func `columns that do not exist`(selection: String, problem: String) {
    let options = ReadingOptions(header: .yes, columns: ColumnSelection(selection))
    #expect(
      failure { _ = try info(Self.table, options: options) }
        == .unusable(path: "memory", problem: problem))
  }

  @Test func `a name with a comma stands in quotes`() throws {
    #expect(ColumnSelection("\"a,b\", c,\"5\"") == .listed(["\"a,b\"", "c", "\"5\""]))
    #expect(ColumnSelection("a\"b,c") == .listed(["a\"b", "c"]))
    let text = "\"a,b\",c,5,\"say \"\"hi\"\"\"\n1,2,3,4\n"
    for (selection, expected) in [
      ("\"a,b\",c", [[1.0, 2]]), ("c,\"a,b\"", [[2, 1]]), ("\"5\"", [[3]]),
      ("\"say \"\"hi\"\"\",1", [[4, 1]]), ("say \"hi\"", [[4]]),
    ] {
      let options = ReadingOptions(columns: ColumnSelection(selection))
      #expect(try rows(text, options: options) == expected, "\(selection)")
    }
    // In quotes a number is a name, and there is none such.
    #expect(throws: FileError.self) {
      try info("a,b\n1,2\n", options: ReadingOptions(columns: ColumnSelection("\"1\"")))
    }
  }

  @Test func `a name of several columns chooses none`() throws {
    let text = "a,b,a\n1,2,3\n"
    let problem = "2 columns are named 'a', 1, 3: choose by number"
    for options in [
      ReadingOptions(columns: .init("a")), ReadingOptions(columns: .init("b,\"a\"")),
      ReadingOptions(leavingOut: "a"), ReadingOptions(auxiliary: AuxiliaryColumns(weight: "a")),
    ] {
      #expect(
        failure { _ = try info(text, options: options) }
          == .unusable(path: "memory", problem: problem))
    }
    #expect(try rows(text, options: .init(columns: .init("b,3"))) == [[2, 3]])
  }

  @Test func `many names are cut short`() {
    let header = (1...20).map { "c\($0)" }.joined(separator: ",")
    let row = (1...20).map { "\($0)" }.joined(separator: ",")
    let options = ReadingOptions(columns: ColumnSelection("x"))
    #expect(
      failure { _ = try info(header + "\n" + row, options: options) }
        == .unusable(
          path: "memory",
          problem:
            "there is no column 'x' among 'c1', 'c2', 'c3', 'c4', 'c5', 'c6', 'c7', 'c8', 'c9', 'c10', "
            + "'c11', 'c12' and 8 more"))
  }

  /// Numbers in a selection are not taken for names that a first row of numbers holds.
  @Test func `a selection by number makes no header`() throws {
    let options = ReadingOptions(columns: ColumnSelection("1,2"))
    #expect(try rows("1,2,3\n4,5,6\n", options: options) == [[1, 2], [4, 5]])
    let named = ReadingOptions(columns: ColumnSelection("b"))
    let text = "a,b\nx,y\n"
    #expect(
      failure { _ = try rows(text, options: named) }
        == malformed(.field(line: 2, column: 2), "expected a number for 'b', found 'y'"))
  }

  /// A program that sends a row at a time gets an answer to each row.
  @Test func `a pipe is not waited for longer than needed`() throws {
    let bytes = Array("a,b\n1,2\n3,4\n5,6\n".utf8)
    let source = MemorySource(bytes, piece: 4, kind: .pipe)
    let file = try OpenedVectorFile(
      source: source, name: "-", options: ReadingOptions(awaitsSample: false)
    ).rows(as: Double.self)
    #expect(source.bytesRead == 8)
    var counts: [Int] = []
    var matrix = try Matrix<Double>(reserving: 100, columns: 2)
    repeat {
      counts.append(try matrix.append(atMost: 50) { try file.read(into: &$0) })
    } while counts.last! > 0
    #expect(counts == [2, 2, 2, 0])
    #expect(arrays(matrix) == [[1, 2], [3, 4], [5, 6]])
  }
}
