import KMeansFiles
import Testing
import VectorIO

/// Ranges and patterns in lists of columns, and names that were meant.
@Suite struct ColumnListTests {
  static let table = "temp_a,age,temp_b,word,temp_c,income\n1,2,3,p,q,4\n5,6,7,r,s,8\n"

  private func options(_ columns: String) -> ReadingOptions {
    ReadingOptions(columns: ColumnSelection(columns))
  }

  private func problem(_ columns: String, _ text: String = table) -> String? {
    guard
      case .unusable(_, let problem)? = failure({ _ = try info(text, options: options(columns)) })
    else { return nil }
    return problem
  }

  @Test(arguments: [
    ("6-", [[4.0], [8]]), ("1-2,6-", [[1, 2, 4], [5, 6, 8]]), ("temp_a-age", [[1, 2], [5, 6]]),
    ("age-3", [[2, 3], [6, 7]]), ("1 - age", [[1, 2], [5, 6]]), ("income-", [[4], [8]]),
    ("age-age", [[2], [6]]),
  ])
  func `ranges`(columns: String, expected: [[Double]]) throws {
    #expect(try rows(Self.table, options: options(columns)) == expected)
  }

  @Test(arguments: [
    ("temp_*", [[1.0, 3], [5, 7]]), ("*", [[1, 2, 3, 4], [5, 6, 7, 8]]), ("???", [[2], [6]]),
    ("*e*_?", [[1, 3], [5, 7]]), ("temp_b,temp_*", [[3, 1], [7, 5]]),
    ("temp_*,1", [[1, 3], [5, 7]]), ("*a*,*e", [[1, 2, 4], [5, 6, 8]]),
  ])
  func `patterns`(columns: String, expected: [[Double]]) throws {
    #expect(try rows(Self.table, options: options(columns)) == expected)
  }

  @Test func `columns of text that match are left out and named`() throws {
    #expect(
      try info(Self.table, options: options("temp_*")).remarks == [
        "2 of 6 columns are selected: 'temp_a', 'temp_b'",
        "column 'temp_c' matches 'temp_*' and holds no numbers: left out",
      ])
    #expect(
      try info(Self.table, options: options("*")).remarks.last
        == "columns 'word', 'temp_c' match '*' and hold no numbers: left out")
    #expect(problem("w*") == "no column that matches 'w*' holds numbers: 'word'")
    // By its own name it is wanted.
    #expect(
      failure { _ = try rows(Self.table, options: options("word")) as [[Double]] }
        == malformed(.field(line: 2, column: 4), "expected a number for 'word', found 'p'"))
  }

  /// What is wrong with a column that is taken if it holds numbers is told as for all columns.
  @Test func `text among numbers that match is an error`() throws {
    let text = "ta,tb,c\n1,2,3\n4,x,y\n7,8,9\n"
    #expect(
      failure { _ = try info(text, options: options("t*")) }
        == malformed(
          .field(line: 3, column: 2),
          "expected a number for 'tb', found 'x', where 2 of 3 fields are numbers"))
    #expect(try rows(text, options: options("ta*")) == [[1], [4], [7]])
    #expect(
      failure { _ = try info("ta;tb;c\n1;2,5;3\n", options: options("t*")) }
        == malformed(
          .field(line: 2, column: 2), "expected a number with a decimal point for 'tb', found '2,5'"
        ))
    #expect(
      try info("ta,tb\n1,\n2,NA\n", options: options("t*")).remarks == [
        "1 of 2 columns is selected: 'ta'",
        "column 'tb' has no number in the first 2 rows: left out",
      ])
  }

  @Test(arguments: [
    ("x*", "no column matches 'x*' among 'temp_a', 'age', 'temp_b', 'word', 'temp_c', 'income'"),
    (
      "income-age",
      "the range 'income-age' goes from column 6 back to column 2, expected "
        + "'age-income'"
    ),
    ("7-", "there is no column 7-, the columns are 1-6"),
    ("0-", "there is no column 0-, the columns are 1-6"),
    ("2-9223372036854775806", "there is no column 2-9223372036854775806, the columns are 1-6"),
    (
      "2-9223372036854775807",
      "there is no column '2-9223372036854775807' among 'temp_a', 'age', 'temp_b', 'word', 'temp_c', "
        + "'income'"
    ),
    ("2,age-3", "column 2 is selected twice"),
  ])
  func `lists that cannot be`(columns: String, expected: String) {
    #expect(problem(columns) == expected)
  }

  @Test func `a name wins, and in quotes there is only a name`() throws {
    let text = "a,b,a-b,b-a,*,?,3-\n1,2,3,4,5,6,7\n"
    for (columns, expected) in [
      ("a-b", [3.0]), ("b-a", [4]), ("*", [5]), ("?", [6]), ("3-", [7]), ("\"*\"", [5]),
      ("5-", [5, 6, 7]),
    ] {
      #expect(try rows(text, options: options(columns)) == [expected], "\(columns)")
    }
    #expect(
      problem("\"a*\"", text)
        == "there is no column 'a*' among 'a', 'b', 'a-b', 'b-a', '*', '?', '3-'")
    // The only way that goes up.
    #expect(try rows(text, options: options("a-b-a")) == [[1, 2, 3, 4]])
    #expect(
      problem("a-b-c", "a,b-c,a-b,c\n1,2,3,4\n")
        == "'a-b-c' may be 'a' to 'b-c', or 'a-b' to 'c': choose by number")
    #expect(ColumnSelection.typed(["a*", "3-", "x"]) == "\"a*\",\"3-\",x")
  }

  @Test(
    arguments: [
      ("Age", "age"), ("INCOME", "income"), ("incom", "income"), ("imcome", "income"),
      ("income (EUR)", "income"), ("temp", "temp_a"), ("wrod", "word"), ("Q", nil), ("height", nil),
      ("", nil),
    ] as [(String, String?)])
  func `a name that was meant`(typed: String, meant: String?) {
    let list = "'temp_a', 'age', 'temp_b', 'word', 'temp_c', 'income'"
    #expect(
      problem(typed)
        == "there is no column '\(typed)' among \(list)\(meant.map { ": did you mean '\($0)'?" } ?? "")"
    )
  }

  @Test func `a mark of the byte order is no part of the first name`() throws {
    for text in ["\u{feff}age,b\n1,2\n", "\u{feff}\"age\",b\n1,2\n"] {
      #expect(try rows(text, options: options("age")) == [[1]])
      #expect(try rows(text, options: ReadingOptions(excluded: ["age"])) == [[2]])
    }
  }

  @Test func `many names in notes are cut, and columns without one have numbers`() throws {
    let names = (1...16).map { "c\($0)" }.joined(separator: ",")
    let values = (1...16).map { "\($0)" }.joined(separator: ",")
    let found = try info("w,\(names)\nx,\(values)\n")
    #expect(
      found.columnSummary
        == "16 of 17 columns are numeric: 'c1', 'c2', 'c3', 'c4', 'c5', 'c6', 'c7', 'c8', 'c9', "
        + "'c10', 'c11', 'c12' and 4 more")
    #expect(
      try info("a,,c\n1,2,x\n3,4,y\n").columnSummary == "2 of 3 columns are numeric: 'a', 2")
  }

  /// Where rows are taken as they come, a pattern waits until its own columns have shown a number.
  @Test func `a pipe that is not awaited`() throws {
    let options = ReadingOptions(columns: .init("t*"), awaitsSample: false)
    let text = "ta,b,tb\n1,,\n2,,3\n4,5,6\n"
    let source = MemorySource(Array(text.utf8), piece: 1, kind: .pipe)
    let file = try OpenedVectorFile(source: source, name: "-", options: options)
    #expect(file.info.chosenColumns.map(\.number) == [1, 3])
    #expect(source.bytesRead < text.utf8.count)
    // A header alone says what may match.
    let empty = ReadingOptions(columns: .init("t*"), allowsNoRows: true)
    #expect(try info("ta,b,tb\n", options: empty).chosenColumns.map(\.number) == [1, 3])
  }
}
